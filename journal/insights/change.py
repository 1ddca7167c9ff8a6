"""This week against the four weeks before: a change that means something, or None."""

from dataclasses import dataclass
from fractions import Fraction

WEEK, LEAST_OF_WEEK = 7, 4
BEFORE, LEAST_BEFORE = 28, 14
NOTABLE = 2


@dataclass(frozen=True)
class Window:
    """What a stretch of days adds up to: the sum of the values there are, and how many."""

    total: int | Fraction
    days: int

    def mean(self, least: int) -> Fraction | None:
        """The mean, in the unit of the values; None with fewer than `least` days."""
        return Fraction(self.total) / self.days if self.days >= least else None


@dataclass(frozen=True)
class Change:
    """Two exact means on a 0-10 scale, and by how many points the recent one is worse.

    `worse` lies between -10 and 10; below 0 it is better.
    """

    recent: Fraction
    before: Fraction
    worse: Fraction

    @property
    def notable(self) -> bool:
        """At least 2 points worse, compared before anything is rounded."""
        return self.worse >= NOTABLE


def this_week_against_before(
    week: Window, before: Window, *, higher_is_better: bool = False
) -> Change | None:
    """Compare the last 7 days with the 28 before them, both on a 0-10 scale.

    None unless both have enough days: 4 of 7 (CLINICAL 6) and 14 of 28. The rule for what is
    notable, at least 2 points worse, is this project's own; it is no clinical threshold.
    """
    recent, earlier = week.mean(LEAST_OF_WEEK), before.mean(LEAST_BEFORE)
    if recent is None or earlier is None:
        return None
    worse = earlier - recent if higher_is_better else recent - earlier
    return Change(recent, earlier, worse)
