"""What claiming costs with a million rules stored, beside the same with ten thousand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from journal.config import Config
from journal.db import make_engine, opened
from journal.migrations import upgrade
from journal.push.books import Books
from journal.push.dispatch import BATCH, LEASE
from journal.push.models import Outcome
from journal.push.queue import Ended
from journal.reminders.asking import Asking
from journal.reminders.sending import silently
from journal.vault import Vault
from tests.bench import crowd
from tests.bench.rounds import Ratio, compare
from tests.databases import Databases

MANY, FEW = 1_000_000, 10_000
PORTIONS = 100
DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
# Later than the last pass: a pass takes a day.
LATER = BEGIN + 1000 * DAY


def claiming(config: Config, databases: Databases) -> Ratio:
    """One pass makes deliveries of a batch of due rules, claims, looks and records."""
    many, few = databases.empty(), databases.empty()
    ratio = compare(_passes(config, many, MANY), _passes(config, few, FEW), times=4)
    databases.drop(many)
    databases.drop(few)
    return ratio


def _passes(config: Config, url: str, rules: int) -> Callable[[], None]:
    books = _filled(replace(config, database_url=url), rules)
    days = 0

    def one() -> None:
        nonlocal days
        now = BEGIN + days * DAY
        letters = books.fetch(now, BATCH)
        if len(letters) != BATCH:
            raise SystemExit(f"{len(letters)} were due, not {BATCH}")
        books.record([Ended(claimed, Outcome.SENT) for claimed, _ in letters], now)
        days += 1

    return one


def _filled(config: Config, rules: int) -> Books:
    engine, vault = make_engine(config.database_url), Vault(config.vault_keys)
    upgrade(engine)
    portion = (rules - BATCH) // PORTIONS
    with opened(engine, vault, writing=True) as session:
        crowd.people(session, 0, BATCH, BEGIN)
        crowd.phones(session, BATCH, "https://updates.push.services.mozilla.com", BEGIN)
        for n in range(PORTIONS):
            first = BATCH + n * portion
            crowd.people(session, first, first + portion, LATER + n * QUARTER)
        session.commit()
    return Books(lambda: opened(engine, vault, writing=True), Asking(config), LEASE, silently)
