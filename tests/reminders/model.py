"""What must become of a patient's reminders: the rules, as slow and as plain as can be.

Nothing here knows the journal's own code.

- She is asked at the time she chose, quiet or not, on the weekdays she chose.
- Where that was sent, a nudge follows two hours later, if she wants one and it still is the same
  diary day; not in quiet hours.
- Neither comes when that diary day has an entry ("too much today" is one), in a pause, or while
  the clinic has stopped her messages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache

from tests.reminders.on_foot import DAY, HOUR, Step, dues, is_quiet, times, until, walk, wall

Told = tuple[datetime, date]


@dataclass(frozen=True)
class Pause:
    """Asked for at `since`; `until` is the first day on which it sounds again."""

    since: datetime
    until: date
    ended: datetime | None = None


@dataclass(frozen=True)
class Stop:
    """The clinic stops all messages to her."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Life:
    """What she chose, and what happened: when she wrote something down, for which diary day.

    Of two pauses the one asked for last counts; `pauses` are in that order.
    """

    zone: str
    at: time
    days: frozenset[int]
    on: bool = True
    nudge: bool = False
    quiet: tuple[time, time] = (time(22), time(7))
    logged: Sequence[Told] = ()
    too_much: Sequence[Told] = ()
    pauses: Sequence[Pause] = ()
    stops: Sequence[Stop] = ()


@dataclass(frozen=True)
class Verdict:
    """One due time, the diary day it asks about, and "sent" or why not."""

    due: datetime
    kind: str
    day: date
    outcome: str

    @property
    def is_sent(self) -> bool:
        return self.outcome == "sent"


def verdicts(life: Life, first: datetime, last: datetime) -> list[Verdict]:
    """For everything due from `first`, a full minute, until just before `last`, oldest first."""
    minutes = _by_time(life.zone, first.astimezone(UTC), last.astimezone(UTC))
    on_the_wall = minutes[life.at] if life.on else []
    asked = [_judge(life, "chosen", due, due) for due in dues(life.at, life.days, on_the_wall)]
    nudged = [_judge(life, "nudge", one.due + 2 * HOUR, one.due) for one in asked if one.is_sent]
    again = [one for one in nudged if life.nudge and _day(one.due, life.zone) == one.day]
    return sorted((one for one in asked + again if first <= one.due < last), key=_when)


def _when(verdict: Verdict) -> datetime:
    return verdict.due


def _judge(life: Life, kind: str, due: datetime, chosen: datetime) -> Verdict:
    """It asks about the diary day of the chosen time. The first of the reasons here counts."""
    day = _day(chosen, life.zone)
    reasons = {
        "stopped": any(_is_stopped(stop, due) for stop in life.stops),
        "paused": _is_paused(life.pauses, due, day),
        "logged": any(at <= due and day == of for at, of in (*life.logged, *life.too_much)),
        "quiet": kind == "nudge" and is_quiet(wall(due, life.zone), *life.quiet),
    }
    return Verdict(due, kind, day, next((why for why in reasons if reasons[why]), "sent"))


def _is_stopped(stop: Stop, due: datetime) -> bool:
    return stop.since <= due and (stop.until is None or due < stop.until)


def _is_paused(pauses: Sequence[Pause], due: datetime, day: date) -> bool:
    asked_for = [pause for pause in pauses if pause.since <= due]
    if not asked_for:
        return False
    pause = asked_for[-1]
    return day < pause.until and (pause.ended is None or due < pause.ended)


def _day(at: datetime, zone: str) -> date:
    """The diary day, 04:00 to 03:59 on the wall."""
    return (wall(at, zone) - 4 * HOUR).date()


@cache
def _by_time(zone: str, first: datetime, last: datetime) -> dict[time, list[Step]]:
    """Every minute from two days before, by the time that the wall should show."""
    found = defaultdict(list)
    for due, shown in times(until(last, walk(zone, first - 2 * DAY))):
        found[shown.time()].append((due, shown))
    return found
