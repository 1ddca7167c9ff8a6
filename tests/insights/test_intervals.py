"""Series that come closer and closer."""

from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.intervals import intervals, shortening

FIRST = date(2026, 1, 5)
ONE = timedelta(days=1)
LATER = FIRST + 4000 * ONE

apart = some.lists(some.integers(11, 90), max_size=9)


def boosters(*days_apart: int) -> list[date]:
    return [FIRST + n * ONE for n in accumulate(days_apart, initial=0)]


@given(apart)
def test_boosters_are_as_far_apart_as_they_are(days_apart: list[int]) -> None:
    assert intervals(boosters(*days_apart), LATER) == days_apart


def test_a_series_is_counted_from_its_last_infusion_to_the_next_ones_first() -> None:
    series = boosters(3, 3, 30, 4)

    assert intervals(series, LATER) == [30]


def test_a_series_that_a_clinician_marked_counts() -> None:
    infusions = boosters(7)

    assert intervals(infusions, LATER, new_series=[infusions[1]]) == [7]


def test_what_comes_after_today_is_not_there_yet() -> None:
    assert intervals(boosters(30, 20), FIRST + 31 * ONE) == [30]


@pytest.mark.parametrize(
    ("days_apart", "closer"),
    [
        ([40, 35, 30, 25], True),
        ([20, 40, 35, 30, 25], True),
        ([40, 35, 30], False),
        ([40, 35, 30, 30], False),
        ([40, 35, 36, 25], False),
        ([30, 35, 30, 25], False),
        ([], False),
    ],
    ids=["four", "later", "three", "the same twice", "up once", "longer first", "one series"],
)
def test_when_they_come_closer(days_apart: list[int], closer: bool) -> None:
    assert shortening(boosters(*days_apart), LATER) is closer


@given(apart, some.integers(-400, 400))
def test_shifting_all_dates_changes_nothing(days_apart: list[int], by: int) -> None:
    here = boosters(*days_apart)
    there = [day + by * ONE for day in here]

    assert shortening(there, LATER + by * ONE) is shortening(here, LATER)
