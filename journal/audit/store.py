"""Adding to the audit log, and proving that nothing in it was changed or taken out."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from journal.audit.models import GENESIS, AuditEvent, AuditHead


@dataclass(frozen=True)
class Happened:
    """What was done, before it is written down."""

    action: str
    actor_id: UUID | None = None
    patient_id: UUID | None = None
    clinic_id: UUID | None = None
    about: dict[str, Any] = field(default_factory=dict)


def record(session: Session, now: datetime, *events: Happened) -> None:
    """Write events in the caller's transaction: they stand or fall with what they describe."""
    if not events:
        return
    head = session.scalars(select(AuditHead).with_for_update()).one()
    rows = []
    for event in events:
        row = _row(event, now, head.last_id + 1, head.last_hash)
        head.last_id, head.last_hash = row["id"], row["hash"]
        rows.append(row)
    session.execute(insert(AuditEvent), rows)


def first_broken(session: Session) -> int | None:
    """The number of the first event that does not follow from the one before; None when whole."""
    number, previous = 0, GENESIS
    for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id)):
        number += 1
        honest = event.id == number and event.previous_hash == previous
        if not honest or event.hash != _hash(_columns(event), previous):
            return number
        previous = event.hash
    head = session.scalars(select(AuditHead)).one()
    return None if (head.last_id, head.last_hash) == (number, previous) else number + 1


def about_patient(
    session: Session, patient_id: UUID, actions: Iterable[str], limit: int
) -> Sequence[AuditEvent]:
    """The newest events of these kinds about one person."""
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.patient_id == patient_id, AuditEvent.action.in_(actions))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    ).all()


def _row(event: Happened, now: datetime, number: int, previous: str) -> dict[str, Any]:
    columns = {
        "id": number,
        "at": now,
        "action": event.action,
        "actor_id": event.actor_id,
        "patient_id": event.patient_id,
        "clinic_id": event.clinic_id,
        "about": event.about,
    }
    return {**columns, "previous_hash": previous, "hash": _hash(columns, previous)}


def _columns(event: AuditEvent) -> dict[str, Any]:
    names = ("id", "at", "action", "actor_id", "patient_id", "clinic_id", "about")
    return {name: getattr(event, name) for name in names}


def _hash(columns: dict[str, Any], previous: str) -> str:
    text = json.dumps(columns, sort_keys=True, default=str)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
