"""Instants in the database, and what a session keeps and undoes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, make_url, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.db import make_engine, opened
from journal.vault import Vault
from tests.databases import Databases

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


KEPT: dict[str, dict[str, object]] = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA synchronous": 2,
        "PRAGMA foreign_keys": 1,
    },
    "postgresql": {"SHOW synchronous_commit": "on"},
}


@pytest.mark.assures("E01")
def test_an_answer_means_that_it_is_on_the_disk(session: Session, engine: Engine) -> None:
    kept = KEPT[engine.dialect.name]

    assert {asked: session.scalar(text(asked)) for asked in kept} == kept


@pytest.mark.assures("E01")
@pytest.mark.postgres
def test_so_it_does_where_postgresql_was_told_not_to_wait(postgres_databases: Databases) -> None:
    url = postgres_databases.make()
    told = make_url(url).update_query_dict({"options": "-c synchronous_commit=off"})
    engine = make_engine(told.render_as_string(hide_password=False))

    with engine.connect() as connection:
        found = connection.scalar(text("SHOW synchronous_commit"))

    engine.dispose()
    postgres_databases.drop(url)
    assert found == "on"


@pytest.mark.assures("E03")
@pytest.mark.postgres
def test_a_postgresql_that_was_restarted_is_found_again(postgres_databases: Databases) -> None:
    url = postgres_databases.make()
    engine, operator = make_engine(url), make_engine(url)
    with engine.connect() as connection:
        ours = connection.scalar(text("SELECT pg_backend_pid()"))
    with operator.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:ours, 5000)"), {"ours": ours})

    with engine.connect() as connection:
        found = connection.scalar(text("SELECT count(*) FROM audit_head"))

    for one in (engine, operator):
        one.dispose()
    postgres_databases.drop(url)
    assert found == 1


@pytest.mark.assures("E10")
def test_sqlite_overwrites_what_is_deleted(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite knows secure_delete")

    assert pragma(session, "secure_delete") == 1


def pragma(session: Session, name: str) -> object:
    return session.execute(text(f"PRAGMA {name}")).scalar_one()
