"""After which infusion of a series the week was first better by what counts as relief."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Rate:
    """How many of all who began had responded by infusion `infusion` (from 1)."""

    infusion: int
    responded: int
    began: int


def by_then(day: date, series: Collection[date]) -> int:
    """The infusion (from 1) of the series by which it was so, that day included.

    By infusion n means: on a day before infusion n + 1; after the last one, on any day.
    """
    return bisect_right(sorted({*series}), day)


def rates(responded: Sequence[int | None], most: int) -> list[Rate]:
    """Responders by infusion 1 to `most`, over all who began; none where nobody began.

    Whoever had fewer infusions, or too few entries to say, stays in the denominator.
    """
    if not responded:
        return []
    by = [(n, sum(one is not None and one <= n for one in responded)) for n in range(1, most + 1)]
    return [Rate(n, count, len(responded)) for n, count in by]
