"""Due times in every zone and around every change of its clock, 2024 to 2030 and in Samoa in 2011.

What is right comes from tests/reminders/on_foot.py. Those changes fall on quarters of an hour, so
that close to them quarters are steps enough.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import product, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.reminders.schedule import Quiet, next_due, use_ends
from tests.reminders import on_foot
from tests.reminders.on_foot import DAY, HOUR, Change, changes, dues, times, until, walk, wall

# Two names of tzdata say nothing of any place.
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
EVERY_DAY = frozenset(range(7))
QUARTER, INSTANT = timedelta(minutes=15), timedelta.resolution
YEARS = [datetime.fromisoformat(day) for day in ("2024-01-01", "2030-12-31")]
UNHURRIED = settings(deadline=None)

Rule = tuple[time, frozenset[int]]
Place = tuple[str, datetime]

whole_minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
quiet_hours = st.builds(Quiet, whole_minutes, whole_minutes)
moments = st.datetimes(YEARS[0], YEARS[1], timezones=st.just(UTC))


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A zone, and a moment that is often near a change of its clock."""
    zone = draw(st.sampled_from(ZONES))
    near = [st.sampled_from([change.at for change in changes(zone)])] if changes(zone) else []
    return zone, draw(st.one_of(moments, *near)) + draw(st.timedeltas(-2 * DAY, 2 * DAY))


def rules_around(change: Change) -> Iterator[Rule]:
    """Times before, in and after what is jumped over or comes twice; on any day, or only one."""
    middle = change.was + (change.becomes - change.was) / 2
    ends = sorted((change.was, change.becomes))
    walls = (ends[0] - QUARTER, ends[0], middle, ends[1], ends[1] + QUARTER)
    days = ((change.was + n * DAY).weekday() for n in (-1, 0))
    return product({shown.time() for shown in walls}, [EVERY_DAY, *(frozenset({d}) for d in days)])


def asked(rule: Rule, zone: str, after: datetime) -> Iterator[datetime]:
    """Due time after due time, as one goes on from each to the next."""
    while True:
        after = next_due(*rule, zone, after)
        yield after


def wrong_around(change: Change) -> Iterator[tuple[Change, Rule, datetime]]:
    """Rules, and moments from which what follows in the next days is not what is right."""
    start, end = change.at - 30 * HOUR, change.at + 30 * HOUR
    on_the_wall = list(times(until(end, walk(change.zone, start, QUARTER)), QUARTER))
    for rule in rules_around(change):
        right = list(dues(*rule, on_the_wall))
        for after in (start, change.at):
            found = takewhile(lambda due: due < end, asked(rule, change.zone, after))
            if list(found) != [due for due in right if due > after]:
                yield change, rule, after


def wrong_ends_around(change: Change) -> Iterator[tuple[Change, datetime, Quiet]]:
    """Due times and quiet hours for which the use of a reminder does not end when it should."""
    quiets = [Quiet(shown.time(), time(7)) for shown in (change.was - QUARTER, change.becomes)]
    for due, quiet in product((change.at - 2 * HOUR, change.at), quiets):
        steps = walk(change.zone, due, QUARTER)
        if use_ends(due, change.zone, quiet) != on_foot.use_ends(quiet.begins, quiet.ends, steps):
            yield change, due, quiet


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/New_York", datetime(2024, 3, 10, 7, tzinfo=UTC)),
        ("America/Santiago", datetime(2024, 4, 7, 3, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2024, 4, 6, 15, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_the_changes_of_the_clock_are_found(zone: str, first: datetime) -> None:
    assert changes(zone)[0].at == first


def test_all_changes_of_the_clock_are_found() -> None:
    north_and_south = [len(changes(zone)) for zone in ("Europe/Madrid", "America/Santiago")]

    assert north_and_south == [14, 14]
    assert sum(len(changes(zone)) for zone in ZONES) > 2000


@pytest.mark.assures("B08")
@pytest.mark.parametrize("zone", ZONES)
def test_around_each_change_of_the_clock_everyone_is_asked_as_she_chose(zone: str) -> None:
    assert [wrong for change in changes(zone) for wrong in wrong_around(change)] == []


@pytest.mark.assures("B08")
@pytest.mark.parametrize("zone", ZONES)
def test_around_each_change_of_the_clock_the_use_of_a_reminder_ends_in_time(zone: str) -> None:
    assert [wrong for change in changes(zone) for wrong in wrong_ends_around(change)] == []


@UNHURRIED
@given(places(), whole_minutes, weekdays)
def test_nothing_earlier_would_do(place: Place, at: time, days: frozenset[int]) -> None:
    zone, after = place
    start = after.replace(second=0, microsecond=0) - DAY
    on_the_wall = dues(at, days, times(walk(zone, start)))

    due = next_due(at, days, zone, after)

    assert due == next(right for right in on_the_wall if right > after)


@UNHURRIED
@given(places(), st.times(), weekdays)
def test_the_next_due_time_is_later_and_in_utc(
    place: Place, at: time, days: frozenset[int]
) -> None:
    zone, after = place

    due = next_due(at, days, zone, after)

    assert due > after
    assert due.tzinfo is UTC


@UNHURRIED
@given(places(), st.times(), weekdays)
def test_the_wall_then_shows_what_was_chosen_or_is_moved_by_the_jump(
    place: Place, at: time, days: frozenset[int]
) -> None:
    zone, after = place

    due = next_due(at, days, zone, after)
    shown, a_day_before = wall(due, zone), wall(due - DAY, zone)
    unmoved = a_day_before + DAY

    assert (at, True) in {(day.time(), day.weekday() in days) for day in (shown, unmoved)}


@UNHURRIED
@given(places(), places(), st.times(), weekdays)
def test_who_waits_longer_is_not_asked_earlier(
    place: Place, other: Place, at: time, days: frozenset[int]
) -> None:
    zone, after = place
    earlier, later = sorted((after, other[1]))

    assert next_due(at, days, zone, earlier) <= next_due(at, days, zone, later)


@UNHURRIED
@given(places(), st.times(), weekdays)
def test_until_the_next_due_time_it_stays_the_next(
    place: Place, at: time, days: frozenset[int]
) -> None:
    zone, after = place

    due = next_due(at, days, zone, after)

    assert next_due(at, days, zone, after + (due - after) / 2) == due
    assert next_due(at, days, zone, due - INSTANT) == due


@UNHURRIED
@given(places(), st.sampled_from(ZONES), st.times(), weekdays)
def test_where_the_question_is_asked_from_does_not_matter(
    place: Place, elsewhere: str, at: time, days: frozenset[int]
) -> None:
    zone, after = place
    same = after.astimezone(ZoneInfo(elsewhere))

    assert next_due(at, days, zone, same) == next_due(at, days, zone, after)


@UNHURRIED
@given(places(), quiet_hours)
def test_the_use_of_a_reminder_ends_when_it_is_quiet_or_another_day(
    place: Place, quiet: Quiet
) -> None:
    zone, moment = place
    due = moment.replace(second=0, microsecond=0)

    steps = walk(zone, due)

    assert use_ends(due, zone, quiet) == on_foot.use_ends(quiet.begins, quiet.ends, steps)


@UNHURRIED
@given(places(), quiet_hours)
def test_it_is_quiet_when_the_wall_says_so(place: Place, quiet: Quiet) -> None:
    zone, at = place

    assert quiet.holds(at, zone) is on_foot.is_quiet(wall(at, zone), quiet.begins, quiet.ends)
