"""How long relief held: the worked cases, and what must not move the answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal.insights.relief import Look, Status, durability, looks

CASES = json.loads(Path(__file__).with_name("durability.json").read_text())
DAYS = ("series_start", "last_infusion", "onset_date", "last_holding_date", "loss_date")
ONE = timedelta(days=1)
FIRST = date(2026, 3, 1)
INFUSION = date(2026, 3, 8)
BEFORE = [7] * 7
MARK = 5

scores = st.integers(0, 10)
values = st.lists(st.none() | scores, min_size=30, max_size=90)
# Spells as real ones are: so many days well, so many unwell, so many unsaid.
spells = st.lists(
    st.tuples(st.sampled_from([2, 3, 4, 5, 7, 8, None]), st.integers(2, 12)), min_size=4, max_size=9
).map(lambda spells: [value for value, days in spells for _ in range(days)])
further = st.sets(st.integers(0, 70), max_size=5)


def diary(values: list[Any], first: date = FIRST) -> dict[date, Any]:
    days = ((first + n * ONE, value) for n, value in enumerate(values))
    return {day: value for day, value in days if value is not None}


def after(values: list[Any]) -> dict[date, Any]:
    """A week at 7, the infusion, then these days."""
    return diary([*BEFORE, MARK, *values])


def last_of(scores: Mapping[date, Any]) -> date:
    return max(scores)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_the_worked_cases(case: dict[str, Any]) -> None:
    asked = dict(case["asked"])
    asked["new_series"] = [date.fromisoformat(day) for day in asked.get("new_series", ())]
    told = diary(case["values"], date.fromisoformat(case["from"]))
    infusions = [date.fromisoformat(day) for day in case["infusions"]]

    held = durability(told, infusions, date.fromisoformat(case["today"]), **asked)

    expected = case["held"]
    for name in DAYS:
        expected[name] = expected[name] and date.fromisoformat(expected[name])
    assert asdict(held) == expected


@given(values, st.integers(-400, 400))
def test_shifting_all_dates_shifts_the_answer_and_nothing_else(told: list[Any], by: int) -> None:
    shift = by * ONE
    here = diary(told)
    there = {day + shift: value for day, value in here.items()}
    today = FIRST + len(told) * ONE

    held = asdict(durability(here, [INFUSION], today))
    moved = asdict(durability(there, [INFUSION + shift], today + shift))

    for name in DAYS:
        held[name] = held[name] and held[name] + shift
    assert moved == held


@given(values, scores)
def test_the_value_of_an_infusions_day_changes_nothing(told: list[Any], other: int) -> None:
    today = FIRST + len(told) * ONE
    here = diary(told)

    assert durability(here, [INFUSION], today) == durability(
        {**here, INFUSION: other}, [INFUSION], today
    )


@given(values, scores, st.integers(1, 60))
def test_what_lies_after_today_changes_nothing(told: list[Any], value: int, days: int) -> None:
    here, today = diary(told), FIRST + len(told) * ONE
    later = today + days * ONE

    held = durability(here, [INFUSION], today)

    assert durability({**here, later: value}, [INFUSION], today) == held
    assert durability(here, [INFUSION, later], today) == held


@given(values)
def test_mood_and_its_opposite_agree(told: list[Any]) -> None:
    here, today = diary(told), FIRST + len(told) * ONE
    turned = {day: 10 - value for day, value in here.items()}

    assert durability(here, [INFUSION], today) == durability(
        turned, [INFUSION], today, higher_is_better=True
    )


@given(
    st.lists(st.sampled_from([2, 3, 4, None]), min_size=10, max_size=40),
    st.lists(st.sampled_from([7, 8, 9, None]), min_size=20, max_size=40),
)
def test_what_is_sure_is_never_more_than_what_may_be(good: list[Any], bad: list[Any]) -> None:
    told = after([*good, *bad])
    held = durability(told, [INFUSION], INFUSION + 80 * ONE)
    assume(held.status is Status.LOST)

    assert held.durability_days is not None
    assert held.durability_upper_days is not None
    assert held.durability_days <= held.durability_upper_days


@given(spells, st.data())
def test_nothing_that_is_told_later_changes_a_loss(told: list[Any], data: st.DataObject) -> None:
    here = after(told)
    today = last_of(here) + 30 * ONE
    look = looks(here, [INFUSION], today)[0]
    lost = look.held
    assume(lost.loss_date is not None)
    assert lost.loss_date is not None
    low = look.course.weeks.days(after=lost.loss_date.toordinal() - 1)
    final = date.fromordinal(low[6]) + 3 * ONE
    later = st.integers(1, 40).map(lambda n: final + n * ONE)
    more = data.draw(st.dictionaries(later, scores))
    changed = {**{day: value for day, value in here.items() if day <= final}, **more}

    again = durability(changed, [INFUSION], today)

    for name in ("status", "loss_date", "durability_days", "durability_upper_days"):
        assert getattr(again, name) == getattr(lost, name)


@given(st.lists(scores, min_size=1, max_size=40))
def test_a_loss_is_final_three_days_after_its_seventh_low_day(later: list[int]) -> None:
    told = after([3] * 12 + [7] * 16)
    today = last_of(told)
    lost = durability(told, [INFUSION], today)
    assert lost.loss_date is not None
    since = lost.loss_date + 10 * ONE
    more = {since + n * ONE: value for n, value in enumerate(later)}
    changed = {**{day: value for day, value in told.items() if day < since}, **more}

    again = durability(changed, [INFUSION], last_of(changed))

    for name in ("status", "loss_date", "durability_days", "durability_upper_days"):
        assert getattr(again, name) == getattr(lost, name)


@given(spells, further, st.integers(-400, 400))
def test_shifting_a_life_with_many_infusions_shifts_its_answers(
    told: list[Any], days: set[int], by: int
) -> None:
    here, given_on = after(told), [INFUSION, *(INFUSION + n * ONE for n in days)]
    today, shift = INFUSION + 100 * ONE, by * ONE
    there = {day + shift: value for day, value in here.items()}

    held = [asdict(look.held) for look in looks(here, given_on, today)]
    moved = [
        asdict(look.held) for look in looks(there, [day + shift for day in given_on], today + shift)
    ]

    for one, name in product(held, DAYS):
        one[name] = one[name] and one[name] + shift
    assert moved == held


@given(spells, further, scores)
def test_values_of_infusion_days_change_nothing_in_any_series(
    told: list[Any], days: set[int], other: int
) -> None:
    here, given_on = after(told), [INFUSION, *(INFUSION + n * ONE for n in days)]
    changed = {**here, **dict.fromkeys(given_on, other)}
    today = INFUSION + 100 * ONE

    assert [look.held for look in looks(here, given_on, today)] == [
        look.held for look in looks(changed, given_on, today)
    ]


@given(spells, further)
def test_what_is_sure_never_exceeds_what_may_be_in_any_life(
    told: list[Any], days: set[int]
) -> None:
    given_on = [INFUSION, *(INFUSION + n * ONE for n in days)]
    held = [look.held for look in looks(after(told), given_on, INFUSION + 100 * ONE)]

    lost = [one for one in held if one.durability_upper_days is not None]
    assert all((one.durability_days or 0) <= (one.durability_upper_days or 0) for one in lost)


def improvements(look: Look) -> list[tuple[int, Fraction]]:
    """R(d) in percent, by day, as 3.4 writes it."""
    baseline = look.baseline or Fraction(1)
    return [
        (day.toordinal(), 100 * (baseline - mean) / baseline)
        for day, mean in look.course.weeks.means()
    ]


@given(spells)
def test_the_threshold_is_reached_where_the_improvement_says_so(told: list[Any]) -> None:
    look = looks(after(told), [INFUSION], INFUSION + 100 * ONE)[0]

    assert look.better == [day for day, better in improvements(look) if better >= 30]
    assert look.holding() == [day for day, better in improvements(look) if better >= 20]


def test_without_a_baseline_nothing_is_better() -> None:
    look = looks({INFUSION + n * ONE: 3 for n in range(1, 20)}, [INFUSION], INFUSION + 20 * ONE)[0]

    assert look.better == ()


def test_without_an_infusion_there_is_nothing_to_look_at() -> None:
    assert looks(after([3] * 9), [], INFUSION) == []


def test_one_value_alone_says_nothing() -> None:
    held = durability({FIRST: 7}, [INFUSION], INFUSION + 30 * ONE)

    assert held.status is Status.BASELINE_INSUFFICIENT
    assert held.baseline_n == 1
    assert held.durability_days is None


def test_a_series_without_any_diary_says_nothing() -> None:
    assert durability({}, [INFUSION], INFUSION).status is Status.BASELINE_INSUFFICIENT


def test_a_little_pain_leaves_little_to_measure() -> None:
    held = durability(diary([2] * 40), [INFUSION], FIRST + 40 * ONE)

    assert (held.status, held.baseline) == (Status.BASELINE_TOO_LOW, 2.0)


def test_a_set_baseline_can_be_too_low_as_well() -> None:
    held = durability(after([3] * 10), [INFUSION], INFUSION + 10 * ONE, baseline=2.9)

    assert held.status is Status.BASELINE_TOO_LOW


def test_too_few_days_after_it_cannot_be_judged() -> None:
    held = durability(after([3, None, None] * 10), [INFUSION], INFUSION + 30 * ONE)

    assert held.status is Status.NOT_EVALUABLE


def test_relief_during_the_series_alone_held_no_day_after_it() -> None:
    infusions = [INFUSION, INFUSION + 9 * ONE]
    told = diary([*BEFORE, MARK, *[3] * 6, *[8] * 24])

    held = durability(told, infusions, last_of(told))

    assert (held.status, held.durability_days) == (Status.LOST, 0)


def test_a_thousand_infusions_are_many_series() -> None:
    infusions = [INFUSION + 11 * n * ONE for n in range(1000)]

    held = durability(after([3] * 40), infusions, infusions[-1], series=999)

    assert held.series_start == infusions[-1]


@pytest.mark.parametrize("series", [-1, 1])
def test_there_is_no_such_series(series: int) -> None:
    with pytest.raises(IndexError):
        durability(after([3] * 10), [INFUSION], INFUSION + 10 * ONE, series=series)


def test_without_an_infusion_there_is_no_series() -> None:
    with pytest.raises(IndexError):
        durability(after([3]), [INFUSION + ONE], INFUSION)


@pytest.mark.parametrize("threshold", [0, 101])
def test_a_threshold_is_a_share(threshold: int) -> None:
    with pytest.raises(ValueError, match="percent"):
        durability(after([3]), [INFUSION], INFUSION, threshold_pct=threshold)


@pytest.mark.parametrize("score", [-1, 10.5])
def test_a_score_lies_on_its_scale(score: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 10"):
        durability({FIRST: score}, [INFUSION], INFUSION)


@pytest.mark.parametrize(
    ("days", "fades"),
    [
        ([3] * 20, False),
        ([3] * 14 + [6, 6, 6, 6, 7, 7], True),
        ([3] * 10 + [5] * 14, True),
        ([3] * 10 + [7] * 30, False),
    ],
    ids=["holds", "low days", "a week below what counts", "lost already"],
)
def test_when_it_is_time_for_a_conversation(days: list[int], fades: bool) -> None:
    told = after(days)

    assert looks(told, [INFUSION], last_of(told))[0].fading is fades
