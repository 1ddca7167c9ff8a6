"""After which infusion of a series the week was first better by what counts as relief."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Rate:
    """How many of all who began had responded by infusion `infusion` (from 1)."""

    infusion: int
    responded: int
    began: int

    @property
    def share(self) -> Fraction:
        """Between 0 and 1."""
        return Fraction(self.responded, self.began)


def responded_after(
    improved: Mapping[date, Fraction], series: Collection[date], threshold_pct: int
) -> int | None:
    """The infusion (from 1) by which R had reached the threshold, or None where it never did.

    `improved` is R(d) in percent (relief.improvements), `series` the infusions of one series. By
    infusion n means: on a day before infusion n + 1; after the last one, on any day of the series.
    """
    first = min((day for day, better in improved.items() if better >= threshold_pct), default=None)
    return None if first is None else by_then(first, series)


def by_then(day: date, series: Collection[date]) -> int:
    """How many infusions of the series had been given by then, that day included."""
    return bisect_right(sorted({*series}), day)


def rates(responded: Sequence[int | None], most: int) -> list[Rate]:
    """Responders by infusion 1 to `most`, over all who began; none where nobody began.

    Whoever had fewer infusions, or too few entries to say, stays in the denominator.
    """
    if not responded:
        return []
    by = [(n, sum(one is not None and one <= n for one in responded)) for n in range(1, most + 1)]
    return [Rate(n, count, len(responded)) for n, count in by]
