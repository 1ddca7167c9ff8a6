"""Weeks of a diary: counted from the infusion, the best, the worst, and one beside the next."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.weekly import TwoWeeks, best_and_worst, this_week_against_last, weekly

MONDAY = date(2026, 3, 2)
ONE = timedelta(days=1)
SUNDAY = MONDAY + 13 * ONE

days = some.integers(0, 80).map(lambda n: MONDAY + n * ONE)
diaries = some.dictionaries(days, some.integers(0, 10))


def diary(*values: int | None) -> dict[date, int]:
    """From Monday on."""
    said = ((MONDAY + n * ONE, value) for n, value in enumerate(values))
    return {day: value for day, value in said if value is not None}


def test_without_an_infusion_weeks_are_those_of_the_calendar() -> None:
    weeks = weekly(diary(6, 5, None, 7, None, 6, 4), (), MONDAY, SUNDAY)

    assert [(week.first, week.last, week.mean, week.days) for week in weeks] == [
        (MONDAY, MONDAY + 6 * ONE, Fraction(28, 5), 5),
        (MONDAY + 7 * ONE, SUNDAY, None, 0),
    ]


def test_after_an_infusion_they_are_counted_from_it() -> None:
    infusion = MONDAY + 2 * ONE

    weeks = weekly(diary(*[7] * 14), [infusion], MONDAY, SUNDAY)

    assert [(week.first, week.last, week.after, week.days) for week in weeks] == [
        (MONDAY, MONDAY + ONE, None, 2),
        (MONDAY + 3 * ONE, MONDAY + 9 * ONE, infusion, 7),
        (MONDAY + 10 * ONE, SUNDAY, infusion, 4),
    ]


def test_two_infusions_running_leave_no_week_between_them() -> None:
    weeks = weekly(diary(*[7] * 14), [MONDAY, MONDAY + ONE], MONDAY, SUNDAY)

    assert weeks[0].first == MONDAY + 2 * ONE


def test_an_infusion_before_the_days_asked_for_is_what_weeks_are_counted_from() -> None:
    weeks = weekly(diary(*[7] * 14), [MONDAY - 3 * ONE], MONDAY, SUNDAY)

    assert [week.first - MONDAY for week in weeks] == [0 * ONE, 5 * ONE, 12 * ONE]


@given(diaries, some.sets(days, max_size=6), days, days)
def test_every_day_that_is_no_infusion_lies_in_exactly_one_week(
    told: dict[date, int], infusions: set[date], first: date, last: date
) -> None:
    weeks = weekly(told, infusions, first, last)

    within = [
        week.first + n * ONE for week in weeks for n in range((week.last - week.first).days + 1)
    ]
    asked = {first + n * ONE for n in range((last - first).days + 1)}
    assert sorted(within) == sorted(asked - infusions)


@given(diaries, some.sets(days, max_size=6), days, some.integers(0, 10))
def test_the_value_of_an_infusions_day_changes_no_week(
    told: dict[date, int], infusions: set[date], day: date, value: int
) -> None:
    given_on = {*infusions, day}

    assert weekly(told, given_on, MONDAY, SUNDAY) == weekly(
        {**told, day: value}, given_on, MONDAY, SUNDAY
    )


def test_the_best_week_of_pain_is_the_lowest() -> None:
    weeks = weekly(diary(*[7] * 7, *[4] * 7), (), MONDAY, SUNDAY)

    assert best_and_worst(weeks) == (weeks[1], weeks[0])


def test_the_best_week_of_mood_is_the_highest() -> None:
    weeks = weekly(diary(*[7] * 7, *[4] * 7), (), MONDAY, SUNDAY)

    assert best_and_worst(weeks, higher_is_better=True) == (weeks[0], weeks[1])


def test_of_equal_weeks_the_later_is_named() -> None:
    weeks = weekly(diary(*[5] * 14), (), MONDAY, SUNDAY)

    assert best_and_worst(weeks) == (weeks[1], weeks[1])


def test_with_too_few_days_no_week_is_best() -> None:
    assert best_and_worst(weekly(diary(5, 5, 5), (), MONDAY, SUNDAY)) is None


def test_this_week_stands_beside_the_one_before() -> None:
    weeks = this_week_against_last(diary(*[7] * 7, *[4] * 7), (), SUNDAY)

    assert weeks == TwoWeeks(this=Fraction(4), last=Fraction(7))
    assert weeks.difference == -3


@pytest.mark.parametrize("back", [0, 6, 7, 13])
def test_two_weeks_are_never_compared_across_an_infusion(back: int) -> None:
    told = diary(*[7] * 7, *[4] * 7)

    assert this_week_against_last(told, [SUNDAY - back * ONE], SUNDAY) is None


def test_an_infusion_before_both_weeks_hinders_nothing() -> None:
    told = diary(*[7] * 7, *[4] * 7)

    assert this_week_against_last(told, [SUNDAY - 14 * ONE], SUNDAY) is not None


@pytest.mark.parametrize("told", [[7] * 3 + [None] * 4 + [4] * 7, [7] * 7 + [4] * 3])
def test_three_days_are_no_week(told: list[int | None]) -> None:
    assert this_week_against_last(diary(*told), (), SUNDAY) is None
