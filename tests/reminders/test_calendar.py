"""The reminder in any phone's own calendar: a feed that calendars understand."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.reminders import stops, store
from journal.reminders.models import Rule
from journal.reminders.store import Wanted
from journal.sharing.access import member_of
from tests.accounts.test_letters import HEALTH
from tests.people import Browser, People
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, TODAY

DAY = timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON, tick=False):
        yield


@pytest.fixture
def address(session: Session, ana: Account) -> str:
    """Ana's calendar subscribes to this."""
    secret = store.new_calendar(session, ana.id)
    session.commit()
    return f"/calendar/{secret}.ics"


def fetched(stranger: Browser, address: str) -> Any:
    """The feed as a calendar reads it, with no cookie."""
    answer = stranger.get(address)
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.data)


def events(calendar: Any) -> list[Any]:
    return list(calendar.walk("VEVENT"))


def first_of(session: Session, stranger: Browser, address: str) -> datetime:
    """When the only event begins."""
    session.commit()
    [found] = events(fetched(stranger, address))
    start: datetime = found["DTSTART"].dt
    return start


def test_the_time_she_chose_comes_again_each_day_with_an_alarm(
    session: Session, rule: Rule, stranger: Browser, address: str
) -> None:
    session.commit()

    [found] = events(fetched(stranger, address))
    [alarm] = found.walk("VALARM")

    assert found["DTSTART"].dt == datetime.combine(TODAY - DAY, time(20), NEW_YORK)
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=5)
    assert found["RRULE"]["FREQ"] == ["WEEKLY"]
    assert found["RRULE"]["BYDAY"] == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(0))


def test_it_is_on_her_wall_and_brings_its_zone(
    session: Session, rule: Rule, stranger: Browser, address: str
) -> None:
    session.commit()
    feed = fetched(stranger, address)

    [found] = events(feed)

    assert found["DTSTART"].params["TZID"] == "America/New_York"
    assert [zone["TZID"] for zone in feed.walk("VTIMEZONE")] == ["America/New_York"]


@pytest.mark.parametrize(
    ("days", "byday", "first"),
    [({0}, ["MO"], TODAY), ({1, 4}, ["TU", "FR"], TODAY + DAY), ({6}, ["SU"], TODAY - DAY)],
)
def test_it_comes_on_her_days(
    session: Session,
    ana: Account,
    stranger: Browser,
    address: str,
    days: set[int],
    byday: list[str],
    first: date,
) -> None:
    store.change(session, ana, Wanted(time(20), frozenset(days), True, False), AFTERNOON)

    assert first_of(session, stranger, address).date() == first
    [found] = events(fetched(stranger, address))
    assert found["RRULE"]["BYDAY"] == byday


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Etc/GMT+12"])
def test_it_follows_her_to_other_zones(
    session: Session, ana: Account, rule: Rule, stranger: Browser, address: str, zone: str
) -> None:
    store.move(session, ana, zone, AFTERNOON)

    start = first_of(session, stranger, address)

    assert (start.hour, start.utcoffset()) == (20, start.astimezone(ZoneInfo(zone)).utcoffset())


@pytest.mark.assures("C02")
def test_nothing_in_it_tells_what_it_is_about(
    session: Session, rule: Rule, stranger: Browser, address: str
) -> None:
    session.commit()

    text = stranger.get(address).text

    assert not HEALTH.search(text)
    assert "Ana" not in text
    assert "SUMMARY:Journal" in text


def test_it_is_the_same_event_each_time_it_is_fetched(
    session: Session, rule: Rule, stranger: Browser, address: str
) -> None:
    session.commit()

    names = {events(fetched(stranger, address))[0]["UID"] for _ in range(2)}

    assert names == {f"{rule.id}@journal"}


@pytest.mark.parametrize(
    ("at", "until", "first"),
    [
        (time(20), TODAY + 3 * DAY, TODAY + 3 * DAY),
        (time(20), TODAY, TODAY),
        (time(20), TODAY - 9 * DAY, TODAY - DAY),
        (time(2), TODAY + 3 * DAY, TODAY + 4 * DAY),  # two at night belongs to the day before
        (time(4), TODAY + 3 * DAY, TODAY + 3 * DAY),
    ],
)
def test_a_pause_is_kept(
    session: Session,
    ana: Account,
    stranger: Browser,
    address: str,
    at: time,
    until: date,
    first: date,
) -> None:
    rule = store.change(session, ana, Wanted(at, EVERY_DAY, True, False), AFTERNOON)
    rule.paused_until = until

    assert first_of(session, stranger, address) == datetime.combine(first, at, NEW_YORK)


def test_off_it_is_empty(session: Session, ana: Account, stranger: Browser, address: str) -> None:
    store.change(session, ana, Wanted(time(20), EVERY_DAY, False, False), AFTERNOON)
    session.commit()

    assert events(fetched(stranger, address)) == []


def test_without_a_rule_it_is_empty(stranger: Browser, address: str) -> None:
    assert events(fetched(stranger, address)) == []


def test_a_clinic_that_stops_all_messages_empties_it(
    session: Session, people: People, rule: Rule, stranger: Browser, address: str
) -> None:
    boses = member_of(session, people.bose)
    stops.stop(session, boses, people.ana.id, AFTERNOON)
    session.commit()
    assert events(fetched(stranger, address)) == []

    stops.resume(session, boses, people.ana.id, AFTERNOON)

    assert first_of(session, stranger, address) == EIGHT - DAY


@pytest.mark.assures("A12")
def test_a_secret_that_was_taken_back_opens_nothing(
    session: Session, ana: Account, rule: Rule, stranger: Browser, address: str
) -> None:
    store.end_calendar(session, ana.id)
    session.commit()

    assert stranger.get(address).status_code == 404


@pytest.mark.assures("A04", "A12")
def test_its_hash_opens_nothing(
    session: Session, ana: Account, rule: Rule, stranger: Browser, address: str
) -> None:
    kept = store.settings_of(session, ana.id).calendar_hash
    session.commit()

    assert stranger.get(f"/calendar/{kept}.ics").status_code == 404
