"""Devices: subscribed, heard from, and forgotten."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import SignIn
from journal.push.forms import Subscription
from journal.push.models import Delivery, Device

MOST_DEVICES = 10


def subscribe(
    session: Session,
    account_id: UUID,
    sign_in_id: UUID,
    subscription: Subscription,
    browser: str,
    now: datetime,
) -> Device:
    """Keep a device, or renew the one of that endpoint, whoever had it; the oldest of 11 goes."""
    device = _of_endpoint(session, subscription.endpoint)
    if device is None:
        device = Device(account_id=account_id, created_at=now, confirmed_at=None, unanswered=0)
        session.add(device)
    elif device.account_id != account_id:
        device.account_id, device.confirmed_at, device.unanswered = account_id, None, 0
    _point(device, subscription)
    device.sign_in_id, device.browser, device.seen_at = sign_in_id, browser[:200], now
    session.flush()
    for one in listed(session, account_id)[MOST_DEVICES:]:
        session.delete(one)
    return device


def knows(session: Session, account_id: UUID, endpoint: str) -> bool:
    """Whether this endpoint is one of this person's devices."""
    return any(one.endpoint == endpoint for one in listed(session, account_id))


def renew(session: Session, old: str, new: Subscription, now: datetime) -> None:
    """A browser changed its subscription: knowing the old endpoint is the permission."""
    device = _of_endpoint(session, old)
    if device is None:
        return
    if new.endpoint != old:
        session.execute(delete(Device).where(Device.endpoint_hash == hash_of(new.endpoint)))
    _point(device, new)
    device.seen_at = now


def unsubscribe(session: Session, account_id: UUID, endpoint: str) -> None:
    """This browser wants no more notifications."""
    session.execute(
        delete(Device).where(
            Device.endpoint_hash == hash_of(endpoint), Device.account_id == account_id
        )
    )


def remove(session: Session, account_id: UUID, device_id: UUID) -> bool:
    """Forget one of a person's own devices; False when there is none of that id."""
    removed = session.execute(
        delete(Device)
        .where(Device.id == device_id, Device.account_id == account_id)
        .returning(Device.id)
    )
    return removed.first() is not None


def listed(session: Session, account_id: UUID) -> Sequence[Device]:
    """A person's devices, seen last first."""
    return session.scalars(
        select(Device)
        .where(Device.account_id == account_id, alive())
        .order_by(Device.seen_at.desc(), Device.id)
    ).all()


def alive() -> ColumnElement[bool]:
    """Devices whose session no person ended; one that ran out goes on being reminded."""
    return ~exists().where(SignIn.id == Device.sign_in_id, SignIn.ended_by_person)


def bury(session: Session) -> None:
    """Forget the devices of sessions that a person ended."""
    session.execute(
        delete(Device).where(Device.sign_in_id.in_(select(SignIn.id).where(SignIn.ended_by_person)))
    )


def shown(session: Session, delivery_id: UUID, now: datetime) -> None:
    """A device says that it showed this; only the first time counts."""
    delivery = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.shown_at.is_(None))
        .values(shown_at=now)
        .returning(Delivery.device_id)
    ).first()
    if delivery and delivery.device_id:
        session.execute(
            update(Device)
            .where(Device.id == delivery.device_id)
            .values(confirmed_at=now, unanswered=0)
        )


def hash_of(endpoint: str) -> str:
    """How an endpoint is looked up: it may be longer than an index likes."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _of_endpoint(session: Session, endpoint: str) -> Device | None:
    return session.scalars(select(Device).where(Device.endpoint_hash == hash_of(endpoint))).first()


def _point(device: Device, subscription: Subscription) -> None:
    device.endpoint = subscription.endpoint
    device.endpoint_hash = hash_of(subscription.endpoint)
    device.p256dh, device.auth = subscription.p256dh, subscription.auth
