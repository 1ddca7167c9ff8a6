"""What a clinic decided when relief was fading, and what it knew then: so that it can be judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.db import seal, unseal
from journal.errors import NotThere
from journal.infusions.models import Decision
from journal.infusions.turns import take_turn
from journal.sharing.access import Enrolled, Member

RECORDED = "decision.recorded"


@dataclass(frozen=True)
class Made:
    """A decision about pain or mood after the last infusion, why, and how it stood that day."""

    measure: str
    last_infusion: date
    became: str
    why: str
    known: Mapping[str, Any]


@dataclass(frozen=True)
class Decided:
    """One that was made, by whom and when."""

    made: Made
    by: str | None
    at: datetime


def decide(
    session: Session,
    member: Member,
    patient: Enrolled,
    decision_id: UUID,
    made: Made,
    now: datetime,
) -> None:
    """Keep a decision; the same one again changes nothing. Raises NotThere for another's id."""
    take_turn(session, member, patient)
    known = session.get(Decision, decision_id)
    if known is not None:
        if (known.clinic_id, known.patient_id) != (member.clinic.id, patient.id):
            raise NotThere()
        return
    session.add(row_of(session, member, patient.id, decision_id, made, now))
    about = {"name": member.account.name, "clinic": member.clinic.name}
    record(session, now, Happened(RECORDED, member.account.id, patient.id, member.clinic.id, about))


def row_of(
    session: Session,
    member: Member,
    patient_id: UUID,
    decision_id: UUID,
    made: Made,
    now: datetime,
) -> Decision:
    """The row of `decisions` that holds it, why it was made sealed."""
    return Decision(
        id=decision_id,
        clinic_id=member.clinic.id,
        patient_id=patient_id,
        measure=made.measure,
        last_infusion=made.last_infusion,
        became=made.became,
        known=dict(made.known),
        sealed=seal(session, made.why, _name(decision_id)),
        decided_by=member.account.id,
        decided_at=now,
    )


def decided(session: Session, member: Member, patient: Enrolled) -> Sequence[Decided]:
    """What this clinic decided about one of its patients, newest first. It is its own record."""
    rows = session.execute(
        select(Decision, Account.name)
        .outerjoin(Account, Account.id == Decision.decided_by)
        .where(Decision.clinic_id == member.clinic.id, Decision.patient_id == patient.id)
        .order_by(Decision.decided_at.desc())
    )
    return [
        Decided(_made(session, row.Decision), row.name, row.Decision.decided_at) for row in rows
    ]


def _made(session: Session, row: Decision) -> Made:
    why = unseal(session, row.sealed, _name(row.id)) if row.sealed else ""
    return Made(row.measure, row.last_infusion, row.became, why, row.known)


def _name(decision_id: UUID) -> str:
    return f"decisions/{decision_id}"
