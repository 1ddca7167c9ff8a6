"""Base, aware UTC date-times, the engine, and session(); knows no flask."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, Uuid, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, TypeDecorator

from journal.vault import Vault

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Goes in aware, comes out aware and in UTC, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive date-time has no place in the database")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
    }


_session: ContextVar[Session] = ContextVar("session")


def session() -> Session:
    """The session of the request or the piece of work in hand."""
    return _session.get()


def make_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL, with what its database needs to keep its word.

    Its errors quote no parameters: those are names, addresses and hashes.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    engine = create_engine(url, connect_args={"timeout": 5}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgres(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # Its operator may have bought speed with it, and our answer means "on disk" here too.
    connection.execute("SET synchronous_commit = on")
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    # FULL: the phone deletes its copy once we have answered, so our answer means "on disk".
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait its turn in SQLite: it fails.
    # So whoever may write says so, and takes the turn at the start.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def opened(engine: Engine, vault: Vault, *, writing: bool) -> Iterator[Session]:
    """A session that session() finds; what was not committed is undone at the end."""
    bound = engine.execution_options(writing=writing)
    with Session(bound, expire_on_commit=False, info={"vault": vault}) as opened_session:
        token = _session.set(opened_session)
        try:
            yield opened_session
        finally:
            _session.reset(token)


def insert_new(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; one that a unique column refuses is there already, and stays as it is."""
    if rows:
        postgres = session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert(table) if postgres else sqlite.insert(table)
        session.connection().execute(insert.on_conflict_do_nothing(), list(rows))


def seal(session: Session, text: str, row: str) -> bytes:
    """Encrypt free text for one row of one table."""
    vault: Vault = session.info["vault"]
    return vault.seal(text, row)


def seal_words(session: Session, said: Mapping[str, object], row: str) -> bytes | None:
    """Encrypt what was said, by name; None where nothing was."""
    return seal(session, json.dumps(said), row) if said else None


def unseal_words(session: Session, sealed: bytes | None, row: str) -> dict[str, Any]:
    """Read that back; None said nothing. Raises vault.Damaged."""
    said: dict[str, Any] = json.loads(unseal(session, sealed, row)) if sealed else {}
    return said


def unseal(session: Session, sealed: bytes, row: str) -> str:
    """Read free text back. Raises vault.Damaged."""
    vault: Vault = session.info["vault"]
    return vault.open(sealed, row)
