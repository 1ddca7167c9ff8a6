"""Is this installation sound?"""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from journal.audit.store import first_broken
from journal.config import Config
from journal.db import make_engine, opened
from journal.migrations import alembic_config
from journal.sharing.models import Clinic
from journal.vault import Vault


def faults(config: Config) -> list[str]:
    """What has to be mended, a sentence each; empty when it is sound."""
    engine = make_engine(config.database_url)
    try:
        return _schema(engine) or [*_audit(engine, config), *_clinics(engine, config)]
    except DBAPIError as error:
        return [f"The database does not answer: {type(error.orig).__name__}."]


def _schema(engine: Engine) -> list[str]:
    newest = ScriptDirectory.from_config(alembic_config(engine)).get_current_head()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return [] if present == newest else ["The schema is not the newest: journal migrate."]


def _audit(engine: Engine, config: Config) -> list[str]:
    with opened(engine, Vault(config.vault_keys), writing=False) as session:
        broken = first_broken(session)
    return [] if broken is None else [f"The audit log was changed, at event {broken}."]


def _clinics(engine: Engine, config: Config) -> list[str]:
    with opened(engine, Vault(config.vault_keys), writing=False) as session:
        clinics = session.scalars(select(Clinic)).all()
    if not clinics:
        return ["There is no clinic yet: journal create-clinic."]
    return [
        f"{clinic.name} has no crisis lines, so it cannot invite anyone."
        for clinic in clinics
        if not clinic.crisis_lines
    ]
