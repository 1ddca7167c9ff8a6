"""Whether something that is due should be sent; arithmetic only."""

from dataclasses import dataclass
from datetime import date, datetime

from journal.push.models import Outcome
from journal.reminders.models import Kind
from journal.reminders.schedule import Quiet


@dataclass(frozen=True)
class Facts:
    """What is known of one due reminder when somebody looks. `day` is the diary day it asks for.

    `logged` says whether what it asks for was said; of a day, "Too much today" is something.
    `founded` says whether there is an infusion that it asks about, where it needs one;
    `rests_until` ends the hours after one in which her clinic wants nothing sent.
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
    founded: bool = True
    rests_until: datetime | None = None


def silenced(facts: Facts, now: datetime) -> Outcome | None:
    """Why it is not sent, or None to send it.

    Quiet hours silence a nudge; a time that she chose herself always wins, but for the hours
    after an infusion.
    """
    if not facts.on:
        return Outcome.OFF
    if facts.stopped:
        return Outcome.STOPPED
    if facts.paused_until is not None and facts.day < facts.paused_until:
        return Outcome.PAUSED
    if not facts.founded:
        return Outcome.NO_REASON
    if facts.logged:
        return Outcome.LOGGED
    if facts.rests_until is not None and now < facts.rests_until:
        return Outcome.RESTING
    if facts.kind is Kind.NUDGE and facts.quiet.holds(facts.due_at, facts.zone):
        return Outcome.QUIET
    return Outcome.LATE if now >= facts.expires_at else None
