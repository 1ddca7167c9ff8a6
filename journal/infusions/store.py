"""Keeping infusions: they belong to the clinic that gave them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from journal.audit.store import Happened, record
from journal.errors import Conflict, NotThere, words
from journal.infusions.forms import Given
from journal.infusions.models import Infusion
from journal.sharing.access import Enrolled, Member
from journal.sharing.models import Enrolment

MINUTE = timedelta(minutes=1)


def of_patient(session: Session, member: Member, patient: Enrolled) -> Sequence[Infusion]:
    """What this clinic recorded for one of its patients, newest first, what was struck too.

    It is the clinic's own record: it needs no grant.
    """
    return session.scalars(
        _ours(member, patient).order_by(Infusion.given_at.desc(), Infusion.recorded_at.desc())
    ).all()


def days_of(
    session: Session, member: Member, patient: Enrolled, first: date, last: date
) -> Sequence[date]:
    """The days between these two on which this clinic gave an infusion."""
    return session.scalars(
        _ours(member, patient)
        .with_only_columns(Infusion.day)
        .where(Infusion.struck_at.is_(None), Infusion.day.between(first, last))
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
    _take_turn(session, member, patient)
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
    _take_turn(session, member, patient)
    known = session.scalars(_ours(member, patient).where(Infusion.id == infusion_id)).first()
    if known is None or known.struck_at:
        raise NotThere()
    known.struck_at = now
    record(session, now, _happened("infusion.struck", member, patient))


def _ours(member: Member, patient: Enrolled) -> Select[Infusion]:
    return select(Infusion).where(
        Infusion.clinic_id == member.clinic.id, Infusion.patient_id == patient.id
    )


def _take_turn(session: Session, member: Member, patient: Enrolled) -> None:
    # Two clicks on "Record it" reach two workers at once: one of them has to be the second.
    session.execute(
        select(Enrolment.id)
        .where(Enrolment.clinic_id == member.clinic.id, Enrolment.patient_id == patient.id)
        .with_for_update()
    )


def _same(known: Infusion, member: Member, patient: Enrolled, given: Given) -> Infusion:
    if (known.clinic_id, known.patient_id) != (member.clinic.id, patient.id):
        raise NotThere()
    said = (known.given_at, known.dose_mg, known.minutes)
    if said != (given.at, given.dose_mg, given.minutes) or known.struck_at:
        raise Conflict(words("Another infusion was recorded under that id."))
    return known


def _refuse_second(session: Session, member: Member, patient: Enrolled, given: Given) -> None:
    minute = given.at.replace(second=0, microsecond=0)
    there = _ours(member, patient).where(
        Infusion.struck_at.is_(None),
        Infusion.given_at >= minute,
        Infusion.given_at < minute + MINUTE,
    )
    if session.scalar(select(exists(there))):
        raise Conflict(words("An infusion at that minute is recorded already."))


def _happened(action: str, member: Member, patient: Enrolled) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, patient.id, member.clinic.id, about)
