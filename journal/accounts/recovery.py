"""Getting back in: by a link to one's own address, or helped by the clinic with a day's delay."""

import base64
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind, Recovery
from journal.accounts.people import change_password
from journal.accounts.sign_ins import hash_of
from journal.audit.store import Happened, record
from journal.errors import JournalError, words

BY_MAIL = timedelta(hours=1)
FIRST_PASSWORD = timedelta(days=7)
DELAY = timedelta(hours=24)
OPEN_FOR = timedelta(hours=48)
GROUP = 4
# Base32 has no 0, 1 and 8: whoever types one read O, I or B.
MISREAD = str.maketrans("018", "OIB")


class State(StrEnum):
    """How a way back in stands."""

    OPEN = "open"
    EARLY = "early"
    USED = "used"
    STOPPED = "stopped"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class NotOpen(JournalError):
    """A link or code that lets nobody in, and why; an early one has its `recovery`."""

    code = "not_open"

    def __init__(self, state: State, recovery: Recovery | None = None) -> None:
        super().__init__(words("That link or code does not let you in."))
        self.state = state
        self.recovery = recovery


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
    she can stop it from wherever she is signed in. An earlier one does not work any more.
    """
    void(session, patient_id, now)
    starts = now + DELAY
    token = _make(session, patient_id, helper.id, now, starts, starts + OPEN_FOR)
    about = {"name": helper.name, "clinic": clinic}
    record(session, now, Happened("recovery.made", helper.id, patient_id, clinic_id, about))
    return token


def find(session: Session, typed: str, now: datetime) -> Recovery:
    """The recovery that a link or a typed code leads to; looking uses nothing up.

    Raises NotOpen.
    """
    found = session.scalars(
        select(Recovery).where(Recovery.token_hash == hash_of(plain(typed)))
    ).first()
    stands = state(found, now) if found else State.UNKNOWN
    if found is None or stands is not State.OPEN:
        raise NotOpen(stands, found)
    return found


def state(recovery: Recovery, now: datetime) -> State:
    """How a way back in stands now."""
    if recovery.used_at:
        return State.USED
    if recovery.stopped_at:
        return State.STOPPED
    if recovery.expires_at <= now:
        return State.EXPIRED
    return State.EARLY if recovery.starts_at > now else State.OPEN


def usable(recovery: Recovery, now: datetime) -> bool:
    """Whether it lets someone in now or later."""
    return state(recovery, now) in (State.OPEN, State.EARLY)


def use(session: Session, recovery: Recovery, password: str, now: datetime) -> Account:
    """Set a new password; every session ends. Of many at once exactly one wins.

    Raises Invalid (password), or NotOpen for those that came second.
    """
    account = session.get_one(Account, recovery.account_id)
    change_password(session, account, password, now)
    # What was read before may be old by now: the row itself decides, in one statement.
    won = session.execute(
        update(Recovery)
        .where(Recovery.id == recovery.id, *_usable(now))
        .values(used_at=now)
        .returning(Recovery.id)
    ).first()
    if won is None:
        session.refresh(recovery)
        raise NotOpen(state(recovery, now), recovery)
    void(session, account.id, now)
    patient_id = account.id if account.kind == Kind.PATIENT else None
    record(session, now, Happened("recovery.used", account.id, patient_id))
    return account


def pending(session: Session, account_id: UUID, now: datetime) -> Recovery | None:
    """The code that someone at the clinic made for this account, while it could be used."""
    return session.scalars(
        select(Recovery).where(
            Recovery.account_id == account_id, Recovery.made_by.is_not(None), *_usable(now)
        )
    ).first()


def stop(session: Session, account_id: UUID, now: datetime) -> bool:
    """The person stops the code that her clinic made for her; whether there was one."""
    whose = _stop(session, now, Recovery.account_id == account_id, Recovery.made_by.is_not(None))
    return _stopped(session, whose, now)


def stop_one(session: Session, recovery_id: UUID, now: datetime) -> bool:
    """Whoever reads her e-mail stops the code it told her of; whether there still was one."""
    return _stopped(session, _stop(session, now, Recovery.id == recovery_id), now)


def void(session: Session, account_id: UUID, now: datetime) -> None:
    """Nothing handed out so far lets anyone in: a newer way, or a new password, replaces it."""
    _stop(session, now, Recovery.account_id == account_id)


def forget(session: Session, before: datetime) -> None:
    """Drop what could not be used after that."""
    session.execute(delete(Recovery).where(Recovery.expires_at < before))


def new_token() -> str:
    """128 bits in 26 letters and digits that cannot be mistaken when read out."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def plain(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(typed.split()).replace("-", "").upper().translate(MISREAD)


def spoken(token: str) -> str:
    """A code as one reads it out: in groups of four."""
    return " ".join(token[n : n + GROUP] for n in range(0, len(token), GROUP))


def _usable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Recovery.used_at.is_(None),
        Recovery.stopped_at.is_(None),
        Recovery.expires_at > now,
    )


def _stop(session: Session, now: datetime, *which: ColumnElement[bool]) -> UUID | None:
    stopped = session.scalars(
        update(Recovery)
        .where(*which, *_usable(now))
        .values(stopped_at=now)
        .returning(Recovery.account_id)
    )
    return next(iter(stopped.all()), None)


def _stopped(session: Session, whose: UUID | None, now: datetime) -> bool:
    if whose is None:
        return False
    record(session, now, Happened("recovery.stopped", whose, whose))
    return True


def _make(
    session: Session,
    account_id: UUID,
    made_by: UUID | None,
    now: datetime,
    starts: datetime,
    ends: datetime,
) -> str:
    token = new_token()
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
