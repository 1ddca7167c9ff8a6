"""Ana's reminder at eight in the evening, her phone, and what became of what was due."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.fold import Told
from journal.entries.models import Day, How
from journal.entries.rows import day_row
from journal.push.models import Delivery, Device
from journal.push.store import hash_of
from journal.reminders.models import Rule
from journal.reminders.plan import plan
from journal.reminders.store import Wanted, change

EVERY_DAY = frozenset(range(7))
AFTERNOON = datetime(2026, 11, 23, 20, tzinfo=UTC)  # three o'clock in New York
EIGHT = datetime(2026, 11, 24, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
Plans = Callable[[datetime], list[Delivery]]


@pytest.fixture
def rule(session: Session, ana: Account) -> Rule:
    """Every evening at eight, once more two hours later."""
    wanted = Wanted(time(20), EVERY_DAY, on=True, nudge=True)
    return change(session, ana, wanted, AFTERNOON)


@pytest.fixture
def phone(session: Session, ana: Account) -> Device:
    return device(session, ana)


@pytest.fixture
def plans(session: Session) -> Plans:
    """Plan what is due then; what came of it, newest due first."""

    def run(now: datetime) -> list[Delivery]:
        plan(session, now, 100)
        session.flush()
        found = select(Delivery).order_by(Delivery.due_at.desc(), Delivery.kind)
        return list(session.scalars(found.execution_options(populate_existing=True)))

    return run


def device(session: Session, whose: Account, **more: object) -> Device:
    """One more phone of somebody's."""
    endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/{uuid4().hex}"
    made = Device(
        account_id=whose.id,
        sign_in_id=None,
        endpoint=endpoint,
        endpoint_hash=hash_of(endpoint),
        p256dh="p",
        auth="a",
        browser="Firefox Android",
        created_at=AFTERNOON,
        seen_at=AFTERNOON,
        confirmed_at=None,
        unanswered=0,
    )
    for name, value in more.items():
        setattr(made, name, value)
    session.add(made)
    session.flush()
    return made


def log(session: Session, whose: Account, day: date, **items: int | bool) -> None:
    """Put a day into somebody's journal."""
    told = {name: Told(value, AFTERNOON, uuid4(), How.LIVE) for name, value in items.items()}
    session.execute(insert(Day), day_row(session, whose.id, day, told, 1))


def zone_where_it_is_noon(now: datetime) -> str:
    """Far from quiet hours and from four in the morning, whenever the tests run."""
    ahead = 12 - now.hour
    return f"Etc/GMT{'-' if ahead > 0 else '+'}{abs(ahead)}" if ahead else "Etc/GMT"
