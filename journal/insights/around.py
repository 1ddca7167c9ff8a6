"""The week around each day: whole numbers underneath, so that it is exact and quick."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import floor, lcm
from typing import NamedTuple

Exact = int | Fraction
AROUND, LEAST, WEEK = 3, 4, 7
ALL = lcm(*range(LEAST, WEEK + 1))


class Week(NamedTuple):
    """The values in the week around a day (an ordinal): their sum, and how many there are."""

    day: int
    total: int
    values: int


@dataclass(frozen=True)
class Weeks:
    """The weeks that hold enough values, oldest first; totals are in 1/`scale` of the unit."""

    scale: int
    found: Sequence[Week]

    def means(self) -> Iterator[tuple[date, Fraction]]:
        """Each day with its exact mean, in the unit of the values."""
        for week in self.found:
            yield date.fromordinal(week.day), Fraction(week.total, self.scale * week.values)

    def days(self, after: int) -> list[int]:
        """The days, as ordinals, that lie after this one."""
        return [week.day for week in self.found if week.day > after]

    def at_most(self, most: Fraction) -> list[int]:
        """The days, as ordinals, whose mean is `most` or less."""
        # Whole numbers are compared: a division for each day would cost more than all the rest.
        limits = [floor(most * self.scale * values) for values in range(WEEK + 1)]
        return [day for day, total, values in self.found if total <= limits[values]]

    def lowest(self) -> Fraction | None:
        """The lowest mean, in the unit of the values; None where no week holds enough."""
        lowest = min((total * (ALL // values) for _, total, values in self.found), default=None)
        return None if lowest is None else Fraction(lowest, self.scale * ALL)


def weeks_around(values: Mapping[date, Exact], after: date, last: date) -> Weeks:
    """The week d-3..d+3 around each day d after `after` and up to `last`, cut at these two.

    A week needs 4 values (CLINICAL 3.4, 4). Nothing is filled in, and d itself may be missing.
    """
    first = after.toordinal() + 1
    told = [values.get(date.fromordinal(day)) for day in range(first, last.toordinal() + 1)]
    scale = lcm(*(value.denominator for value in told if value is not None))
    whole = (0 if one is None else one.numerator * (scale // one.denominator) for one in told)
    totals = [0, *accumulate(whole)]
    counts = [0, *accumulate(one is not None for one in told)]
    spans = ((n, max(0, n - AROUND), min(len(told), n + AROUND + 1)) for n in range(len(told)))
    found = [
        Week(first + n, totals[end] - totals[begin], counts[end] - counts[begin])
        for n, begin, end in spans
        if counts[end] - counts[begin] >= LEAST
    ]
    return Weeks(scale, found)
