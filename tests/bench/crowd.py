"""Very many people with a reminder each, made inside the database; some of them have a phone."""

from base64 import urlsafe_b64encode
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    ColumnElement,
    String,
    Table,
    Uuid,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Session

from journal.accounts.models import Kind
from journal.db import Base
from journal.push.store import hash_of
from journal.reminders.models import Asks
from journal.reminders.models import Kind as Why

TABLES = Base.metadata.tables
EVERY_DAY = list(range(7))
# Ids that lie as far apart as random ones do, and that can be told from a number.
FAR, ALL = 2654435761, 2**32


def people(session: Session, first: int, last: int, due_at: datetime, zone: str = "UTC") -> None:
    """Number `first` to `last`, not included, who are asked then and every day after."""
    numbers = _numbers(first, last)
    their_id, text = _id(session, numbers.c.n), cast(numbers.c.n, String)
    _insert(session, TABLES["accounts"], numbers, id=their_id, kind=Kind.PATIENT, name="Somebody",
            email=text + "@example.org", locale="en", zone=zone, began=due_at.date(),
            created_at=due_at, revision=0)  # fmt: skip
    _insert(session, TABLES["rules"], numbers, id=their_id, account_id=their_id, kind=Asks.DAY,
            at=due_at.time(), days=literal(EVERY_DAY, JSON), on=True, nudge=False)  # fmt: skip
    _insert(session, TABLES["dues"], numbers, rule_id=their_id, kind=Why.CHOSEN, at=due_at,
            for_at=due_at, reckoned_in="UTC@bench")  # fmt: skip


def phones(session: Session, last: int, origin: str, now: datetime) -> None:
    """One for each person before number `last`."""
    p256dh, auth = keys()
    session.execute(
        insert(TABLES["devices"]),
        [
            {
                "id": _uuid(n), "account_id": _uuid(n), "sign_in_id": None,
                "endpoint": f"{origin}/{n}", "endpoint_hash": hash_of(f"{origin}/{n}"),
                "p256dh": p256dh, "auth": auth, "browser": "bench", "created_at": now,
                "seen_at": now, "confirmed_at": None, "unanswered": 0,
            }
            for n in range(last)
        ],
    )  # fmt: skip


@cache
def keys() -> tuple[str, str]:
    """What a browser gives: those of all of these phones."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _text(point), _text(bytes(16))


def _numbers(first: int, last: int) -> CTE:
    numbers = select(literal(first, BigInteger).label("n")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < last - 1))


def _insert(session: Session, table: Table, numbers: CTE, **values: Any) -> None:
    columns = [
        value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)
        for name, value in values.items()
    ]
    said = select(*columns).select_from(numbers)
    session.execute(insert(table).from_select(list(values), said, include_defaults=False))


def _id(session: Session, n: ColumnElement[int]) -> ColumnElement[UUID]:
    far = (n * FAR) % ALL
    if session.get_bind().dialect.name == "sqlite":
        return func.printf("%08x%024x", far, n, type_=Uuid())
    digits = func.lpad(func.to_hex(far), 8, "0"), func.lpad(func.to_hex(n), 24, "0")
    return cast(func.concat(*digits), Uuid())


def _uuid(n: int) -> UUID:
    return UUID(f"{n * FAR % ALL:08x}{n:024x}")


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
