"""Where people are signed in: server-side, listed, and ended by a person or by time."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind, SignIn

# An expired session ends reading, never reminding, so a patient's may be long.
PATIENT_IDLE = timedelta(days=400)
MEMBER_IDLE = timedelta(hours=1)
MEMBER_LONGEST = timedelta(hours=12)
SEEN_AGAIN = timedelta(minutes=5)

# Every request asks this: the statement is made once.
FIND = select(SignIn).where(SignIn.token_hash == bindparam("hash"))


@dataclass(frozen=True)
class Found:
    """What a cookie's token leads to. `ended` by a person is another thing than run out."""

    sign_in: SignIn
    valid: bool
    ended: bool


def hash_of(token: str) -> str:
    """How a token of 256 random bits is kept: its SHA-256; it needs no slower hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(session: Session, account: Account, browser: str, now: datetime) -> tuple[str, SignIn]:
    """Sign someone in; the token goes into her cookie and is never seen here again."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(
        account_id=account.id,
        token_hash=hash_of(token),
        browser=browser[:200],
        created_at=now,
        seen_at=now,
        account=account,
    )
    session.add(sign_in)
    return token, sign_in


def find(session: Session, token: str, now: datetime) -> Found | None:
    """What this token leads to, judged now."""
    sign_in = session.scalars(FIND, {"hash": hash_of(token)}).first()
    if sign_in is None:
        return None
    valid = sign_in.ended_at is None and not _run_out(sign_in, now)
    return Found(sign_in, valid, ended=sign_in.ended_by_person)


def seen(sign_in: SignIn, now: datetime) -> None:
    """Note that it is in use; called where the request writes anyway."""
    if now - sign_in.seen_at > SEEN_AGAIN:
        sign_in.seen_at = now


def listed(session: Session, account_id: UUID, now: datetime) -> Sequence[SignIn]:
    """Where this account is signed in now, last used first."""
    open_ones = session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.seen_at.desc())
    )
    return [sign_in for sign_in in open_ones if not _run_out(sign_in, now)]


def end(
    session: Session, account_id: UUID, sign_in_id: UUID, now: datetime, *, by_person: bool = True
) -> bool:
    """One of her own sessions ends; False when there is none of that id.

    Where no person ended it, it is as if it had run out: letters on that phone stay (401).
    """
    ended = session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=now, ended_by_person=by_person)
        .returning(SignIn.id)
    )
    return ended.first() is not None


def end_all(session: Session, account_id: UUID, now: datetime, *, but: UUID | None = None) -> None:
    """End every session but one: a changed password or a way back in. Letters stay (401)."""
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.id != but)
        .values(ended_at=now)
    )


def forget(session: Session, before: datetime) -> None:
    """Drop what had ended or run out by then."""
    of_members = select(Account.id).where(Account.kind == Kind.MEMBER)
    session.execute(
        delete(SignIn).where(
            or_(
                SignIn.ended_at < before,
                SignIn.seen_at < before - PATIENT_IDLE,
                and_(SignIn.seen_at < before - MEMBER_LONGEST, SignIn.account_id.in_(of_members)),
            )
        )
    )


def _run_out(sign_in: SignIn, now: datetime) -> bool:
    if sign_in.account.kind == Kind.MEMBER:
        return now - sign_in.seen_at > MEMBER_IDLE or now - sign_in.created_at > MEMBER_LONGEST
    return now - sign_in.seen_at > PATIENT_IDLE
