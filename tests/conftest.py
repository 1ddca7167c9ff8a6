"""Every test gets a database as new, with the schema and the people in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config, from_env
from journal.db import opened
from journal.vault import Vault
from tests.apps import connected, running
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.people import Browser, People, settled_in, signed_in

# A machine that is busy with something else is no fault of what is tried.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def base_config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return from_env(
        {
            "JOURNAL_INSTANCE": str(tmp_path_factory.mktemp("instance")),
            "JOURNAL_PUSH_CONTACT": "mailto:journal@example.org",
        }
    )


@pytest.fixture(scope="session")
def sqlite_databases(base_config: Config, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return SqliteDatabases(base_config, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases(base_config: Config) -> Iterator[Databases]:
    databases = PostgresDatabases(base_config)
    yield databases
    databases.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What only stores and reads is tried on both databases; the pages above it, on SQLite.

    A test of pages that says @pytest.mark.both_databases is tried on both as well.
    """
    if "database_url" not in metafunc.fixturenames or "database_url" in _own(metafunc):
        return
    marked = metafunc.definition.get_closest_marker("both_databases")
    both = marked is not None or "app" not in metafunc.fixturenames
    postgres = [pytest.param("postgres", marks=pytest.mark.postgres)] if both else []
    metafunc.parametrize("database_url", ["sqlite", *postgres], indirect=True)


def _own(metafunc: pytest.Metafunc) -> list[str]:
    """Fixtures that stand nearer to the test than this file."""
    found = metafunc.definition._fixtureinfo.name2fixturedefs
    return [name for name, made in found.items() if made[-1].func.__module__ != __name__]


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the newest schema and the people of tests/people.py."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    return databases.renewed()


@pytest.fixture
def config(base_config: Config, database_url: str) -> Config:
    return replace(base_config, database_url=database_url)


@pytest.fixture
def engine(config: Config) -> Iterator[Engine]:
    with connected(config.database_url) as engine:
        yield engine


@pytest.fixture
def session(engine: Engine, config: Config) -> Iterator[Session]:
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        yield session


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    with running(config) as app:
        yield app


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def people(session: Session) -> People:
    return settled_in(session)


@pytest.fixture
def ana(people: People) -> Account:
    return people.ana


@pytest.fixture
def dr_bose(people: People) -> Account:
    return people.bose


@pytest.fixture
def dr_cole(people: People) -> Account:
    return people.cole


@pytest.fixture
def anas_phone(app: Flask, session: Session, people: People) -> Browser:
    return signed_in(app, session, people.ana)


@pytest.fixture
def dr_boses_desk(app: Flask, session: Session, people: People) -> Browser:
    return signed_in(app, session, people.bose)


@pytest.fixture
def dr_coles_desk(app: Flask, session: Session, people: People) -> Browser:
    return signed_in(app, session, people.cole)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)
