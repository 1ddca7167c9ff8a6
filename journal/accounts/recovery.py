"""Getting back in: by a link to one's own address, or helped by the clinic with a day's delay."""

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Recovery
from journal.accounts.people import change_password
from journal.accounts.sign_ins import hash_of
from journal.audit.store import Happened, record
from journal.errors import Invalid, words

BY_MAIL = timedelta(hours=1)
FIRST_PASSWORD = timedelta(days=7)
DELAY = timedelta(hours=24)
OPEN_FOR = timedelta(hours=48)
GROUP = 4


class NotYet(Invalid):
    """A code made by the clinic that starts to work later."""


def by_mail(session: Session, account: Account, now: datetime) -> str:
    """A token for a link to the account's own address; works at once, for an hour."""
    return _make(session, account.id, None, now, now, now + BY_MAIL)


def first_password(session: Session, account: Account, now: datetime) -> str:
    """A token with which someone new of a care team chooses a password, within a week."""
    return _make(session, account.id, None, now, now, now + FIRST_PASSWORD)


def by_clinic(
    session: Session, helper: Account, clinic_id: UUID, clinic: str, patient_id: UUID, now: datetime
) -> str:
    """A code for a patient whom the clinic helps back in.

    It starts to work after 24 hours, and stands in her list of looks; until then (and after)
    she can stop it from wherever she is signed in. An earlier one is stopped by this.
    """
    stop_all(session, patient_id, now)
    starts = now + DELAY
    token = _make(session, patient_id, helper.id, now, starts, starts + OPEN_FOR)
    about = {"name": helper.name, "clinic": clinic}
    record(session, now, Happened("recovery.made", helper.id, patient_id, clinic_id, about))
    return token


def find(session: Session, typed: str, now: datetime) -> Recovery:
    """The recovery that a link or a typed code leads to; looking uses nothing up.

    Raises NotYet, or Invalid for one that is unknown, used, stopped or out of date.
    """
    recovery = session.scalars(
        select(Recovery).where(Recovery.token_hash == hash_of(_plain(typed)))
    ).first()
    if recovery is None or recovery.stopped_at or recovery.expires_at <= now:
        raise Invalid(words("That link or code does not work any more. You can ask for a new one."))
    if recovery.used_at:
        raise Invalid(words("That link or code has been used. You can ask for a new one."))
    if recovery.starts_at > now:
        raise NotYet(words("That code is right, and starts to work later."), code="not_yet")
    return recovery


def use(session: Session, recovery: Recovery, password: str, now: datetime) -> Account:
    """Set a new password; every session ends. Of many at once exactly one wins.

    Raises Invalid.
    """
    account = session.get_one(Account, recovery.account_id)
    change_password(session, account, password, now)
    won = session.execute(
        update(Recovery)
        .where(Recovery.id == recovery.id, Recovery.used_at.is_(None))
        .where(Recovery.stopped_at.is_(None))
        .values(used_at=now)
        .returning(Recovery.id)
    ).first()
    if won is None:
        raise Invalid(words("That link or code has been used. You can ask for a new one."))
    record(session, now, Happened("recovery.used", account.id, account.id))
    return account


def pending(session: Session, account_id: UUID, now: datetime) -> Recovery | None:
    """The code that someone at the clinic made for this account, while it could be used."""
    return session.scalars(
        select(Recovery).where(
            Recovery.account_id == account_id,
            Recovery.made_by.is_not(None),
            Recovery.used_at.is_(None),
            Recovery.stopped_at.is_(None),
            Recovery.expires_at > now,
        )
    ).first()


def stop_all(session: Session, account_id: UUID, now: datetime) -> bool:
    """Stop every way back in that was not used; whether there was one."""
    stopped = session.execute(
        update(Recovery)
        .where(Recovery.account_id == account_id, Recovery.used_at.is_(None))
        .where(Recovery.stopped_at.is_(None))
        .values(stopped_at=now)
        .returning(Recovery.id)
    ).all()
    if stopped:
        record(session, now, Happened("recovery.stopped", account_id, account_id))
    return bool(stopped)


def spoken(token: str) -> str:
    """A code as one reads it out: in groups of four."""
    return " ".join(token[n : n + GROUP] for n in range(0, len(token), GROUP))


def _make(
    session: Session,
    account_id: UUID,
    made_by: UUID | None,
    now: datetime,
    starts: datetime,
    ends: datetime,
) -> str:
    # 160 bits in letters and digits that cannot be mistaken when read out.
    token = base64.b32encode(secrets.token_bytes(20)).decode()
    session.add(
        Recovery(
            account_id=account_id,
            token_hash=hash_of(token),
            made_by=made_by,
            created_at=now,
            starts_at=starts,
            expires_at=ends,
        )
    )
    return token


def _plain(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").upper()
