"""How a patient is tied to a clinic now: yes or no, which is no look at her record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from journal.sharing.access import Enrolled, Member, current
from journal.sharing.models import Enrolment, Grant


@dataclass(frozen=True)
class Ties:
    """Whether she is a patient here now, and whether she shares anything with this clinic now."""

    enrolled: bool
    shares: bool


def ties(session: Session, member: Member, patient: Enrolled, now: datetime) -> Ties:
    """Both answers in one question."""
    shares = exists().where(
        Grant.clinic_id == Enrolment.clinic_id,
        Grant.patient_id == Enrolment.patient_id,
        current(now),
    )
    enrolled, shared = session.execute(
        select(Enrolment.until.is_(None), shares).where(
            Enrolment.clinic_id == member.clinic.id, Enrolment.patient_id == patient.id
        )
    ).one()
    return Ties(enrolled, enrolled and shared)
