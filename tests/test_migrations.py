"""The schema and its way there and back, on both databases."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from journal.db import Base, make_engine
from journal.migrations import alembic_config, import_models, upgrade
from tests.databases import Databases


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest) -> Iterator[Engine]:
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.empty()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.mark.assures("E06")
def test_the_migrations_make_what_the_models_say(empty: Engine) -> None:
    import_models()

    upgrade(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.assures("E06")
def test_the_newest_schema_is_left_alone(empty: Engine) -> None:
    upgrade(empty)

    upgrade(empty)

    assert "edits" in inspect(empty).get_table_names()


@pytest.mark.assures("E06")
def test_the_way_back_leaves_nothing(empty: Engine) -> None:
    upgrade(empty)

    command.downgrade(alembic_config(empty), "base")

    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert functions(empty) == 0


@pytest.mark.assures("E06")
def test_there_and_back_and_there_again(empty: Engine) -> None:
    upgrade(empty)
    command.downgrade(alembic_config(empty), "base")

    upgrade(empty)

    assert set(Base.metadata.tables) <= set(inspect(empty).get_table_names())


def functions(engine: Engine) -> int:
    """How many functions or triggers of ours there are."""
    query = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT count(*) FROM pg_proc WHERE proname LIKE 'audit%'",
    }
    with engine.connect() as connection:
        return int(connection.execute(text(query[engine.dialect.name])).scalar_one())
