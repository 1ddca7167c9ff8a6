"""What the worker asks is found by index, on both databases: a million rules cost no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.push import queue, store
from journal.push.models import Delivery, Device, Outcome
from journal.push.queue import Ended
from journal.reminders import overdue
from journal.reminders.look import Look
from journal.reminders.models import Rule
from journal.reminders.plan import plan
from tests.reminders.conftest import EIGHT, TODAY, Plans, log
from tests.statements import recorded, scans

LEASE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@contextmanager
def asking(session: Session, engine: Engine) -> Iterator[list[str]]:
    """What was asked meanwhile, and of that what reads a table from end to end."""
    read: list[str] = []
    session.commit()
    with recorded(engine) as statements:
        yield read
    session.commit()
    assert statements
    read += scans(engine, statements)


def claimed(session: Session, now: datetime) -> list[queue.Claimed]:
    return queue.claim(session, "one", now, LEASE, 10)


def test_what_is_due_is_planned_by_index(
    session: Session, engine: Engine, ana: Account, rule: Rule, phone: Device
) -> None:
    log(session, ana, TODAY, pain_avg=3)

    with asking(session, engine) as read:
        assert plan(session, EIGHT, 10) == 1

    assert read == []


def test_what_waits_is_claimed_and_looked_at_by_index(
    session: Session, engine: Engine, rule: Rule, phone: Device, plans: Plans
) -> None:
    plans(EIGHT)

    with asking(session, engine) as read:
        ours = claimed(session, EIGHT)
        said = Look("https://journal.example.org")(session, ours, EIGHT)

    assert len(said) == 1
    assert read == []


def test_what_became_of_it_is_recorded_by_index(
    session: Session, engine: Engine, rule: Rule, phone: Device, plans: Plans
) -> None:
    plans(EIGHT)
    ours = claimed(session, EIGHT)

    with asking(session, engine) as read:
        queue.record(session, "one", [Ended(one, Outcome.SENT) for one in ours], EIGHT)
        queue.record(session, "one", [Ended(one, Outcome.LATE) for one in ours], EIGHT)
        store.shown(session, ours[0].id, EIGHT)
        queue.forget_devices(session, [phone.id])

    assert read == []


def test_what_is_overdue_is_counted_by_index(session: Session, engine: Engine, rule: Rule) -> None:
    with asking(session, engine) as read:
        assert overdue.overdue(session, EIGHT + HOUR).dues == 1
        overdue.ended(session, EIGHT)
        overdue.faults(session)

    assert read == []


def test_what_ended_long_ago_is_forgotten_by_index(
    session: Session, engine: Engine, rule: Rule, plans: Plans
) -> None:
    plans(EIGHT)

    with asking(session, engine) as read:
        queue.forget(session, EIGHT + HOUR)

    assert session.scalars(select(Delivery)).all() == []
    assert read == []
