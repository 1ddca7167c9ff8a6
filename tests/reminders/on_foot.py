"""Time walked through on foot: slow, and different in kind from what it judges.

It only ever asks what the clock on the wall shows at an instant, never the other way round.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

WEEK, DAY = timedelta(days=7), timedelta(days=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SEARCHED = (
    # Samoa had no 30 December 2011.
    (datetime(2011, 12, 1, tzinfo=UTC), datetime(2012, 2, 1, tzinfo=UTC)),
    (datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)),
)

Step = tuple[datetime, datetime]


@dataclass(frozen=True)
class Change:
    """A change of the clock: when, and what the wall shows without it and with it."""

    zone: str
    at: datetime
    was: datetime
    becomes: datetime


def wall(at: datetime, zone: str) -> datetime:
    """What the clock on the wall there shows."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def walk(zone: str, start: datetime, step: timedelta = MINUTE) -> Iterator[Step]:
    """Each instant from `start` on, step by step, and what the wall shows."""
    at, there = start.astimezone(UTC), ZoneInfo(zone)
    while True:
        yield at, at.astimezone(there).replace(tzinfo=None)
        at += step


def until(end: datetime, steps: Iterator[Step]) -> Iterator[Step]:
    """Only the steps before `end`."""
    return takewhile(lambda step: step[0] < end, steps)


def times(steps: Iterator[Step], step: timedelta = MINUTE) -> Iterator[Step]:
    """When each time of the calendar is due: the instant, and what the wall should show.

    What the wall shows twice is due the first time. What the clock jumps over is due as much
    later as it jumped. If it jumps over a whole day, that day is not, and nothing is due on it.
    """
    seen: set[datetime] = set()
    for (_, before), (at, shown) in pairwise(steps):
        expected = before + step
        if shown - expected < DAY:
            skipped = range((shown - expected) // step)
            yield from ((at + n * step, expected + n * step) for n in skipped)
        if shown not in seen:
            yield at, shown
            seen.add(shown)


def dues(at: time, days: frozenset[int], found: Iterable[Step]) -> Iterator[datetime]:
    """When someone who chose that time on those weekdays is asked."""
    return (due for due, shown in found if shown.time() == at and shown.weekday() in days)


def is_quiet(shown: datetime, begins: time, ends: time) -> bool:
    """Whether the wall shows a time in the quiet hours, which may run over midnight."""
    if begins <= ends:
        return begins <= shown.time() < ends
    return shown.time() >= begins or shown.time() < ends


def use_ends(begins: time, ends: time, steps: Iterator[Step]) -> datetime:
    """The first step after the first one at which quiet hours begin, or a diary day (at 4)."""
    return next(
        at
        for (_, before), (at, shown) in pairwise(steps)
        if (is_quiet(shown, begins, ends) and not is_quiet(before, begins, ends))
        or (shown - 4 * HOUR).date() > (before - 4 * HOUR).date()
    )


@cache
def changes(zone: str) -> list[Change]:
    """Every change of the clock there in the searched years; none has two in one week."""
    return [
        change
        for first, last in SEARCHED
        for week in _changes(zone, first, last, WEEK)
        for hour in _changes(zone, week.at - WEEK, week.at + HOUR, HOUR)
        for change in _changes(zone, hour.at - HOUR, hour.at + MINUTE, MINUTE)
    ]


def _changes(zone: str, first: datetime, last: datetime, step: timedelta) -> Iterator[Change]:
    return (
        Change(zone, at, before + step, shown)
        for (_, before), (at, shown) in pairwise(until(last, walk(zone, first, step)))
        if shown - before != step
    )
