"""Slowing down those who guess: counted per key in the database, for every process alike."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Attempt
from journal.errors import TooMany, words


@dataclass(frozen=True)
class Limit:
    """At most `most` failures of `what` within `within`."""

    what: str
    most: int
    within: timedelta


# The tight limit holds for one person from one place, so that a stranger elsewhere cannot lock
# her out. The wide ones stop a crowd; a way back in by e-mail is not counted against them.
PERSON_AND_PLACE = Limit("person-and-place", 6, timedelta(minutes=15))
PLACE = Limit("place", 40, timedelta(minutes=15))
PERSON = Limit("person", 60, timedelta(hours=1))


def check(session: Session, now: datetime, *counts: tuple[Limit, str]) -> None:
    """Raise TooMany when one of these (limit, whose) has been used up."""
    for limit, whose in counts:
        tries, first = session.execute(
            select(func.count(), func.min(Attempt.at)).where(
                Attempt.key == _key(limit, whose), Attempt.at > now - limit.within
            )
        ).one()
        if tries >= limit.most:
            wait = first + limit.within - now
            raise TooMany(
                words("That was tried too often. Please wait %(minutes)s minutes and try again."),
                wait=max(1, int(wait.total_seconds())),
            )


def count(session: Session, now: datetime, *counts: tuple[Limit, str]) -> None:
    """Note one try."""
    session.add_all(Attempt(key=_key(limit, whose), at=now) for limit, whose in counts)


def take_back(session: Session, now: datetime, *counts: tuple[Limit, str]) -> None:
    """It was no guess after all: the try noted at `now` does not count."""
    keys = [_key(limit, whose) for limit, whose in counts]
    session.execute(delete(Attempt).where(Attempt.key.in_(keys), Attempt.at == now))


def forget(session: Session, before: datetime) -> None:
    """Drop what no limit looks at any more."""
    session.execute(delete(Attempt).where(Attempt.at < before))


def place(address: str | None) -> str:
    """Where a request comes from, as far as it tells people apart.

    Whoever has one address of IPv6 has the 2^64 around it, too.
    """
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))


def _key(limit: Limit, whose: str) -> str:
    return hashlib.sha256(f"{limit.what}/{whose}".encode()).hexdigest()
