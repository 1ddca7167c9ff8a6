"""A series of days and its numbers: where each falls, and where its line breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil, isfinite
from typing import Literal

BRIDGED = 2  # a line runs on over so many missing days, and breaks over more (CLINICAL 6)
GROWTH = 4
STEPS = (1, 2, 3, 4, 5, 6, 7, 8, 10)
MOST_STEPS = 5

Key = Literal["pain", "mood", "sleep"]


@dataclass(frozen=True)
class Point:
    """One day's value, in the unit of its series; `hollow` when it was told late or corrected."""

    value: float
    hollow: bool = False


@dataclass(frozen=True)
class Series:
    """One item over days. `low` and `high` are the least range of the axis, `unit` ("h", or "")
    follows a value where it is written out. A day without a value is not in `points`.

    Raises ValueError for an empty range, and for a value that is below it or not finite.
    """

    key: Key
    low: float
    high: float
    unit: str
    points: Mapping[date, Point]

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"no range: {self.low} to {self.high}")
        for day, point in self.points.items():
            if not isfinite(point.value) or point.value < self.low:
                raise ValueError(f"{day}: {point.value} is not on the axis")

    def within(self, first: date, last: date) -> "Series":
        """The same, with only the points of these days."""
        points = {day: point for day, point in self.points.items() if first <= day <= last}
        return Series(self.key, self.low, self.high, self.unit, points)

    @cached_property
    def top(self) -> float:
        """Where the axis ends: `high`, or more in steps of 4 where a value needs it."""
        over = max((point.value for point in self.points.values()), default=self.high) - self.high
        return self.high + GROWTH * max(0, ceil(over / GROWTH))

    def drop(self, value: float) -> float:
        """How far below the top of the axis a value lies, in percent of its height, 0-100."""
        return round(100 * (self.top - value) / (self.top - self.low), 2)


@dataclass(frozen=True)
class Span:
    """The days `first` to `last`, both in it. Raises ValueError when `last` is the earlier."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(len(self)))

    def middle(self, day: date) -> float:
        """The middle of a day's column, in columns from the left edge: 0.5 for the first."""
        return (day - self.first).days + 0.5

    def place(self, day: date) -> float:
        """The same in percent of the whole width, 0-100."""
        return round(100 * self.middle(day) / len(self), 2)


def runs(days: Sequence[date]) -> list[list[date]]:
    """Days in ascending order, cut wherever more than two in a row are missing."""
    found: list[list[date]] = []
    for day in days:
        if not found or (day - found[-1][-1]).days > BRIDGED + 1:
            found.append([])
        found[-1].append(day)
    return found


def grid(low: float, top: float) -> list[float]:
    """The values that get a line across: whole steps, at most six of them, both ends among them."""
    fits = (step for step in STEPS if (top - low) % step == 0 and (top - low) / step <= MOST_STEPS)
    step = next(fits, top - low)
    return [low + step * n for n in range(round((top - low) / step) + 1)]
