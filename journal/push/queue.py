"""Deliveries that wait: claimed under a lease, sent by whoever holds it, and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from journal.db import Base, insert_new
from journal.push.endpoint import Address
from journal.push.models import Delivery, Device, Outcome
from journal.push.store import alive

DELIVERIES, DEVICES = (Base.metadata.tables[name] for name in ("deliveries", "devices"))
TEST = "test"
TEST_USE = timedelta(minutes=2)

# It is recorded only by whoever still holds the lease.
RECORD = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.id == bindparam("delivery"),
        DELIVERIES.c.lease_by == bindparam("holder"),
        DELIVERIES.c.outcome.is_(None),
    )
    .values(
        outcome=bindparam("became"),
        cause=bindparam("why"),
        ended_at=bindparam("at"),
        next_at=bindparam("again_at"),
        lease_by=None,
    )
)

# What was sent is most of it: in one statement.
SENT = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.id.in_(bindparam("ids", expanding=True)),
        DELIVERIES.c.lease_by == bindparam("holder"),
        DELIVERIES.c.outcome.is_(None),
    )
    .values(outcome=Outcome.SENT, cause=None, ended_at=bindparam("at"), lease_by=None)
    .returning(DELIVERIES.c.device_id, DELIVERIES.c.kind)
)
OWES = (
    update(DEVICES)
    .where(DEVICES.c.id.in_(bindparam("ids", expanding=True)))
    .values(unanswered=DEVICES.c.unanswered + 1)
)


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until `until`, and where it goes (None: the device is gone)."""

    id: UUID
    account_id: UUID
    device_id: UUID | None
    subject_id: UUID | None
    kind: str
    day: date | None
    due_at: datetime
    expires_at: datetime
    attempts: int
    until: datetime
    address: Address | None


@dataclass(frozen=True)
class Ended:
    """What became of a claimed delivery; without an outcome it is tried again at `again_at`."""

    delivery: Claimed
    outcome: Outcome | None
    cause: str | None = None
    again_at: datetime | None = None


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add deliveries; one that is there already (rule, due time, target, kind) stays as it is."""
    insert_new(session, DELIVERIES, rows)


def add_test(session: Session, device: Device, now: datetime) -> UUID:
    """A notification that only says that it works; its id asks what became of it."""
    own_id = uuid4()
    row = {
        "id": own_id, "account_id": device.account_id, "device_id": device.id,
        "target": device.id.hex, "subject_id": None, "kind": TEST, "due_at": now,
        "expires_at": now + TEST_USE, "next_at": now, "attempts": 0,
    }  # fmt: skip
    add(session, [row])
    return own_id


def tests_since(session: Session, device_id: UUID, since: datetime) -> int:
    """How many tests were sent to a device lately."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Delivery)
            .where(Delivery.device_id == device_id, Delivery.kind == TEST, Delivery.due_at > since)
        )
        or 0
    )


def claim(
    session: Session, holder: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """Take what has waited longest, at most so many; nobody else gets it while the lease lasts."""
    waiting = (
        select(DELIVERIES.c.id)
        .where(DELIVERIES.c.outcome.is_(None), DELIVERIES.c.next_at <= now)
        .order_by(DELIVERIES.c.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        # As a subquery PostgreSQL may ask it again for each row, and take more than `most`.
        .cte("waiting")
    )
    taken = session.scalars(
        update(DELIVERIES)
        .where(DELIVERIES.c.id.in_(select(waiting.c.id)))
        .values(next_at=now + lease, lease_by=holder, attempts=DELIVERIES.c.attempts + 1)
        .returning(DELIVERIES.c.id)
    ).all()
    return _claimed(session, taken, now + lease) if taken else []


def free(session: Session, now: datetime) -> None:
    """End every lease: whoever held them is known to be dead."""
    session.execute(
        update(Delivery)
        .where(Delivery.outcome.is_(None), Delivery.lease_by.is_not(None))
        .values(next_at=now, lease_by=None)
    )


def record(session: Session, holder: str, ended: Sequence[Ended], now: datetime) -> None:
    """Write down what became of them, in the caller's transaction."""
    if sent := [one.delivery.id for one in ended if one.outcome is Outcome.SENT]:
        _sent(session, holder, sent, now)
    rows = [_recorded(one, holder, now) for one in ended if one.outcome is not Outcome.SENT]
    if rows:
        session.connection().execute(RECORD, rows)


def _sent(session: Session, holder: str, delivery_ids: Sequence[UUID], now: datetime) -> None:
    """Their devices owe us a word for one more due time; tests ask for none."""
    kept = session.connection().execute(SENT, {"ids": delivery_ids, "holder": holder, "at": now})
    owing = [device_id for device_id, kind in kept if device_id and kind != TEST]
    if owing:
        session.connection().execute(OWES, {"ids": owing})


def forget_devices(session: Session, device_ids: Sequence[UUID]) -> None:
    """The push service says that these are gone."""
    if device_ids:
        session.execute(delete(Device).where(Device.id.in_(device_ids)))


def forget(session: Session, before: datetime) -> None:
    """Drop deliveries that ended before that."""
    # By outcome, for that is what the index begins with.
    session.execute(
        delete(Delivery).where(Delivery.outcome.in_(list(Outcome)), Delivery.ended_at < before)
    )


def _claimed(session: Session, ids: Sequence[UUID], until: datetime) -> list[Claimed]:
    rows = session.execute(
        select(
            *(DELIVERIES.c[name] for name in (
                "id", "account_id", "device_id", "subject_id", "kind", "day", "due_at",
                "expires_at", "attempts",
            )),
            DEVICES.c.endpoint, DEVICES.c.p256dh, DEVICES.c.auth,
        )
        .select_from(DELIVERIES)
        .outerjoin(DEVICES, (DEVICES.c.id == DELIVERIES.c.device_id) & alive())
        .where(DELIVERIES.c.id.in_(ids))
        .order_by(DELIVERIES.c.due_at)
    )  # fmt: skip
    return [Claimed(*row[:9], until, _address(row[9], row[10], row[11])) for row in rows]


def _address(endpoint: str | None, p256dh: str | None, auth: str | None) -> Address | None:
    return Address(endpoint, p256dh, auth) if endpoint and p256dh and auth else None


def _recorded(one: Ended, holder: str, now: datetime) -> dict[str, Any]:
    return {
        "delivery": one.delivery.id,
        "holder": holder,
        "became": one.outcome,
        "why": one.cause,
        "at": now if one.outcome else None,
        "again_at": one.again_at or one.delivery.until,
    }
