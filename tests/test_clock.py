"""Which diary day it is for someone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from journal import clock
from journal.clock import diary_day, zone_named

NEW_YORK = "America/New_York"
THIRD, FOURTH = date(2026, 6, 3), date(2026, 6, 4)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 6, 4, 7, 59, 59, 999_999, tzinfo=UTC), THIRD),
        (datetime(2026, 6, 4, 8, tzinfo=UTC), FOURTH),
        (datetime(2026, 6, 5, 3, 59, tzinfo=UTC), FOURTH),
    ],
)
def test_a_day_begins_at_four(at: datetime, day: date) -> None:
    assert diary_day(at, NEW_YORK) == day


def test_the_same_moment_is_another_day_elsewhere() -> None:
    at = datetime(2026, 6, 3, 18, tzinfo=UTC)

    assert diary_day(at, "Pacific/Kiritimati") == FOURTH
    assert diary_day(at, "Pacific/Pago_Pago") == THIRD


@pytest.mark.assures("B08")
@pytest.mark.parametrize(
    ("at", "day"),
    [
        # Clocks go from 01:59 to 03:00 on 8 March, and from 01:59 to 01:00 on 1 November.
        (datetime(2026, 3, 8, 7, 59, tzinfo=UTC), date(2026, 3, 7)),
        (datetime(2026, 3, 8, 8, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_four_is_by_the_clock_on_the_wall(at: datetime, day: date) -> None:
    assert diary_day(at, NEW_YORK) == day


@pytest.mark.assures("B08")
def test_a_leap_day_is_a_day() -> None:
    assert diary_day(datetime(2028, 2, 29, 12, tzinfo=UTC), "UTC") == date(2028, 2, 29)


@pytest.mark.assures("B08")
@pytest.mark.parametrize("name", ["", "Mars/Olympus", "america/new_york", "../UTC", "/etc/passwd"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no such zone"):
        zone_named(name)


@pytest.mark.assures("B08")
def test_before_the_calendar_there_is_no_day() -> None:
    with pytest.raises(OverflowError):
        diary_day(datetime(1, 1, 1, tzinfo=UTC), "UTC")
