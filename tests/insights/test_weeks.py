"""Weeks, and the mean of one that has enough days (CLINICAL 6)."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.exact import rounded
from journal.insights.weeks import days_from, mean_of, mondays

DAYS = some.dates(date(2000, 1, 1), date(2100, 1, 1))
LENGTHS = some.integers(0, 400).map(timedelta)
WEEKS = some.lists(some.none() | some.integers(0, 10), max_size=7)


def test_the_worked_week_of_five_days() -> None:
    mean = mean_of([6, 5, None, 7, None, 6, 4])

    assert mean is not None
    assert str(rounded(mean)) == "5.6"


def test_three_days_are_too_few() -> None:
    assert mean_of([6, 5, None, None, None, 6, None]) is None


def test_hours_of_sleep_are_taken_as_written() -> None:
    assert mean_of([6.1, 6.1, 6.1, 6.1]) == Fraction(61, 10)


def test_a_mean_of_nothing_is_never_asked_for() -> None:
    with pytest.raises(ValueError, match="needs a value"):
        mean_of([], least=0)


@given(WEEKS)
def test_a_missing_day_changes_no_mean(values: list[int | None]) -> None:
    assert mean_of([*values, None]) == mean_of(values)


@given(WEEKS)
def test_the_order_of_days_changes_no_mean(values: list[int | None]) -> None:
    assert mean_of(reversed(values)) == mean_of(values)


@given(some.lists(some.integers(0, 10), min_size=4, max_size=7))
def test_a_mean_lies_between_the_lowest_and_the_highest(values: list[int]) -> None:
    mean = mean_of(values)

    assert mean is not None
    assert min(values) <= mean <= max(values)


@given(DAYS, LENGTHS)
def test_every_day_lies_in_exactly_one_week(first: date, length: timedelta) -> None:
    weeks = [set(days_from(monday)) for monday in mondays(first, first + length)]

    assert sum(first in week for week in weeks) == 1
    assert sum(first + length in week for week in weeks) == 1


@given(DAYS, LENGTHS)
def test_weeks_begin_on_mondays_and_leave_nothing_out(first: date, length: timedelta) -> None:
    begun = list(mondays(first, first + length))

    assert {monday.weekday() for monday in begun} == {0}
    assert {later - earlier for earlier, later in pairwise(begun)} <= {timedelta(days=7)}
