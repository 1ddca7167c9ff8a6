"""E-mails that wait: put in by whoever wants one sent, taken out by the worker."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.db import seal, unseal
from journal.mail.models import OutgoingMail

# Longer than a mail server may keep us waiting: what is still being sent is not claimed again.
LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Mail:
    """One e-mail in plain text. None of it holds a health word.

    `stop` is where a mail program can stop more like it with one click (RFC 8058).
    """

    to: str
    subject: str
    text: str
    stop: str | None = None


def queue(session: Session, mail: Mail, now: datetime, expires: datetime) -> None:
    """Have an e-mail sent, unless it could not be until `expires`."""
    own_id = uuid4()
    sealed = seal(session, json.dumps(asdict(mail)), _row(own_id))
    session.add(
        OutgoingMail(id=own_id, sealed=sealed, created_at=now, expires_at=expires, next_at=now)
    )


def claim(session: Session, now: datetime) -> UUID | None:
    """Take the e-mail that has waited longest, so that nobody else sends it meanwhile."""
    row = session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.next_at <= now, OutgoingMail.expires_at > now)
        .order_by(OutgoingMail.next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    row.attempts += 1
    row.next_at = now + LEASE
    return row.id


def claimed(session: Session, mail_id: UUID) -> Mail:
    """What a claimed e-mail says. Raises vault.Damaged."""
    sealed = session.get_one(OutgoingMail, mail_id).sealed
    return Mail(**json.loads(unseal(session, sealed, _row(mail_id))))


def sent(session: Session, mail_id: UUID) -> None:
    """It is on its way: nothing of it is kept."""
    session.execute(delete(OutgoingMail).where(OutgoingMail.id == mail_id))


def not_sent(session: Session, mail_id: UUID, now: datetime) -> None:
    """Try it again later, and later each time."""
    row = session.get_one(OutgoingMail, mail_id)
    row.next_at = now + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)


def forget(session: Session, now: datetime) -> int:
    """Drop what came too late to be of use; how many there were."""
    late = delete(OutgoingMail).where(OutgoingMail.expires_at <= now).returning(OutgoingMail.id)
    return len(session.execute(late).all())


def _row(mail_id: UUID) -> str:
    return f"outgoing_mail/{mail_id}"
