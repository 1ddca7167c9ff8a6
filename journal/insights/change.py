"""This week against the four weeks before: a change that means something, or None."""

from dataclasses import dataclass

WEEK, LEAST_OF_WEEK = 7, 4
BEFORE, LEAST_BEFORE = 28, 14
NOTABLE = 2.0


@dataclass(frozen=True)
class Window:
    """What a stretch of days adds up to: the sum of the values there are, and how many."""

    total: float
    days: int

    def mean(self, least: int) -> float | None:
        """The mean, in the unit of the values; None with fewer than `least` days."""
        return self.total / self.days if self.days >= least else None


@dataclass(frozen=True)
class Change:
    """Two means on a 0-10 scale and how many points worse the recent one is (below 0: better)."""

    recent: float
    before: float
    worse: float

    @property
    def notable(self) -> bool:
        """At least 2 points worse."""
        return self.worse >= NOTABLE


def change(week: Window, before: Window, *, higher_is_better: bool = False) -> Change | None:
    """Compare the last 7 days with the 28 before them.

    None unless both have enough days (4 of 7; 14 of 28): a mean of fewer says more about which
    days were written down than about the person.
    """
    recent, earlier = week.mean(LEAST_OF_WEEK), before.mean(LEAST_BEFORE)
    if recent is None or earlier is None:
        return None
    worse = earlier - recent if higher_is_better else recent - earlier
    # Rounded as it is shown: what reads "2.0 worse" is notable.
    return Change(recent, earlier, round(worse, 1))
