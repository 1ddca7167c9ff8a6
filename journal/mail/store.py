"""E-mails that wait: put in by whoever wants one sent, taken out by the worker."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.db import seal, unseal
from journal.mail.models import OutgoingMail

LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
BATCH = 20


@dataclass(frozen=True)
class Mail:
    """One e-mail in plain text. None of it holds a health word."""

    to: str
    subject: str
    text: str


def queue(session: Session, mail: Mail, now: datetime, expires: datetime) -> None:
    """Have an e-mail sent, unless it could not be until `expires`."""
    own_id = uuid4()
    sealed = seal(session, json.dumps(asdict(mail)), _row(own_id))
    session.add(
        OutgoingMail(id=own_id, sealed=sealed, created_at=now, expires_at=expires, next_at=now)
    )


def claim(session: Session, now: datetime) -> Sequence[tuple[UUID, Mail]]:
    """Take due e-mails for the length of a lease, so that nobody else sends them meanwhile."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.expires_at <= now))
    due = session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.next_at <= now)
        .order_by(OutgoingMail.next_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        row.attempts += 1
        row.next_at = now + max(LEASE, FIRST_WAIT * 2**row.attempts)
    return [(row.id, Mail(**json.loads(unseal(session, row.sealed, _row(row.id))))) for row in due]


def sent(session: Session, mail_id: UUID) -> None:
    """It is on its way: nothing of it is kept."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.id == mail_id))


def _row(mail_id: UUID) -> str:
    return f"outgoing_mail/{mail_id}"
