"""Deliveries that wait: claimed, sent by whoever holds the lease, recorded."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.db import opened
from journal.push import queue
from journal.push.models import Delivery, Device, Outcome
from journal.push.queue import Claimed, Ended
from journal.push.store import hash_of
from journal.vault import Vault

LEASE, MINUTE = timedelta(minutes=1), timedelta(minutes=1)
# What makes PostgreSQL ask the same again for each row, as it may choose to by itself.
NESTED = {
    "sqlite": (),
    "postgresql": tuple(
        f"SET LOCAL enable_{how} = off"
        for how in ("hashagg", "hashjoin", "mergejoin", "material", "memoize", "sort")
    ),
}


@pytest.fixture
def device(session: Session, ana: Account, now: datetime) -> Device:
    made = Device(
        account_id=ana.id,
        sign_in_id=None,
        endpoint="https://fcm.googleapis.com/one",
        endpoint_hash=hash_of("https://fcm.googleapis.com/one"),
        p256dh="p",
        auth="a",
        browser="b",
        created_at=now,
        seen_at=now,
        confirmed_at=None,
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def waiting(session: Session, device: Device, now: datetime) -> Delivery:
    queue.add(session, [_row(device, now)])
    return session.scalars(select(Delivery)).one()


def claim(session: Session, now: datetime, holder: str = "one") -> list[Claimed]:
    return queue.claim(session, holder, now, LEASE, 10)


def test_what_waits_is_claimed_with_its_address(
    session: Session, device: Device, waiting: Delivery, now: datetime
) -> None:
    [claimed] = claim(session, now)

    assert claimed.id == waiting.id
    assert claimed.address is not None
    assert claimed.address.endpoint == device.endpoint
    assert (claimed.attempts, claimed.until) == (1, now + LEASE)


def test_nobody_else_gets_it_meanwhile(session: Session, waiting: Delivery, now: datetime) -> None:
    claim(session, now)

    assert claim(session, now + LEASE - timedelta(seconds=1), "two") == []


@pytest.mark.assures("E02")
def test_a_lease_that_ran_out_is_claimed_again(
    session: Session, waiting: Delivery, now: datetime
) -> None:
    claim(session, now)

    [claimed] = claim(session, now + LEASE, "two")

    assert claimed.attempts == 2


@pytest.mark.assures("E02")
def test_what_a_dead_process_had_is_free_at_once(
    session: Session, waiting: Delivery, now: datetime
) -> None:
    claim(session, now)
    queue.free(session, now)

    [claimed] = claim(session, now, "two")

    assert claimed.attempts == 2


def test_what_is_recorded_waits_no_more(session: Session, waiting: Delivery, now: datetime) -> None:
    [claimed] = claim(session, now)

    queue.record(session, "one", [Ended(claimed, Outcome.SENT)], now)

    session.refresh(waiting)
    assert (waiting.outcome, waiting.ended_at) == (Outcome.SENT, now)
    assert claim(session, now + LEASE) == []


@pytest.mark.assures("E02")
def test_a_lease_no_longer_ours_is_not_recorded_as_ours(
    session: Session, waiting: Delivery, now: datetime
) -> None:
    [ours] = claim(session, now)
    claim(session, now + LEASE, "two")

    queue.record(session, "one", [Ended(ours, Outcome.SENT)], now + LEASE)

    session.refresh(waiting)
    assert waiting.outcome is None


@pytest.mark.assures("E02")
def test_one_due_time_sent_by_two_is_counted_once(
    session: Session, device: Device, waiting: Delivery, now: datetime
) -> None:
    [first] = claim(session, now)
    [second] = claim(session, now + LEASE, "two")

    queue.record(session, "one", [Ended(first, Outcome.SENT)], now + LEASE)
    queue.record(session, "two", [Ended(second, Outcome.SENT)], now + LEASE)

    session.refresh(device)
    assert device.unanswered == 1


def test_what_has_to_wait_comes_again_when_it_may(
    session: Session, waiting: Delivery, now: datetime
) -> None:
    [claimed] = claim(session, now)
    queue.record(session, "one", [Ended(claimed, None, "429", now + 5 * MINUTE)], now)

    assert claim(session, now + 4 * MINUTE) == []
    assert len(claim(session, now + 5 * MINUTE)) == 1


def test_the_same_due_time_for_the_same_phone_is_added_once(
    session: Session, device: Device, now: datetime
) -> None:
    row = _row(device, now)

    queue.add(session, [row, {**row, "id": uuid4()}])

    assert len(session.scalars(select(Delivery)).all()) == 1


def test_a_phone_that_is_gone_has_no_address(
    session: Session, device: Device, waiting: Delivery, now: datetime
) -> None:
    session.flush()
    queue.forget_devices(session, [device.id])

    [claimed] = claim(session, now)

    assert claimed.address is None


def test_two_at_once_never_hold_the_same(
    session: Session, engine: Engine, config: Config, device: Device, now: datetime
) -> None:
    queue.add(session, [{**_row(device, now), "subject_id": uuid4()} for _ in range(10)])
    session.commit()

    with _worker(engine, config) as first:
        ours = queue.claim(first, "one", now, LEASE, 5)
        first.commit()
        with _worker(engine, config) as second:
            theirs = queue.claim(second, "two", now, LEASE, 10)
            second.commit()

    assert (len(ours), len(theirs)) == (5, 5)
    assert {one.id for one in ours} & {one.id for one in theirs} == set()


def test_no_more_than_asked_for_are_taken_whatever_the_planner_chooses(
    session: Session, engine: Engine, config: Config, device: Device, now: datetime
) -> None:
    queue.add(session, [{**_row(device, now), "subject_id": uuid4()} for _ in range(10)])
    session.commit()

    with _worker(engine, config) as worker:
        for statement in NESTED[engine.dialect.name]:
            worker.execute(text(statement))
        taken = queue.claim(worker, "one", now, LEASE, 5)

    assert len(taken) == 5


def test_what_ended_long_ago_is_forgotten(
    session: Session, waiting: Delivery, now: datetime
) -> None:
    [claimed] = claim(session, now)
    queue.record(session, "one", [Ended(claimed, Outcome.SENT)], now)

    queue.forget(session, now + MINUTE)

    assert session.scalars(select(Delivery)).all() == []


def _worker(engine: Engine, config: Config) -> AbstractContextManager[Session]:
    return opened(engine, Vault(config.vault_keys), writing=True)


def _row(device: Device, now: datetime) -> dict[str, object]:
    return {
        "id": uuid4(),
        "account_id": device.account_id,
        "device_id": device.id,
        "target": device.id.hex,
        "subject_id": device.id,
        "kind": "chosen",
        "day": now.date(),
        "due_at": now,
        "expires_at": now + timedelta(hours=2),
        "next_at": now,
        "attempts": 0,
    }
