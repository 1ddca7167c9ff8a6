"""A week in two thousand lives; what became of each due time is held against the model."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import opened
from journal.push.books import Books
from journal.push.models import Delivery, Outcome
from journal.push.queue import Ended
from journal.reminders.asking import Asking
from journal.reminders.models import Due
from journal.reminders.sending import silently
from journal.sharing.access import member_of
from journal.vault import Vault
from tests.databases import Databases
from tests.people import People
from tests.reminders.lives import Lives, Someone, Story, settle
from tests.reminders.model import verdicts

WEEK = timedelta(days=7)
# The clock goes back on Sunday in North America, and on Friday in Cairo.
BACK = datetime(2026, 10, 29, tzinfo=UTC)
# It goes forward on Sunday in the south of Australia, on Lord Howe by half an hour.
FORWARD = datetime(2026, 10, 1, tzinfo=UTC)
# What is asked before a week begins is nudged in it.
BEFORE = timedelta(hours=3)
LEASE = timedelta(seconds=60)
BATCH = 384

Sessions = Callable[[], AbstractContextManager[Session]]
Became = tuple[UUID, datetime, str, date | None, str | None]


@pytest.fixture
def database_url(sqlite_databases: Databases) -> Iterator[str]:
    url = sqlite_databases.make()
    yield url
    sqlite_databases.drop(url)


@pytest.fixture
def sessions(engine: Engine, config: Config) -> Sessions:
    return lambda: opened(engine, Vault(config.vault_keys), writing=True)


@pytest.fixture
def books(sessions: Sessions, config: Config) -> Books:
    return Books(sessions, Asking(config), LEASE, silently)


@pytest.mark.parametrize(
    ("first", "patients"),
    [(BACK, 400), (FORWARD, 200), pytest.param(BACK, 2000, marks=pytest.mark.long)],
)
def test_a_week_goes_exactly_as_the_rules_say(
    sessions: Sessions,
    books: Books,
    session: Session,
    people: People,
    first: datetime,
    patients: int,
) -> None:
    somebody = Lives(first - BEFORE, first + WEEK, seed=7).some(patients)
    settle(session, somebody, first - BEFORE)
    story = Story(somebody, member_of(session, people.bose))
    session.commit()

    live(sessions, books, story, first + WEEK)

    assert became(session, first) == expected(somebody, first)


def live(sessions: Sessions, books: Books, story: Story, until: datetime) -> None:
    """From due time to due time; what happens until then, happens first."""
    while (now := _go_on(sessions, story)) < until:
        letters = books.fetch(now, BATCH)
        books.record([Ended(claimed, Outcome.SENT) for claimed, _ in letters], now)


def became(session: Session, first: datetime) -> list[Became]:
    found = select(
        Delivery.account_id, Delivery.due_at, Delivery.kind, Delivery.day, Delivery.outcome
    ).where(Delivery.due_at >= first)
    return sorted(session.execute(found).all())


def expected(somebody: Sequence[Someone], first: datetime) -> list[Became]:
    return sorted(
        (one.id, said.due, said.kind, said.day, said.outcome)
        for one in somebody
        for said in verdicts(one.life, first, first + WEEK)
    )


def _go_on(sessions: Sessions, story: Story) -> datetime:
    """Until the next due time, which is the answer."""
    with sessions() as session:
        now = session.execute(select(func.min(Due.at))).scalar_one()
        story.go_on(session, now)
        session.commit()
    return now
