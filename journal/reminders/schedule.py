"""When a reminder is due, when its use ends, and when it is quiet: walls turned into instants."""

from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count

from journal.clock import DAY_BEGINS, diary_day, zone_named

WEEKDAYS = frozenset(range(7))
DAY = timedelta(days=1)
INSTANT = timedelta.resolution
SECONDS_OF_A_DAY = range(24 * 60 * 60)
NUDGE_AFTER = timedelta(hours=1)
DAY_BEGINS_AT = time(DAY_BEGINS // timedelta(hours=1))


@dataclass(frozen=True)
class Quiet:
    """Quiet hours: from `begins` until just before `ends`, by the clock on the wall.

    They may run over midnight. With both the same it is never quiet.
    """

    begins: time
    ends: time

    def holds(self, at: datetime, zone: str) -> bool:
        """Whether it is quiet in `zone` then. Raises ValueError: naive `at`, unknown zone."""
        shown = _utc(at).astimezone(zone_named(zone)).time()
        if self.begins <= self.ends:
            return self.begins <= shown < self.ends
        return shown >= self.begins or shown < self.ends


def next_due(at: time, days: frozenset[int], zone: str, after: datetime) -> datetime:
    """The first instant strictly after `after` at which someone who chose `at` is asked, in UTC.

    `at` is what the clock on the wall in `zone` shows; `days` are weekdays, 0 = Monday. A time
    that the clock jumps over comes as much later as it jumps, over midnight too; one that the
    wall shows twice comes once, the first time; a day that the zone skips has none.

    Raises ValueError for no days, days outside 0-6, an `at` that names a zone, a naive `after`
    and an unknown zone; OverflowError in the first days and the last weeks of the calendar.
    """
    if at.tzinfo is not None:
        raise ValueError("a time on the wall names no zone")
    instant = _utc(after)
    dues = _dues_near(instant.date(), at, days, zone)
    return dues[bisect(dues, instant)]


def use_ends(due: datetime, zone: str, quiet: Quiet) -> datetime:
    """The first instant strictly after `due` at which a reminder is of no use any more, in UTC.

    That is when quiet hours begin or, if sooner, the next diary day (at 04:00), by the clock on
    the wall in `zone`. Raises ValueError for a naive `due` and an unknown zone.
    """
    return _use_ends(_utc(due), zone, quiet)


def nudge_due(due: datetime) -> datetime:
    """An hour after `due`, in UTC. Raises ValueError for a naive `due`."""
    return _utc(due) + NUDGE_AFTER


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(UTC)


# Remembered by the day in UTC, not by moments: Python takes both hours of a clock set back for one.
@lru_cache(maxsize=2**14)
def _dues_near(utc_day: date, at: time, days: frozenset[int], zone: str) -> tuple[datetime, ...]:
    """Due times among which is the next one for any moment of that day in UTC.

    The wall is a day from it at most, and what jumped over midnight was meant for a day less.
    """
    if not days or not days <= WEEKDAYS:
        raise ValueError(f"days of the week are 0-6, at least one, not {list(days)}")
    near = _dues((utc_day + n * DAY for n in range(-2, 2)), at, days, zone)
    later = _dues((utc_day + n * DAY for n in count(2)), at, days, zone)
    return (*near, next(later))


def _dues(among: Iterator[date], at: time, days: frozenset[int], zone: str) -> Iterator[datetime]:
    dues = (_due_on(day, at, zone) for day in among if day.weekday() in days)
    return (due for due in dues if due is not None)


def _due_on(day: date, at: time, zone: str) -> datetime | None:
    """The instant of `at` on that day, in UTC; None when the zone skips the day."""
    there, shown = zone_named(zone), datetime.combine(day, at)
    # fold=0 reads the wall by the offset before a change: the first of two, or moved by the gap.
    due = shown.replace(tzinfo=there, fold=0).astimezone(UTC)
    moved = due.astimezone(there).replace(tzinfo=None) - shown
    return due if moved < DAY else None


@lru_cache(maxsize=2**14)
def _use_ends(due: datetime, zone: str, quiet: Quiet) -> datetime:
    walls = (*_instants_of(quiet.begins, due, zone), *_instants_of(DAY_BEGINS_AT, due, zone))
    moments = sorted((*walls, _change_after(due, zone)))
    return next(at for at in moments if at > due and _ends(at, zone, quiet))


def _ends(at: datetime, zone: str, quiet: Quiet) -> bool:
    """Whether quiet hours or a diary day begin at that very instant."""
    before = at - INSTANT
    if quiet.holds(at, zone) and not quiet.holds(before, zone):
        return True
    return diary_day(at, zone) > diary_day(before, zone)


def _instants_of(shown: time, near: datetime, zone: str) -> Iterator[datetime]:
    """When the wall shows that, both times if it does so twice, from a day before to 3 after."""
    days = (near.date() + n * DAY for n in range(-1, 4))
    walls = (datetime.combine(day, shown, zone_named(zone)) for day in days)
    return (wall.replace(fold=fold).astimezone(UTC) for wall in walls for fold in (0, 1))


def _change_after(at: datetime, zone: str) -> datetime:
    """When the clock changes within a day after `at`; a day later if it does not."""
    there, start = zone_named(zone), at.replace(microsecond=0)

    def offset(seconds: int) -> timedelta | None:
        return (start + timedelta(seconds=seconds)).astimezone(there).utcoffset()

    has_changed = bisect_left(SECONDS_OF_A_DAY, True, key=lambda n: offset(n) != offset(0))
    return start + timedelta(seconds=has_changed)
