"""The week around each day: whole numbers underneath, so that it is exact and quick."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import lcm
from operator import sub

Exact = int | Fraction
AROUND, LEAST, WEEK = 3, 4, 7
ALL = lcm(*range(LEAST, WEEK + 1))
# The values in the week around a day: the day (an ordinal), their sum, how many there are.
Week = tuple[int, int, int]


@dataclass(frozen=True)
class Weeks:
    """The weeks that hold enough values, oldest first; sums are in 1/`scale` of the unit.

    `told` are the ordinals of the days with a value of their own.
    """

    scale: int
    found: Sequence[Week]
    told: Sequence[int]

    def means(self) -> Iterator[tuple[date, Fraction]]:
        """Each day with its exact mean, in the unit of the values."""
        for day, total, values in self.found:
            yield date.fromordinal(day), Fraction(total, self.scale * values)

    def days(self, after: int) -> list[int]:
        """The days, as ordinals, that lie after this one."""
        return [day for day, _, _ in self.found if day > after]

    def at_most(self, most: Fraction) -> list[int]:
        """The days, as ordinals, whose mean is `most` or less."""
        # Whole numbers are compared: a division for each day would cost more than all the rest.
        over, under = most.numerator * self.scale, most.denominator
        limits = [over * values // under for values in range(WEEK + 1)]
        return [day for day, total, values in self.found if total <= limits[values]]

    def lowest(self) -> Fraction | None:
        """The lowest mean, in the unit of the values; None where no week holds enough."""
        lowest = min([total * (ALL // values) for _, total, values in self.found], default=None)
        return None if lowest is None else Fraction(lowest, self.scale * ALL)


def weeks_around(values: Mapping[date, Exact], after: date, last: date) -> Weeks:
    """The week d-3..d+3 around each day d after `after` and up to `last`, cut at these two.

    A week needs 4 values (CLINICAL 3.4, 4). Nothing is filled in, and d itself may be missing.
    """
    days = range(after.toordinal() + 1, last.toordinal() + 1)
    said = list(map(values.get, map(date.fromordinal, days)))
    scale = lcm(*[value.denominator for value in said if value is not None])
    whole = [0 if one is None else one.numerator * (scale // one.denominator) for one in said]
    totals, counts = _of_weeks(whole), _of_weeks([one is not None for one in said])
    found = [week for week in zip(days, totals, counts, strict=True) if week[2] >= LEAST]
    told = [day for day, one in zip(days, said, strict=True) if one is not None]
    return Weeks(scale, found, told)


def _of_weeks(numbers: Sequence[int]) -> Iterator[int]:
    """For each place the sum of its week: up to three before it, and up to three after."""
    sums = [0, *accumulate(numbers)]
    wide = [*[0] * AROUND, *sums, *[sums[-1]] * AROUND]
    return map(sub, wide[WEEK:], wide[: len(numbers)])
