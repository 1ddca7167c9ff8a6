"""Keeping infusions: they belong to the clinic that gave them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.audit.store import Happened, record
from journal.errors import Conflict, NotThere, words
from journal.infusions.forms import Given
from journal.infusions.models import Infusion
from journal.sharing.access import Access, Enrolled, Member


def of_patient(session: Session, member: Member, patient: Enrolled) -> Sequence[Infusion]:
    """What this clinic recorded for one of its patients, newest first; needs no grant."""
    return session.scalars(
        select(Infusion)
        .where(Infusion.clinic_id == member.clinic.id, Infusion.patient_id == patient.id)
        .where(Infusion.struck_at.is_(None))
        .order_by(Infusion.given_at.desc())
    ).all()


def days_of(session: Session, access: Access, first: date, last: date) -> Sequence[date]:
    """The days with an infusion at any clinic, for whoever may read the record."""
    return session.scalars(
        select(Infusion.day)
        .where(Infusion.patient_id == access.patient_id, Infusion.struck_at.is_(None))
        .where(Infusion.day.between(access.from_day(first), last))
        .distinct()
    ).all()


def keep(
    session: Session,
    member: Member,
    patient: Enrolled,
    infusion_id: UUID,
    given: Given,
    now: datetime,
) -> Infusion:
    """Record one infusion; the same one again changes nothing.

    Raises Invalid for what cannot have been, Conflict for a second one at the same minute or an
    id that stands for another infusion.
    """
    given.check(now, patient.born)
    known = session.get(Infusion, infusion_id)
    if known is not None:
        return _same(known, member, patient, given)
    _refuse_second(session, member, patient, given)
    infusion = Infusion(
        id=infusion_id,
        clinic_id=member.clinic.id,
        patient_id=patient.id,
        given_at=given.at,
        day=given.at.astimezone(ZoneInfo(member.clinic.zone)).date(),
        dose_mg=given.dose_mg,
        minutes=given.minutes,
        recorded_by=member.account.id,
        recorded_at=now,
    )
    session.add(infusion)
    record(session, now, _happened("infusion.recorded", member, patient))
    return infusion


def strike(
    session: Session, member: Member, patient: Enrolled, infusion_id: UUID, now: datetime
) -> None:
    """Take back one that was recorded in error. Raises NotThere."""
    known = session.get(Infusion, infusion_id)
    if known is None or not _ours(known, member, patient) or known.struck_at:
        raise NotThere()
    known.struck_at = now
    record(session, now, _happened("infusion.struck", member, patient))


def _same(known: Infusion, member: Member, patient: Enrolled, given: Given) -> Infusion:
    if not _ours(known, member, patient):
        raise NotThere()
    if Given(known.given_at, known.dose_mg, known.minutes) != given or known.struck_at:
        raise Conflict(words("Another infusion was recorded under that id."))
    return known


def _refuse_second(session: Session, member: Member, patient: Enrolled, given: Given) -> None:
    minute = given.at.replace(second=0, microsecond=0)
    for one in of_patient(session, member, patient):
        if one.given_at.replace(second=0, microsecond=0) == minute:
            raise Conflict(words("An infusion at that minute is recorded already."))


def _ours(known: Infusion, member: Member, patient: Enrolled) -> bool:
    return known.clinic_id == member.clinic.id and known.patient_id == patient.id


def _happened(action: str, member: Member, patient: Enrolled) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, patient.id, member.clinic.id, about)
