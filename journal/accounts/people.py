"""Making and changing accounts."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.accounts import passwords, sign_ins
from journal.accounts.models import Account, Contact, Kind
from journal.clock import diary_day
from journal.db import seal, unseal
from journal.errors import Invalid, words
from journal.texts import tidy

ADDRESS = r"^[^@\s]+@[^@\s]+$"


@dataclass(frozen=True)
class Reach:
    """How the clinic may reach someone; each part may be missing."""

    telephone: str | None = None
    may_leave_message: bool = False
    emergency: str | None = None
    born: date | None = None


def normal_email(text: str) -> str:
    """An e-mail address as we compare it."""
    return tidy(tidy(text).casefold())


def by_email(session: Session, email: str) -> Account | None:
    """Whose sign-in address this is, if anyone's."""
    return session.scalars(select(Account).where(Account.email == normal_email(email))).first()


def create_patient(
    session: Session,
    *,
    name: str,
    email: str,
    password: str,
    zone: str,
    locale: str,
    now: datetime,
    telephone: str | None = None,
    may_leave_message: bool = False,
    emergency: str | None = None,
    born: date | None = None,
) -> Account:
    """A new patient, whose journal begins today. Raises Invalid (password, email)."""
    passwords.check(password, name, email)
    # Hashed before the address is looked up: a taken one costs the same work.
    password_hash = passwords.hashed(password)
    account = _create(session, Kind.PATIENT, name, email, zone, locale, now, password_hash)
    keep_reach(session, account.id, Reach(telephone, may_leave_message, emergency, born))
    return account


def create_member(session: Session, *, name: str, email: str, zone: str, now: datetime) -> Account:
    """Someone of a care team; a recovery lets her choose the password. Raises Invalid (email)."""
    return _create(session, Kind.MEMBER, name, email, zone, "en", now, None)


def change_password(
    session: Session, account: Account, password: str, now: datetime, *, but: UUID | None = None
) -> None:
    """Set the password and end every session but one. Raises Invalid."""
    passwords.check(password, account.name, account.email)
    account.password_hash = passwords.hashed(password)
    sign_ins.end_all(session, account.id, now, but=but)


def reach_of(session: Session, account_id: UUID) -> Reach:
    """How this person may be reached."""
    contact = session.get(Contact, account_id)
    if contact is None:
        return Reach()
    sealed = contact.emergency
    emergency = unseal(session, sealed, _row(account_id)) if sealed else None
    return Reach(contact.telephone, contact.may_leave_message, emergency, contact.born)


def keep_reach(session: Session, account_id: UUID, reach: Reach) -> None:
    """Write down how this person may be reached, instead of what was there."""
    sealed = seal(session, reach.emergency, _row(account_id)) if reach.emergency else None
    session.merge(
        Contact(
            account_id=account_id,
            telephone=reach.telephone,
            may_leave_message=reach.may_leave_message,
            emergency=sealed,
            born=reach.born,
        )
    )


def _create(
    session: Session,
    kind: Kind,
    name: str,
    email: str,
    zone: str,
    locale: str,
    now: datetime,
    password_hash: str | None,
) -> Account:
    if not re.fullmatch(ADDRESS, email.strip()):
        raise Invalid(words("An e-mail address looks like ana@example.org."), field="email")
    if by_email(session, email) is not None:
        raise _taken()
    account = Account(
        kind=kind,
        name=tidy(name),
        email=normal_email(email),
        password_hash=password_hash,
        locale=locale,
        zone=zone,
        began=diary_day(now, zone),
        created_at=now,
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        # Two began with one address at once; this one came second.
        raise _taken() from error
    return account


def _taken() -> Invalid:
    return Invalid(
        words("These details cannot be used. If you have a journal already, sign in instead."),
        field="email",
    )


def _row(account_id: UUID) -> str:
    return f"contacts/{account_id}/emergency"
