"""Keeping the demo and the real apart: by a mark in the database itself."""

from datetime import datetime

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from journal.config import LOOPBACK, Config, ConfigError
from journal.demo.models import DemoMark


def made_at(engine: Engine) -> datetime | None:
    """When this demo was made; None for a database that is not a demo."""
    if not inspect(engine).has_table(DemoMark.__tablename__):
        return None
    with Session(engine) as session:
        return session.scalar(select(DemoMark.made_at))


def refuse_wrong_database(engine: Engine, config: Config) -> None:
    """Serve the demo as a demo, on this machine alone, and nothing else as one.

    Raises ConfigError.
    """
    marked = made_at(engine) is not None
    if marked and not config.demo:
        raise ConfigError("this database holds a demo: serve it with `journal demo`")
    if config.demo and not marked:
        raise ConfigError("this database is not a demo: the demo leaves it alone")
    if config.demo and config.host not in LOOPBACK:
        raise ConfigError("JOURNAL_BASE_URL must be on this machine itself for the demo")
