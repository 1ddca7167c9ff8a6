"""The day after an infusion, in which nothing is decided that could be regretted."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.infusions.models import LONGEST, Infusion, Standing

REST = timedelta(hours=24)


def rests_until(session: Session, patient_id: UUID, now: datetime) -> datetime | None:
    """The moment 24 hours after her last infusion, anywhere, was over; None once it has passed.

    One that was planned and whose hour has come counts: it may be recorded only in the evening.
    """
    given = session.execute(
        select(Infusion.given_at, Infusion.minutes)
        .where(Infusion.patient_id == patient_id, Infusion.struck_at.is_(None))
        .where(Infusion.standing.in_((Standing.GIVEN, Standing.PLANNED)))
        .where(Infusion.given_at.between(now - REST - LONGEST, now))
    )
    ends = [row.given_at + timedelta(minutes=row.minutes or 0) + REST for row in given]
    return max((end for end in ends if end > now), default=None)
