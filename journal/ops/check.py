"""Is this installation sound?"""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal import clock
from journal.audit.store import first_broken
from journal.config import Config, ConfigError
from journal.db import make_engine, opened
from journal.migrations import is_newest
from journal.push.models import Outcome
from journal.reminders import overdue
from journal.reminders.overdue import Overdue
from journal.sharing.models import Clinic
from journal.vault import Vault


def faults(config: Config) -> list[str]:
    """What has to be mended, a sentence each; empty when it is sound.

    Reading `config` has already refused secrets that others can read.
    """
    engine = make_engine(config.database_url)
    try:
        refuse_old_schema(engine)
        with opened(engine, Vault(config.vault_keys), writing=False) as session:
            return [*_audit(session), *_clinics(session), *_reminders(session, clock.now())]
    finally:
        engine.dispose()


def refuse_old_schema(engine: Engine) -> None:
    """Raise ConfigError for a database that has yet to be brought to the newest schema."""
    if not is_newest(engine):
        raise ConfigError("the database does not have the newest schema: journal migrate")


def _audit(session: Session) -> list[str]:
    broken = first_broken(session)
    return [] if broken is None else [f"The audit log was changed, at event {broken}."]


def _clinics(session: Session) -> list[str]:
    clinics = session.scalars(select(Clinic)).all()
    if not clinics:
        return ["There is no clinic yet: journal create-clinic."]
    return [
        f"{clinic.name} has no crisis lines, so it cannot invite anyone."
        for clinic in clinics
        if not clinic.crisis_lines
    ]


def _reminders(session: Session, now: datetime) -> list[str]:
    late = overdue.overdue(session, now)
    found = [_late(late)] if late.any else []
    for (outcome, cause), count in overdue.ended(session, now).items():
        if outcome == Outcome.REFUSED:
            found.append(
                f"Push services refused {count} messages in the last day with {cause}: "
                "is JOURNAL_PUSH_CONTACT a real address, and vapid.pem the same as ever?"
            )
    for fault, count in overdue.faults(session).items():
        found.append(f"{count} rules could not be reckoned ({fault}); the log says where.")
    return found


def _late(late: Overdue) -> str:
    return (
        f"{late.dues + late.deliveries} reminders are overdue, the oldest since "
        f"{late.oldest:%Y-%m-%d %H:%M} UTC: is a worker running (journal worker)?"
    )
