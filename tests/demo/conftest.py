"""A demo, made once for all tests that only read it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from journal import clock
from journal.config import Config, from_env
from journal.db import make_engine, opened
from journal.demo import make
from journal.vault import Vault


def quietly(done: int, of: int) -> None:
    """Hear about the progress, and say nothing."""


def config_in(folder: Path) -> Config:
    config = from_env({"JOURNAL_INSTANCE": str(folder)}, demo=True)
    return replace(config, base_url="http://127.0.0.1:8000")


@pytest.fixture
def demo_config(tmp_path: Path) -> Config:
    """Where a demo could be; there is none yet."""
    return config_in(tmp_path)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, datetime]:
    """A demo, and when it was made."""
    config, now = config_in(tmp_path_factory.mktemp("demo")), clock.now()
    make.ready(config, now, quietly)
    return config, now


@pytest.fixture
def filled(made: tuple[Config, datetime]) -> Iterator[Session]:
    """The demo's database."""
    config, _ = made
    engine = make_engine(config.database_url)
    with opened(engine, Vault(config.vault_keys), writing=False) as session:
        yield session
    engine.dispose()
