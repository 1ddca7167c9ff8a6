"""How a clinic wants its infusion days."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.audit.store import Happened, record
from journal.infusions.models import InfusionDay
from journal.sharing.access import Member

USUAL_QUIET_HOURS, MOST_QUIET_HOURS = 4, 24


@dataclass(frozen=True)
class Wanted:
    """What to see to before an infusion, and for how many hours after one nothing is sent."""

    checklist: Sequence[str] = ()
    quiet_hours: int = USUAL_QUIET_HOURS


def wanted_by(session: Session, clinic_id: UUID) -> Wanted:
    """What the clinic decided, or what is usual."""
    kept = session.get(InfusionDay, clinic_id)
    return Wanted(tuple(kept.checklist), kept.quiet_hours) if kept else Wanted()


def change(session: Session, administrator: Member, wanted: Wanted, now: datetime) -> None:
    """Decide anew; the same again changes nothing."""
    clinic = administrator.clinic
    before = wanted_by(session, clinic.id)
    changed = [
        part.name
        for part in fields(Wanted)
        if getattr(wanted, part.name) != getattr(before, part.name)
    ]
    if not changed:
        return
    told = {"checklist": list(wanted.checklist), "quiet_hours": wanted.quiet_hours}
    session.merge(InfusionDay(clinic_id=clinic.id, **told))
    by = administrator.account.id
    # What was written stays out of a record that is never changed.
    about = {"changed": changed}
    record(session, now, Happened("clinic.changed", by, clinic_id=clinic.id, about=about))
