"""Weeks of a diary: which days belong together, and what a week says when enough was said."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from journal.insights.exact import exactly

WEEK = 7
LEAST = 4


def mean_of(values: Iterable[int | float | None], least: int = LEAST) -> Fraction | None:
    """The exact mean of the values there are, in their own unit; None stands for a missing day.

    None when fewer than `least` are there: a week needs 4 of its 7 days (CLINICAL 6), because a
    mean of fewer says more about which days were written down than about the person. Nothing is
    filled in. Raises ValueError for `least` below 1.
    """
    if least < 1:
        raise ValueError("a mean needs a value")
    there = [exactly(value) for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if len(there) >= least else None


def mondays(first: date, last: date) -> Iterator[date]:
    """The Mondays of all weeks that have a day between `first` and `last`, oldest first."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += timedelta(days=WEEK)


def days_from(monday: date) -> list[date]:
    """The seven days of the week that begins there."""
    return [monday + timedelta(days=n) for n in range(WEEK)]
