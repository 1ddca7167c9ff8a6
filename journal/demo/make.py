"""Having a demo ready: made when there is none, made anew when it is older than a day."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select, table

from journal.config import Config, ConfigError
from journal.db import make_engine, opened
from journal.demo.fill import Progress, fill
from journal.demo.mark import made_at
from journal.migrations import is_newest, upgrade
from journal.vault import Vault

# After a day everybody would look as if they had fallen silent.
FRESH = timedelta(days=1)
# What an empty database holds: where its schema stands, and the head of an empty log.
BARE = frozenset({"alembic_version", "audit_head"})


def ready(config: Config, now: datetime, progress: Progress) -> None:
    """See to it that a fresh demo lies where `config` says.

    Raises ConfigError for a database that is not a demo and holds something: it is left alone.
    """
    if _is_fresh(config, now):
        return
    engine = make_engine(config.database_url)
    upgrade(engine)
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        fill(session, now, progress)
        session.commit()
    engine.dispose()


def _is_fresh(config: Config, now: datetime) -> bool:
    """Whether a demo can be shown as it is; an old one is cleared away."""
    engine = make_engine(config.database_url)
    try:
        made = made_at(engine)
        if made is None:
            _refuse_anything(engine, config)
        elif is_newest(engine) and abs(now - made) < FRESH:
            return True
    finally:
        engine.dispose()
    if made is not None:
        for end in ("", "-wal", "-shm"):
            Path(f"{_file(config)}{end}").unlink(missing_ok=True)
    return False


def _refuse_anything(engine: Engine, config: Config) -> None:
    with engine.connect() as connection:
        for name in set(inspect(connection).get_table_names()) - BARE:
            if connection.scalar(select(func.count()).select_from(table(name))):
                raise ConfigError(
                    f"{_file(config)} is not a demo and holds something, so the demo leaves it "
                    "alone: move it away, then try again"
                )


def _file(config: Config) -> str:
    return config.database_url.removeprefix("sqlite:///")
