"""The reminder as a calendar feed, for a phone whose own alarm is trusted more."""

from datetime import datetime, timedelta

from flask_babel import gettext
from icalendar import Alarm, Calendar, Event

from journal.clock import zone_named
from journal.reminders.models import Rule
from journal.reminders.schedule import DAY_BEGINS_AT, INSTANT, next_due

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG = timedelta(minutes=5)


def feed(rule: Rule | None, zone: str, address: str, now: datetime) -> bytes:
    """A calendar (RFC 5545) with the rule as one event that comes again, and its alarm.

    Its times are on the wall of `zone`. Without a rule, or while it is off, it is empty.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Journal//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Journal")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    if rule is not None and rule.on:
        calendar.add_component(_event(rule, zone, address, now))
        calendar.add_missing_timezones()
    said: bytes = calendar.to_ical()
    return said


def _event(rule: Rule, zone: str, address: str, now: datetime) -> Event:
    first = next_due(rule.at, frozenset(rule.days), zone, _beginning(rule, zone, now))
    start = first.astimezone(zone_named(zone)).replace(fold=0)
    event = Event()
    event.add("uid", f"{rule.id}@journal")
    event.add("dtstamp", now)
    event.add("summary", "Journal")
    event.add("description", f"{gettext('A minute for your day?')}\n{address}")
    event.add("url", address)
    event.add("dtstart", start)
    event.add("dtend", start + LONG)
    event.add("rrule", {"freq": "weekly", "byday": [WEEKDAYS[day] for day in rule.days]})
    event.add_component(_alarm())
    return event


def _beginning(rule: Rule, zone: str, now: datetime) -> datetime:
    """After this the event begins: a day ago, or just before the day on which a pause ends."""
    ago = now - timedelta(days=1)
    if rule.paused_until is None:
        return ago
    ends = datetime.combine(rule.paused_until, DAY_BEGINS_AT, zone_named(zone)) - INSTANT
    return max(ends, ago)


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Journal")
    alarm.add("trigger", timedelta(0))
    return alarm
