"""When a reminder is due, when it is quiet, and how long a reminder is of use."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from journal.reminders.schedule import Quiet, next_due, nudge_due, use_ends
from tests.reminders.on_foot import DAY, HOUR, wall

NEW_YORK, NUUK, APIA = "America/New_York", "America/Nuuk", "Pacific/Apia"
EVERY_DAY = frozenset(range(7))
MONDAY, FRIDAY, SATURDAY = (frozenset({day}) for day in (0, 4, 5))
HALF_PAST_ONE, HALF_PAST_EIGHT = time(1, 30), time(20, 30)
NIGHT = Quiet(time(22), time(7))
INSTANT = timedelta.resolution


def shows(text: str) -> datetime:
    """What a clock on a wall shows."""
    return datetime.fromisoformat(text)


def there(zone: str, shown: str, fold: int = 0) -> datetime:
    """The instant at which the wall in that zone shows that, the first time or the second."""
    return shows(shown).replace(tzinfo=ZoneInfo(zone), fold=fold)


def in_new_york(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in November 2026: the 1st is the Sunday on which the clock goes back, at 2."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK))


def test_ana_is_asked_tonight_at_the_time_she_chose() -> None:
    due = next_due(HALF_PAST_EIGHT, EVERY_DAY, NEW_YORK, in_new_york(24, 12))

    assert due == datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    assert due.tzinfo is UTC


def test_just_asked_she_is_asked_again_tomorrow() -> None:
    tonight = in_new_york(24, 20, 30)

    assert next_due(HALF_PAST_EIGHT, EVERY_DAY, NEW_YORK, tonight - INSTANT) == tonight
    assert next_due(HALF_PAST_EIGHT, EVERY_DAY, NEW_YORK, tonight) == in_new_york(25, 20, 30)


def test_she_is_asked_on_the_days_she_chose() -> None:
    tuesday, friday, monday = (in_new_york(day, 20, 30) for day in (24, 27, 30))

    assert next_due(HALF_PAST_EIGHT, MONDAY | FRIDAY, NEW_YORK, tuesday) == friday
    assert next_due(HALF_PAST_EIGHT, MONDAY | FRIDAY, NEW_YORK, friday) == monday
    assert next_due(HALF_PAST_EIGHT, MONDAY, NEW_YORK, monday) == monday + 7 * DAY


def test_the_weekday_is_the_one_where_she_is() -> None:
    # In Kiritimati it is Monday while New York still has Sunday.
    sunday = in_new_york(22, 6)

    due = next_due(HALF_PAST_ONE, MONDAY, "Pacific/Kiritimati", sunday)

    assert due == in_new_york(22, 6, 30)


def test_half_past_eight_stays_half_past_eight_when_the_clock_changes() -> None:
    saturday = there(NEW_YORK, "2026-10-31 20:30")

    sunday = next_due(HALF_PAST_EIGHT, EVERY_DAY, NEW_YORK, saturday)

    assert sunday == in_new_york(1, 20, 30)
    assert sunday - saturday == 25 * HOUR


@pytest.mark.assures("B08")
@pytest.mark.parametrize(
    ("zone", "at", "day", "shown"),
    [
        (NEW_YORK, time(1, 59), date(2026, 3, 8), shows("2026-03-08 01:59")),
        (NEW_YORK, time(2, 0), date(2026, 3, 8), shows("2026-03-08 03:00")),
        (NEW_YORK, time(2, 30), date(2026, 3, 8), shows("2026-03-08 03:30")),
        (NEW_YORK, time(3, 0), date(2026, 3, 8), shows("2026-03-08 03:00")),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), shows("2026-10-04 02:45")),
        ("Antarctica/Troll", time(1, 30), date(2026, 3, 29), shows("2026-03-29 03:30")),
        ("Asia/Beirut", time(0, 30), date(2026, 3, 29), shows("2026-03-29 01:30")),
    ],
)
def test_a_time_that_the_clock_jumps_over_comes_as_much_later(
    zone: str, at: time, day: date, shown: datetime
) -> None:
    evening_before = datetime.combine(day, time(), ZoneInfo(zone)) - 3 * HOUR

    assert wall(next_due(at, EVERY_DAY, zone, evening_before), zone) == shown


@pytest.mark.assures("B08")
def test_what_jumps_over_midnight_is_still_meant_for_saturday() -> None:
    # In Nuuk, Saturday 28 March 2026 ends at 23:00.
    saturday = there(NUUK, "2026-03-28 20:00")

    due = next_due(time(23, 30), SATURDAY, NUUK, saturday)

    assert wall(due, NUUK) == shows("2026-03-29 00:30")
    assert next_due(time(23, 30), SATURDAY, NUUK, due - INSTANT) == due


@pytest.mark.assures("B08")
@pytest.mark.parametrize("at", [HALF_PAST_ONE, HALF_PAST_ONE.replace(fold=1)])
def test_a_time_that_comes_twice_is_asked_at_the_first_time(at: time) -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)

    assert next_due(at, EVERY_DAY, NEW_YORK, first - HOUR) == first
    assert next_due(at, EVERY_DAY, NEW_YORK, first) == in_new_york(2, 1, 30)


@pytest.mark.assures("B08")
def test_two_moments_that_look_alike_on_the_wall_are_told_apart() -> None:
    first, second = (there(NEW_YORK, "2026-11-01 01:20", fold) for fold in (0, 1))

    assert next_due(HALF_PAST_ONE, EVERY_DAY, NEW_YORK, first) == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )
    assert next_due(HALF_PAST_ONE, EVERY_DAY, NEW_YORK, second) == in_new_york(2, 1, 30)


@pytest.mark.assures("B08")
def test_on_a_day_that_a_zone_skips_nobody_is_asked() -> None:
    # Samoa went from Thursday 29 December 2011 to Saturday the 31st.
    thursday = there(APIA, "2011-12-29 20:30")

    saturday = next_due(HALF_PAST_EIGHT, EVERY_DAY, APIA, thursday)
    friday = next_due(HALF_PAST_EIGHT, FRIDAY, APIA, thursday)

    assert wall(saturday, APIA) == shows("2011-12-31 20:30")
    assert wall(friday, APIA) == shows("2012-01-06 20:30")
    assert saturday == datetime(2011, 12, 31, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1, 0})])
def test_days_that_no_week_has_are_refused(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="days of the week"):
        next_due(HALF_PAST_EIGHT, days, NEW_YORK, in_new_york(24, 12))


@pytest.mark.assures("B08")
def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such zone"):
        next_due(HALF_PAST_EIGHT, EVERY_DAY, "Mars/Olympus", in_new_york(24, 12))
    with pytest.raises(ValueError, match="no such zone"):
        use_ends(in_new_york(24, 12), "Mars/Olympus", NIGHT)


def test_a_moment_that_says_no_zone_is_refused() -> None:
    naive = shows("2026-11-24 00:00")

    with pytest.raises(ValueError, match="needs a zone"):
        next_due(HALF_PAST_EIGHT, EVERY_DAY, NEW_YORK, naive)
    with pytest.raises(ValueError, match="needs a zone"):
        use_ends(naive, NEW_YORK, NIGHT)
    with pytest.raises(ValueError, match="needs a zone"):
        NIGHT.holds(naive, NEW_YORK)
    with pytest.raises(ValueError, match="needs a zone"):
        nudge_due(naive)


def test_a_time_on_the_wall_that_says_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        next_due(time(20, tzinfo=UTC), EVERY_DAY, NEW_YORK, in_new_york(24, 12))


@pytest.mark.assures("B08")
@pytest.mark.parametrize(
    "end", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_beyond_the_calendar_nothing_is_due(end: datetime) -> None:
    with pytest.raises(OverflowError):
        next_due(HALF_PAST_EIGHT, EVERY_DAY, "UTC", end)


@pytest.mark.parametrize(
    ("quiet", "hour", "minute", "holds"),
    [
        (NIGHT, 21, 59, False),
        (NIGHT, 22, 0, True),
        (NIGHT, 0, 0, True),
        (NIGHT, 6, 59, True),
        (NIGHT, 7, 0, False),
        (Quiet(time(13), time(14)), 12, 59, False),
        (Quiet(time(13), time(14)), 13, 0, True),
        (Quiet(time(13), time(14)), 14, 0, False),
        (Quiet(time(0), time(0)), 0, 0, False),
        (Quiet(time(22), time(22)), 22, 0, False),
    ],
)
def test_quiet_hours_may_run_over_midnight(
    quiet: Quiet, hour: int, minute: int, holds: bool
) -> None:
    assert quiet.holds(in_new_york(24, hour, minute), NEW_YORK) is holds


def test_quiet_hours_are_those_where_she_is() -> None:
    assert not NIGHT.holds(in_new_york(24, 20), NEW_YORK)
    assert NIGHT.holds(in_new_york(24, 20), "Europe/Madrid")


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        (in_new_york(24, 20, 30), in_new_york(24, 22)),
        # The patient chose a time within her quiet hours.
        (in_new_york(24, 22), in_new_york(25, 4)),
        (in_new_york(24, 23, 30), in_new_york(25, 4)),
        (in_new_york(25, 3, 59), in_new_york(25, 4)),
        (in_new_york(25, 4), in_new_york(25, 22)),
    ],
)
def test_a_reminder_is_of_use_until_it_is_quiet_or_another_day(
    due: datetime, ends: datetime
) -> None:
    assert use_ends(due, NEW_YORK, NIGHT) == ends
    assert use_ends(due, NEW_YORK, NIGHT).tzinfo is UTC


def test_who_has_no_quiet_hours_can_be_asked_until_four() -> None:
    never = Quiet(time(22), time(22))

    assert use_ends(in_new_york(24, 20, 30), NEW_YORK, never) == in_new_york(25, 4)


@pytest.mark.assures("B08")
@pytest.mark.parametrize("due", ["2026-03-07 04:00", "2026-03-08 00:00", "2026-03-08 00:00:01.5"])
def test_quiet_hours_that_the_clock_jumps_into_begin_with_the_jump(due: str) -> None:
    # The clock goes from 1:59 to 3:00.
    three = datetime(2026, 3, 8, 7, tzinfo=UTC)

    assert use_ends(there(NEW_YORK, due), NEW_YORK, Quiet(time(2, 30), time(7))) == three


@pytest.mark.assures("B08")
def test_quiet_hours_that_the_clock_falls_back_into_begin_again() -> None:
    first, second = (datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6))

    assert use_ends(first - HOUR, NEW_YORK, Quiet(HALF_PAST_ONE, time(7))) == first
    assert use_ends(first, NEW_YORK, Quiet(HALF_PAST_ONE, time(7))) == second
    assert use_ends(first, NEW_YORK, Quiet(time(0, 45), time(1, 15))) == first + HOUR / 2


def test_a_nudge_comes_an_hour_later_whatever_the_wall_shows() -> None:
    # The clock goes from 1:59 back to 1:00.
    assert nudge_due(in_new_york(1, 1, 30)) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert nudge_due(in_new_york(1, 1, 30)).tzinfo is UTC
