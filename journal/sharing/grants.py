"""Consent: given, changed and withdrawn by the patient alone, and in force at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.errors import NotThere
from journal.sharing.access import current
from journal.sharing.models import Clinic, Enrolment, Grant, Scope


@dataclass(frozen=True)
class Consent:
    """What a clinic may read: which parts, from which day (None: all days), until when."""

    scopes: frozenset[Scope]
    first_day: date | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Shared:
    """One clinic and what it may read now; `grant` is None where it may read nothing."""

    clinic: Clinic
    since: datetime
    grant: Grant | None


def shared(session: Session, patient_id: UUID, now: datetime) -> Sequence[Shared]:
    """Each clinic she is a patient of."""
    rows = session.execute(
        select(Clinic, Enrolment.since, Grant)
        .join(Enrolment, Enrolment.clinic_id == Clinic.id)
        .outerjoin(
            Grant,
            and_(
                Grant.clinic_id == Clinic.id,
                Grant.patient_id == Enrolment.patient_id,
                current(now),
            ),
        )
        .where(Enrolment.patient_id == patient_id, Enrolment.until.is_(None))
        .order_by(Enrolment.since)
    )
    return [Shared(row.Clinic, row.since, row.Grant) for row in rows]


def shared_with(session: Session, patient_id: UUID, clinic_id: UUID, now: datetime) -> Shared:
    """The same for one clinic. Raises NotThere where she is no patient."""
    for one in shared(session, patient_id, now):
        if one.clinic.id == clinic_id:
            return one
    raise NotThere()


def give(
    session: Session, patient: Account, clinic_id: UUID, consent: Consent, now: datetime
) -> Grant | None:
    """Let a clinic read this from now on, instead of whatever it could read before.

    Consent to nothing ends what was. Raises NotThere where she is no patient.
    """
    clinic = locked(session, patient.id, clinic_id)
    before = _end(session, now, Grant.patient_id == patient.id, Grant.clinic_id == clinic_id)
    grant = _new(session, patient.id, clinic_id, consent, now) if consent.scopes else None
    if grant is not None:
        action = "grant.changed" if before else "grant.given"
        record(session, now, _happened(action, patient.id, clinic, grant))
    elif before:
        record(session, now, _happened("grant.withdrawn", patient.id, clinic))
    return grant


def withdraw(session: Session, patient: Account, grant_id: UUID, now: datetime) -> UUID:
    """End a grant at once; one that has ended already stays as it is. Whose it was.

    Raises NotThere.
    """
    grant = session.scalars(
        select(Grant).where(Grant.id == grant_id, Grant.patient_id == patient.id)
    ).first()
    if grant is None:
        raise NotThere()
    session.execute(_turn(patient.id, grant.clinic_id))
    if _end(session, now, Grant.id == grant_id):
        clinic = session.get_one(Clinic, grant.clinic_id)
        record(session, now, _happened("grant.withdrawn", patient.id, clinic))
    return grant.clinic_id


def locked(session: Session, patient_id: UUID, clinic_id: UUID) -> Clinic:
    """The clinic, and the turn: two phones changing consent to it at once come one by one.

    Raises NotThere where she is no patient.
    """
    found = session.scalars(
        select(Clinic)
        .join(Enrolment, Enrolment.clinic_id == Clinic.id)
        .where(
            Enrolment.clinic_id == clinic_id,
            Enrolment.patient_id == patient_id,
            Enrolment.until.is_(None),
        )
        .with_for_update(of=Enrolment)
    ).first()
    if found is None:
        raise NotThere()
    return found


def _turn(patient_id: UUID, clinic_id: UUID) -> Select[UUID]:
    """Whoever waits for this row comes after whoever has it; one that has ended is there too."""
    of_these = Enrolment.clinic_id == clinic_id, Enrolment.patient_id == patient_id
    return select(Enrolment.id).where(*of_these).with_for_update()


def _end(session: Session, now: datetime, *which: ColumnElement[bool]) -> bool:
    ended = session.execute(
        update(Grant)
        .where(Grant.withdrawn_at.is_(None), *which)
        .values(withdrawn_at=now)
        .returning(Grant.expires_at)
    ).all()
    return any(expired is None or expired > now for (expired,) in ended)


def _new(
    session: Session, patient_id: UUID, clinic_id: UUID, consent: Consent, now: datetime
) -> Grant:
    grant = Grant(
        patient_id=patient_id,
        clinic_id=clinic_id,
        scopes=sorted(consent.scopes),
        first_day=consent.first_day,
        expires_at=consent.expires_at,
        given_at=now,
    )
    session.add(grant)
    session.flush()
    return grant


def _happened(
    action: str, patient_id: UUID, clinic: Clinic, grant: Grant | None = None
) -> Happened:
    about: dict[str, object] = {"clinic": clinic.name}
    if grant is not None:
        about["scopes"] = grant.scopes
        about["first_day"] = grant.first_day and grant.first_day.isoformat()
        about["expires_at"] = grant.expires_at and grant.expires_at.isoformat()
    return Happened(action, patient_id, patient_id, clinic.id, about)
