"""Before the first infusion: how many days there are to compare with later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from journal.insights.relief import BEFORE, LEAST_BEFORE


@dataclass(frozen=True)
class Ahead:
    """The first infusion is on `first`; of the two weeks before it, `days` are told by now."""

    days: int
    first: date
    in_days: int

    @property
    def of(self) -> int:
        """How many of them are needed."""
        return LEAST_BEFORE

    @property
    def begun(self) -> bool:
        """Whether the two weeks have begun."""
        return self.in_days <= BEFORE


def ahead(told: Iterable[date], first: date, today: date) -> Ahead:
    """How far she is on `today`; `told` are the days with the value that is compared."""
    begins = since(first)
    days = {day for day in told if begins <= day < first and day <= today}
    return Ahead(len(days), first, (first - today).days)


def since(first: date) -> date:
    """From when on days count for the first infusion on that day."""
    return first - timedelta(days=BEFORE)
