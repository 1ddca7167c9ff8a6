"""Which days an axis names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.charts.series import Span
from journal.charts.ticks import mondays, named

LAST = date(2026, 11, 22)  # a Sunday


def until_last(days: int) -> Span:
    return Span(LAST - timedelta(days=days - 1), LAST)


def test_a_week_names_its_two_ends() -> None:
    assert named(until_last(7)) == [date(2026, 11, 16), LAST]


def test_a_single_day_is_named_once() -> None:
    assert named(until_last(1)) == [LAST]


def test_four_weeks_name_their_mondays() -> None:
    assert [day.day for day in named(until_last(28))] == [26, 2, 9, 16]


def test_three_months_name_the_firsts_of_months() -> None:
    assert [day.month for day in named(until_last(90))] == [9, 10, 11]


def test_a_year_names_its_quarters() -> None:
    assert [day.month for day in named(until_last(365))] == [1, 4, 7, 10]


def test_three_years_name_each_new_year() -> None:
    assert [day.year for day in named(until_last(1095))] == [2024, 2025, 2026]


@given(st.integers(1, 1095))
def test_up_to_three_years_there_are_between_one_and_six_names(days: int) -> None:
    names = named(until_last(days))

    assert 1 <= len(names) <= 6


@pytest.mark.parametrize("days", [1, 2, 6])
def test_a_span_without_a_monday_has_no_mark(days: int) -> None:
    assert mondays(until_last(days)) == []


def test_mondays_too_close_to_tell_apart_are_left_out() -> None:
    assert mondays(until_last(365)) == []
