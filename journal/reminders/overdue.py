"""What an operator should know: is anything late, refused, or pushed forward?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.push.models import Delivery, Outcome
from journal.reminders.models import Due

MAY_BE_LATE = timedelta(minutes=5)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Overdue:
    """Rows that should have been dealt with five minutes ago, and since when (None: none)."""

    dues: int
    deliveries: int
    oldest: datetime | None

    @property
    def any(self) -> bool:
        return self.dues + self.deliveries > 0


def overdue(session: Session, now: datetime) -> Overdue:
    """What waits longer than it should: no worker runs, or it cannot keep up."""
    since = now - MAY_BE_LATE
    dues, oldest_due = session.execute(
        select(func.count(), func.min(Due.at)).where(Due.at < since)
    ).one()
    deliveries, oldest = session.execute(
        select(func.count(), func.min(Delivery.next_at)).where(
            Delivery.outcome.is_(None), Delivery.next_at < since
        )
    ).one()
    return Overdue(dues, deliveries, min(filter(None, (oldest_due, oldest)), default=None))


def ended(session: Session, now: datetime) -> Mapping[tuple[str, str], int]:
    """How many deliveries ended how in the last day, by outcome and cause."""
    rows = session.execute(
        select(Delivery.outcome, Delivery.cause, func.count())
        .where(Delivery.outcome.in_(list(Outcome)), Delivery.ended_at > now - A_DAY)
        .group_by(Delivery.outcome, Delivery.cause)
    )
    return {(outcome or "", cause or ""): count for outcome, cause, count in rows}


def faults(session: Session) -> Mapping[str, int]:
    """How many rules could not be reckoned and were pushed forward, by kind of fault."""
    rows = session.execute(
        select(Due.fault, func.count()).where(Due.fault.is_not(None)).group_by(Due.fault)
    )
    return {fault or "": count for fault, count in rows}
