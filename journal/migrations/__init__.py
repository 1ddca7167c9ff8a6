"""The schema and its history (Alembic)."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from sqlalchemy import Engine

FEATURES = (
    "accounts", "audit", "demo", "entries", "infusions", "mail", "outcomes", "push", "reminders",
    "sharing",
)  # fmt: skip


def alembic_config(engine: "Engine") -> AlembicConfig:
    """Alembic's own configuration, for this engine."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: "Engine") -> None:
    """Bring the database to the newest schema."""
    command.upgrade(alembic_config(engine), "head")


def is_newest(engine: "Engine") -> bool:
    """Whether the database has the newest schema."""
    newest = ScriptDirectory.from_config(alembic_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def import_models() -> None:
    """Load every feature's tables into Base.metadata."""
    for feature in FEATURES:
        import_module(f"journal.{feature}.models")
