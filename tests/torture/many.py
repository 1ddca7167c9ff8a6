"""Many people whose reminder was due a moment ago, each with one phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.accounts.models import Kind as Person
from journal.clock import zone_named
from journal.push.models import Device
from journal.push.store import hash_of
from journal.reminders.models import Due, Kind, Rule
from journal.reminders.reckoning import edition
from tests.push.phone import Phone

EVERY_DAY = list(range(7))
# One phone in so many is gone: its push service says so.
ONE_GONE_IN = 25


@dataclass(frozen=True)
class Many:
    """Who they are, and the keys of their phones, which are all alike."""

    accounts: frozenset[UUID]
    phone: Phone


def remind(session: Session, origin: str, many: int, now: datetime, chance: Random) -> Many:
    """So many of them, in the caller's transaction; their push service is at `origin`."""
    phone, zone = Phone(), _noon(now)
    people = [uuid4() for _ in range(many)]
    rules = [_rule(person, zone, now, chance) for person in people]
    session.execute(insert(Account), [_account(person, zone, now) for person in people])
    session.execute(insert(Rule), [rule for rule, _ in rules])
    session.execute(insert(Due), [due for _, due in rules])
    session.execute(
        insert(Device), [_device(n, person, phone, origin, now) for n, person in enumerate(people)]
    )
    return Many(frozenset(people), phone)


def _account(person: UUID, zone: str, now: datetime) -> dict[str, Any]:
    return {
        "id": person, "kind": Person.PATIENT, "name": "Ana", "email": f"{person}@example.org",
        "locale": "en", "zone": zone, "began": now.date(), "created_at": now,
    }  # fmt: skip


def _rule(
    person: UUID, zone: str, now: datetime, chance: Random
) -> tuple[dict[str, Any], dict[str, Any]]:
    own_id, at = uuid4(), now.replace(microsecond=0) - timedelta(seconds=chance.randint(1, 60))
    wall = at.astimezone(zone_named(zone)).time()
    rule = {
        "id": own_id, "account_id": person, "kind": "day", "at": wall, "days": EVERY_DAY,
        "on": True, "nudge": False,
    }  # fmt: skip
    due = {
        "rule_id": own_id, "kind": Kind.CHOSEN, "at": at, "for_at": at,
        "reckoned_in": edition(zone),
    }  # fmt: skip
    return rule, due


def _device(n: int, person: UUID, phone: Phone, origin: str, now: datetime) -> dict[str, Any]:
    endpoint = f"{origin}/{'push' if (n + 1) % ONE_GONE_IN else 'gone'}/{person.hex}"
    return {
        "account_id": person, "endpoint": endpoint, "endpoint_hash": hash_of(endpoint),
        "p256dh": phone.p256dh, "auth": phone.auth, "browser": "Firefox Android",
        "created_at": now, "seen_at": now,
    }  # fmt: skip


def _noon(now: datetime) -> str:
    """A zone far from quiet hours and from four in the morning, whenever this runs."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
