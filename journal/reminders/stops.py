"""A clinic stops all messages to a patient, and lets them go on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.audit.store import Happened, record
from journal.reminders.models import MessageStop
from journal.sharing.access import Member
from journal.sharing.models import Clinic


def stop(session: Session, member: Member, patient_id: UUID, now: datetime) -> None:
    """Send nothing to her from now on. Stopping twice is stopping once."""
    if _current(session, member, patient_id):
        return
    session.add(
        MessageStop(
            account_id=patient_id,
            clinic_id=member.clinic.id,
            since=now,
            stopped_by=member.account.id,
            until=None,
        )
    )
    record(session, now, _happened(member, "messages.stopped", patient_id))


def resume(session: Session, member: Member, patient_id: UUID, now: datetime) -> None:
    """What this clinic stopped goes on."""
    ended = session.execute(
        update(MessageStop)
        .where(
            MessageStop.account_id == patient_id,
            MessageStop.clinic_id == member.clinic.id,
            MessageStop.until.is_(None),
        )
        .values(until=now)
        .returning(MessageStop.id)
    )
    if ended.first():
        record(session, now, _happened(member, "messages.resumed", patient_id))


def stopped_here(session: Session, member: Member, patient_id: UUID) -> datetime | None:
    """Since when this member's clinic sends her nothing."""
    found = _current(session, member, patient_id)
    return found.since if found else None


def stopped_by(session: Session, account_id: UUID) -> str | None:
    """The clinic that stopped somebody's messages."""
    return session.scalars(
        select(Clinic.name)
        .join(MessageStop, MessageStop.clinic_id == Clinic.id)
        .where(MessageStop.account_id == account_id, MessageStop.until.is_(None))
    ).first()


def _current(session: Session, member: Member, patient_id: UUID) -> MessageStop | None:
    return session.scalars(
        select(MessageStop).where(
            MessageStop.account_id == patient_id,
            MessageStop.clinic_id == member.clinic.id,
            MessageStop.until.is_(None),
        )
    ).first()


def _happened(member: Member, action: str, patient_id: UUID) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, patient_id, member.clinic.id, about)
