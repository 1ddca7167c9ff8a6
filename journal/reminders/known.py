"""What the worker asks about many reminders at once: yes or no, and never a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.infusions.models import Infusion
from journal.push.models import DEAF, Device
from journal.push.store import alive
from journal.reminders.about import About, lately
from journal.reminders.judge import Facts
from journal.reminders.models import Kind, MessageStop, ReminderSettings, Rule
from journal.reminders.schedule import Quiet, use_ends


@dataclass(frozen=True, slots=True)
class Known:
    """A device, as far as planning cares: which, and whether it is too silent to be relied on."""

    id: UUID
    deaf: bool


USUAL_QUIET = Quiet(time(22), time(7))


def rules(now: datetime) -> Any:
    """Rules with what silences them, one row each; `treated` says who had an infusion lately."""
    treated = exists().where(Infusion.patient_id == Rule.account_id, Infusion.day >= lately(now))
    stopped = exists().where(MessageStop.account_id == Rule.account_id, MessageStop.until.is_(None))
    return (
        select(
            Rule.id.label("rule_id"),
            Rule.account_id,
            Rule.kind.label("asks_for"),
            Rule.on,
            Rule.paused_until,
            Account.zone,
            Account.locale,
            ReminderSettings.quiet_begins,
            ReminderSettings.quiet_ends,
            stopped.label("stopped"),
            treated.label("treated"),
        )
        .join(Account, Account.id == Rule.account_id)
        .outerjoin(ReminderSettings, ReminderSettings.account_id == Rule.account_id)
    )


def facts(row: Row[Any], about: About, kind: Kind, due_at: datetime, for_at: datetime) -> Facts:
    """What decides about one reminder. A nudge asks for the day of what it repeats."""
    day, quiet = diary_day(for_at, row.zone), quiet_of(row)
    return Facts(
        kind=kind,
        due_at=due_at,
        expires_at=use_ends(due_at, row.zone, quiet),
        day=day,
        zone=row.zone,
        quiet=quiet,
        on=row.on,
        paused_until=row.paused_until,
        stopped=row.stopped,
        logged=(row.account_id, row.asks_for, day) in about.logged,
        founded=(row.account_id, row.asks_for, day) in about.founded,
        rests_until=about.rests.get(row.account_id),
    )


def quiet_of(row: Any) -> Quiet:
    """Someone's quiet hours; 22 to 7 unless she changed them."""
    if row.quiet_begins is None:
        return USUAL_QUIET
    return Quiet(row.quiet_begins, row.quiet_ends)


def devices(session: Session, accounts: Iterable[UUID]) -> Mapping[UUID, Sequence[Known]]:
    """The living devices of these people."""
    found = defaultdict(list)
    for account_id, own_id, unanswered in session.execute(
        select(Device.account_id, Device.id, Device.unanswered).where(
            Device.account_id.in_(accounts), alive()
        )
    ):
        found[account_id].append(Known(own_id, unanswered >= DEAF))
    return found
