"""Where days fall, and where a line breaks."""

from datetime import date, timedelta
from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.charts.series import Point, Series, Span, grid, runs

MONDAY = date(2026, 9, 7)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def slept(*hours: float) -> Series:
    points = {MONDAY + timedelta(days=n): Point(value) for n, value in enumerate(hours)}
    return Series("sleep", 0, 12, "h", points)


def test_a_line_runs_on_over_two_missing_days() -> None:
    thursday = MONDAY + timedelta(days=3)

    assert runs([MONDAY, thursday]) == [[MONDAY, thursday]]


def test_a_line_breaks_over_three_missing_days() -> None:
    friday = MONDAY + timedelta(days=4)

    assert runs([MONDAY, friday]) == [[MONDAY], [friday]]


@given(st.sets(days, max_size=60))
def test_runs_keep_every_day_once_and_in_order(some: set[date]) -> None:
    cut = runs(sorted(some))

    assert [day for run in cut for day in run] == sorted(some)


@given(st.sets(days, max_size=60))
def test_inside_a_run_never_more_than_two_days_are_missing(some: set[date]) -> None:
    cut = runs(sorted(some))

    assert all((b - a).days <= 3 for run in cut for a, b in pairwise(run))


@given(st.sets(days, max_size=60))
def test_between_runs_more_than_two_days_are_missing(some: set[date]) -> None:
    cut = runs(sorted(some))

    assert all((b[0] - a[-1]).days > 3 for a, b in pairwise(cut))


def test_the_axis_of_sleep_ends_at_twelve_hours() -> None:
    assert slept(4, 12).top == 12


@pytest.mark.parametrize(("hours", "top"), [(12.25, 16), (16, 16), (19.5, 20), (24, 24)])
def test_a_long_sleep_makes_the_axis_longer_in_steps_of_four(hours: float, top: float) -> None:
    assert slept(6, hours).top == top


@pytest.mark.parametrize("value", [nan, inf, -inf, -0.25])
def test_a_value_that_has_no_place_on_the_axis_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not on the axis"):
        slept(value)


def test_an_axis_without_a_range_is_refused() -> None:
    with pytest.raises(ValueError, match="no range"):
        Series("pain", 10, 10, "", {})


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="is before"):
        Span(MONDAY, MONDAY - timedelta(days=1))


@given(days, st.integers(0, 1200), st.data())
def test_every_day_lies_inside_the_width(first: date, more: int, data: st.DataObject) -> None:
    span = Span(first, first + timedelta(days=more))
    day = data.draw(st.dates(span.first, span.last))

    assert 0 < span.place(day) < 100 or len(span) == 1


@given(st.lists(st.floats(0, 24), min_size=1, max_size=30))
def test_every_value_lies_inside_the_height(hours: list[float]) -> None:
    series = slept(*hours)

    assert all(0 <= series.drop(value) <= 100 for value in hours)


@pytest.mark.parametrize(
    ("top", "values"),
    [
        (10, [0, 2, 4, 6, 8, 10]),
        (12, [0, 3, 6, 9, 12]),
        (16, [0, 4, 8, 12, 16]),
        (24, [0, 6, 12, 18, 24]),
    ],
)
def test_lines_across_stand_at_whole_numbers(top: float, values: list[float]) -> None:
    assert grid(0, top) == values
