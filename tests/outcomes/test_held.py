"""How Ana's series stand: her days and her infusions put together."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.entries.models import How
from journal.entries.rows import DayRead
from journal.infusions.treated import NOTHING, Treated
from journal.insights.relief import Status, durability, looks
from journal.outcomes.held import BY_NAME, held

ONE = timedelta(days=1)
FIRST = date(2026, 3, 1)
INFUSION = FIRST + 7 * ONE
ONCE = Treated([INFUSION])

values = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=80)
infusions = st.lists(st.integers(0, 79).map(lambda n: FIRST + n * ONE), max_size=6, unique=True)


def days(pains: Sequence[int | None], how: How = How.LIVE) -> list[DayRead]:
    """One value a day for both, mood the other way round."""
    told = ((FIRST + n * ONE, pain) for n, pain in enumerate(pains) if pain is not None)
    return [
        DayRead(day, {"pain_avg": pain, "mood": 10 - pain}, {"pain_avg": how, "mood": how}, 1)
        for day, pain in told
    ]


def test_before_any_infusion_there_is_no_series() -> None:
    assert held(days([7] * 10), NOTHING, FIRST + 9 * ONE, "pain") == []


def test_an_infusion_to_come_is_none_yet() -> None:
    assert held(days([7] * 5), ONCE, INFUSION - ONE, "pain") == []


def test_a_series_without_any_diary_has_nothing_to_compare() -> None:
    series = held([], ONCE, INFUSION + 30 * ONE, "pain")

    assert [one.did.status for one in series] == [Status.BASELINE_INSUFFICIENT]
    assert (series[0].curve, series[0].baseline, series[0].threshold) == ({}, None, None)


def test_pain_and_mood_are_judged_each_by_its_own_threshold() -> None:
    told = days([7] * 8 + [4] * 30)
    today = FIRST + 37 * ONE

    pain, mood = (held(told, ONCE, today, key)[0] for key in BY_NAME)

    assert (pain.did.status, pain.baseline, pain.threshold) == (Status.ONGOING, 7, 4.9)
    assert (mood.did.status, mood.baseline, mood.threshold) == (Status.NO_RESPONSE, 3, 6.5)


def test_the_curve_is_as_she_answers() -> None:
    told = days([7] * 8 + [4] * 10)
    today = FIRST + 17 * ONE

    pain, mood = (held(told, ONCE, today, key)[0] for key in BY_NAME)

    assert pain.after() == dict.fromkeys(range(1, 11), 4)
    assert mood.after() == dict.fromkeys(range(1, 11), 6)


def test_a_curve_is_there_without_a_baseline() -> None:
    told = days([None] * 8 + [4] * 10)

    assert held(told, ONCE, FIRST + 17 * ONE, "pain")[0].after()[5] == 4


@pytest.mark.parametrize(("low", "so_far"), [(8, False), (9, True), (11, True), (12, False)])
def test_a_loss_is_final_three_days_after_its_seventh_low_day(low: int, so_far: bool) -> None:
    told = days([7] * 8 + [2] * 15 + [7] * low)

    pain = held(told, ONCE, INFUSION + (15 + low) * ONE, "pain")[0]

    assert (pain.did.status is Status.LOST, pain.so_far) == (low > 8, so_far)


def test_a_loss_is_final_once_the_next_infusion_came() -> None:
    twice = Treated([INFUSION, INFUSION + 25 * ONE])

    first = held(days([7] * 8 + [2] * 15 + [7] * 10), twice, INFUSION + 25 * ONE, "pain")[0]

    assert (first.did.status, first.so_far) == (Status.LOST, False)


@pytest.mark.parametrize("pain", [0, 2])
def test_where_there_was_little_to_measure_no_week_is_clearly_better(pain: int) -> None:
    series = held(days([pain] * 30), ONCE, FIRST + 29 * ONE, "pain")

    assert series[0].did.status is Status.BASELINE_TOO_LOW
    assert (series[0].baseline, series[0].threshold) == (pain, None)


def test_a_series_ends_the_day_before_the_next() -> None:
    twice = Treated([INFUSION, INFUSION + 20 * ONE])

    first, second = held(days([7] * 40), twice, FIRST + 39 * ONE, "pain")

    assert (first.end, second.end) == (INFUSION + 19 * ONE, FIRST + 39 * ONE)


def test_what_a_clinician_marked_is_a_series_of_its_own() -> None:
    again = INFUSION + 5 * ONE
    marked = Treated([INFUSION, again], frozenset({again}))

    assert len(held([], marked, again, "pain")) == 2


def test_a_baseline_that_was_set_is_taken() -> None:
    by_hand = Treated([INFUSION], baselines={"mood": 6.5})

    mood = held(days([7] * 9), by_hand, FIRST + 8 * ONE, "mood")[0]

    assert (mood.did.baseline_set, mood.baseline) == (True, 3.5)


@pytest.mark.parametrize(("how", "later"), [(How.LIVE, 0), (How.LATE, 9), (How.CORRECTED, 9)])
def test_days_told_later_are_counted_from_the_last_infusion_on(how: How, later: int) -> None:
    series = held(days([7] * 17, how), ONCE, FIRST + 16 * ONE, "pain")

    assert (series[0].later, series[0].did.diary_days) == (later, 9)


@settings(deadline=None)
@given(values, infusions, st.integers(0, 90))
def test_it_says_what_the_rule_says(
    pains: list[int | None], given_on: list[date], after: int
) -> None:
    told, today = days(pains), FIRST + after * ONE
    scores = {day.day: day.number("mood") for day in told}
    asked = {"threshold_pct": 50, "higher_is_better": True}

    series = held(told, Treated(sorted(given_on)), today, "mood")

    for number, one in enumerate(series):
        assert one.did == durability(scores, given_on, today, series=number, **asked)  # type: ignore[arg-type]
    assert [one.fading for one in series] == [
        look.fading
        for look in looks(scores, given_on, today, threshold_pct=50, higher_is_better=True)
    ]


def test_a_thousand_infusions_are_reckoned() -> None:
    given_on = [FIRST + 11 * n * ONE for n in range(1000)]

    series = held(days([5] * 11_000), Treated(given_on), given_on[-1], "pain")

    assert len(series) == 1000
