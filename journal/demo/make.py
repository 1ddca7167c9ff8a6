"""Having a demo ready: made when there is none, made anew when it is older than a day."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import inspect

from journal.config import Config, ConfigError
from journal.db import make_engine, opened
from journal.demo.fill import Progress, fill
from journal.demo.mark import made_at
from journal.migrations import upgrade
from journal.vault import Vault

# After a day everybody would look as if they had fallen silent.
FRESH = timedelta(days=1)


def ready(config: Config, now: datetime, progress: Progress) -> None:
    """See to it that a fresh demo lies where `config` says.

    Raises ConfigError for a database that is not a demo and holds something: it is left alone.
    """
    engine = make_engine(config.database_url)
    made = made_at(engine)
    tables = inspect(engine).get_table_names()
    engine.dispose()
    if made and now - made < FRESH:
        return
    if tables and not made:
        raise ConfigError(
            f"{_file(config)} is not a demo and holds something: move it away, then try again"
        )
    for end in ("", "-wal", "-shm"):
        Path(f"{_file(config)}{end}").unlink(missing_ok=True)
    engine = make_engine(config.database_url)
    upgrade(engine)
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        fill(session, now, progress)
        session.commit()
    engine.dispose()


def _file(config: Config) -> str:
    return config.database_url.removeprefix("sqlite:///")
