"""What time it is, and which diary day that is for someone."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones, reset_tzpath

DAY_BEGINS = timedelta(hours=4)
AHEAD = timedelta(minutes=5)
# The pinned package decides, not whichever edition of the zones this machine happens to have.
reset_tzpath(to=())


def now() -> datetime:
    """The present, aware, in UTC. Only routes, commands and the worker ask."""
    return datetime.now(UTC)


@lru_cache
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises ValueError for one that tzdata does not list."""
    if name not in zone_names():
        raise ValueError(f"no such zone: {name[:64]!r}")
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"no such zone: {name[:64]!r}") from error


@lru_cache
def zone_names() -> frozenset[str]:
    """Every zone that means the same everywhere; two names of tzdata are no zone at all."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


def diary_day(at: datetime, zone: str) -> date:
    """The diary day that `at` falls into: 04:00-03:59 by the clock on the wall in `zone`.

    Raises ValueError for an unknown zone, OverflowError at the ends of the calendar.
    """
    wall = at.astimezone(zone_named(zone)).replace(tzinfo=None)
    return (wall - DAY_BEGINS).date()


def counted_at(edited_at: datetime, received_at: datetime) -> datetime:
    """When an edit counts: the phone's clock, unless it runs more than 5 minutes ahead."""
    return received_at if edited_at > received_at + AHEAD else edited_at
