"""The years that a clinic's figures are counted over never overlap, and hold enough people."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.clinic.period import Period, periods

TODAY = date(2026, 11, 24)
days = some.lists(some.dates(date(2015, 1, 1), TODAY), max_size=80)


def people(**by_year: int) -> list[date]:
    """So many who began on the first of May, by year."""
    return [date(int(year[1:]), 5, 1) for year, count in by_year.items() for _ in range(count)]


def names(began: list[date]) -> list[str]:
    return [period.name for period in periods(began, TODAY)]


@pytest.mark.parametrize(
    ("began", "known"),
    [
        ([], ["2026"]),
        (people(y2026=3), ["2026"]),
        (people(y2026=40), ["2026"]),
        (people(y2025=10, y2026=10), ["2025", "2026"]),
        (people(y2025=10, y2026=9), ["2025-2026"]),
        (people(y2024=9, y2025=1, y2026=10), ["2024-2025", "2026"]),
        (people(y2022=10, y2025=10, y2026=1), ["2022", "2023-2026"]),
        (people(y2023=30), ["2023-2026"]),
    ],
    ids=[
        "nobody", "a few", "one year", "two years", "a year too few", "two together",
        "years without anybody", "nobody since",
    ],
)  # fmt: skip
def test_years_stay_together_until_ten_began(began: list[date], known: list[str]) -> None:
    assert names(began) == known


@given(days)
def test_every_day_lies_in_exactly_one_period(began: list[date]) -> None:
    known = periods(began, TODAY)

    assert all(later.first - before.last == timedelta(days=1) for before, later in pairwise(known))
    assert known[0].first <= min([*began, TODAY])
    assert known[-1].last >= TODAY


@given(days)
def test_wherever_there_are_two_periods_ten_began_in_each(began: list[date]) -> None:
    known = periods(began, TODAY)

    counts = [sum(one.first <= day <= one.last for day in began) for one in known]
    assert len(known) == 1 or min(counts) >= 10


@given(days, some.dates(date(2026, 1, 1), TODAY))
def test_a_new_patient_changes_no_period_but_the_newest(began: list[date], hers: date) -> None:
    before, after = periods(began, TODAY), periods([*began, hers], TODAY)

    assert after[: len(before) - 1] == before[:-1]


def test_its_name_is_its_years() -> None:
    assert Period(date(2024, 1, 1), date(2025, 12, 31)).name == "2024-2025"
