"""Instants in the database, and what a session keeps and undoes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.db import opened
from journal.vault import Vault

KOLKATA = timezone(timedelta(hours=5, minutes=30))


def kept(session: Session, ana: Account, at: datetime) -> datetime:
    ana.created_at = at
    session.flush()
    return session.scalars(select(Account.created_at).where(Account.id == ana.id)).one()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 1, 5, 30, 0, 123_456, tzinfo=UTC),
        datetime(2026, 11, 23, 23, 0, tzinfo=KOLKATA),
        datetime(2, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 12, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_aware_and_in_utc(
    session: Session, ana: Account, at: datetime
) -> None:
    back = kept(session, ana, at)

    assert (back, back.utcoffset()) == (at, timedelta(0))


def test_a_time_without_a_zone_is_refused(session: Session, ana: Account) -> None:
    with pytest.raises(StatementError, match="naive"):
        kept(session, ana, datetime(2026, 11, 23, 12))  # noqa: DTZ001


def test_what_was_not_committed_is_undone(
    session: Session, engine: Engine, config: Config, ana: Account
) -> None:
    ana.name = "Somebody else"
    session.flush()
    session.close()

    with opened(engine, Vault(config.vault_keys), writing=False) as again:
        assert again.get_one(Account, ana.id).name == "Ana"


@pytest.mark.assures("C01")
def test_what_goes_wrong_quotes_nobody(session: Session) -> None:
    with pytest.raises(DBAPIError) as wrong:
        session.execute(text("SELECT :name FROM nowhere"), {"name": "Ana Lind"})

    assert "Ana Lind" not in str(wrong.value)


@pytest.mark.assures("E01")
def test_sqlite_answers_when_it_is_on_the_disk(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("how PostgreSQL answers is its operator's to say")

    found = {
        name: pragma(session, name) for name in ("journal_mode", "synchronous", "foreign_keys")
    }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.assures("E10")
def test_sqlite_overwrites_what_is_deleted(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite knows secure_delete")

    assert pragma(session, "secure_delete") == 1


def pragma(session: Session, name: str) -> object:
    return session.execute(text(f"PRAGMA {name}")).scalar_one()
