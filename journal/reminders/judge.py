"""Whether something that is due should be sent; arithmetic only."""

from dataclasses import dataclass
from datetime import date, datetime

from journal.push.models import Outcome
from journal.reminders.models import Kind
from journal.reminders.schedule import Quiet


@dataclass(frozen=True)
class Facts:
    """What is known of one due reminder when somebody looks. `day` is the diary day it asks for.

    `logged` says whether anything was said about that day; "Too much today" is something.
    """

    kind: Kind
    due_at: datetime
    expires_at: datetime
    day: date
    zone: str
    quiet: Quiet
    on: bool
    paused_until: date | None
    stopped: bool
    logged: bool


def silenced(facts: Facts, now: datetime) -> Outcome | None:
    """Why it is not sent, or None to send it.

    Quiet hours silence a nudge; a time that she chose herself always wins.
    """
    if not facts.on:
        return Outcome.OFF
    if facts.stopped:
        return Outcome.STOPPED
    if facts.paused_until is not None and facts.day < facts.paused_until:
        return Outcome.PAUSED
    if facts.logged:
        return Outcome.LOGGED
    if facts.kind is Kind.NUDGE and facts.quiet.holds(facts.due_at, facts.zone):
        return Outcome.QUIET
    return Outcome.LATE if now >= facts.expires_at else None
