"""Whoever writes about a patient of a clinic waits for her turn, and hears whether she is one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.errors import Conflict, words
from journal.sharing.access import Enrolled, Member
from journal.sharing.models import Enrolment


def take_turn(session: Session, member: Member, patient: Enrolled) -> bool:
    """Go on alone until the end of the transaction; whether she is a patient of this clinic now."""
    # Two clicks on "Record it" reach two workers at once: one of them has to be the second.
    until = session.scalars(
        select(Enrolment.until)
        .where(Enrolment.clinic_id == member.clinic.id, Enrolment.patient_id == patient.id)
        .with_for_update()
    ).one()
    return until is None


def refuse_new(patient: Enrolled) -> Conflict:
    """Why nothing new is written about someone who has left."""
    return Conflict(
        words(
            "%(name)s is no longer a patient of your clinic. What is recorded stays, and can be "
            "corrected; nothing new is added."
        ),
        code="has_left",
        name=patient.name,
    )
