"""Our curve beside lifelines', which others wrote and many have checked, on random groups.

Where people share a day, lifelines' Aalen-Johansen moves them apart at random, so with ties both
ends are summed up from what its Kaplan-Meier counts, which is exact: who still held before a day,
who was at risk, who ended on it. Its Aalen-Johansen itself is asked where no two share a day.
"""

from random import Random

import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from journal.insights.survival import End, Held, NoMedian, curve

CODES = {End.SEEN_SO_FAR: 0, End.LOST: 1, End.TREATED_AGAIN: 2}
ENDS = list(End)


def with_ties(seed: int) -> list[Held]:
    """1 to 40 people on 25 days; in every tenth group nobody reaches an end."""
    chance = Random(seed)  # noqa: S311 -- noise, not secrets
    ends = ENDS if seed % 10 else [End.SEEN_SO_FAR]
    return [Held(chance.randint(1, 25), chance.choice(ends)) for _ in range(chance.randint(1, 40))]


def without_ties(seed: int) -> list[Held]:
    chance = Random(seed)  # noqa: S311 -- noise, not secrets
    days = chance.sample(range(1, 400), chance.randint(1, 40))
    return [Held(day, chance.choice(ENDS)) for day in days]


def kaplan_meier(held: list[Held], *ends: End) -> KaplanMeierFitter:
    """Theirs, where these ends are the event."""
    return KaplanMeierFitter().fit([one.days for one in held], [one.end in ends for one in held])


def ended(held: list[Held], end: End) -> pd.Series:
    """The share that ended so by each day, from their counts."""
    holding = kaplan_meier(held, End.LOST, End.TREATED_AGAIN).survival_function_["KM_estimate"]
    counts = kaplan_meier(held, end).event_table
    return (holding.shift(fill_value=1) * counts["observed"] / counts["at_risk"]).cumsum()


def aalen_johansen(held: list[Held], end: End) -> pd.Series:
    """Theirs. For an end that nobody met it says 0 on every day, as it should."""
    fitter = AalenJohansenFitter(calculate_variance=False)
    codes = [CODES[one.end] for one in held]
    return fitter.fit([one.days for one in held], codes, CODES[end]).cumulative_density_.iloc[:, 0]


@pytest.mark.parametrize("seed", range(200))
def test_with_ties_it_is_theirs(seed: int) -> None:
    held = with_ties(seed)

    steps = curve([*held, None]).steps

    holding = kaplan_meier(held, End.LOST, End.TREATED_AGAIN).survival_function_["KM_estimate"]
    assert [step.day for step in steps] == list(holding.index)
    assert [float(step.holding) for step in steps] == pytest.approx(list(holding))
    assert [float(step.lost) for step in steps] == pytest.approx(list(ended(held, End.LOST)))
    assert [float(step.treated_again) for step in steps] == pytest.approx(
        list(ended(held, End.TREATED_AGAIN))
    )
    assert [step.at_risk for step in steps] == list(kaplan_meier(held).event_table["at_risk"])


@pytest.mark.parametrize("seed", range(60))
def test_without_ties_it_is_their_aalen_johansen(seed: int) -> None:
    held = without_ties(seed)

    steps = curve(held).steps

    lost, again = aalen_johansen(held, End.LOST), aalen_johansen(held, End.TREATED_AGAIN)
    assert [step.day for step in steps] == list(lost.index)
    assert [float(step.lost) for step in steps] == pytest.approx(list(lost))
    assert [float(step.treated_again) for step in steps] == pytest.approx(list(again))


@pytest.mark.parametrize("seed", range(60))
def test_where_nobody_is_treated_again_the_median_is_theirs(seed: int) -> None:
    # An odd number of people: at half of an even one, their binary 0.5 may lie on either side.
    chance = Random(seed)  # noqa: S311 -- noise, not secrets
    held = [Held(chance.randint(1, 25), End.LOST) for _ in range(chance.randrange(11, 40, 2))]

    assert curve(held).median == kaplan_meier(held, End.LOST).median_survival_time_


@pytest.mark.parametrize("nobody", [[], [None], [None] * 12])
def test_of_an_empty_group_nothing_is_drawn(nobody: list[None]) -> None:
    # lifelines refuses to fit nobody: there is no curve of theirs to agree with.
    drawn = curve(nobody)

    assert (drawn.relieved, drawn.steps, drawn.median) == (0, [], NoMedian.TOO_FEW)
