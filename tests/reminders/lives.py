"""People who live a week: what they choose, write, pause and have stopped, all by chance."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.entries.fold import Told
from journal.entries.models import Day, How
from journal.entries.rows import day_row
from journal.push.models import Device
from journal.reminders import stops, store
from journal.reminders.models import Asks, Due, ReminderSettings, Rule
from journal.reminders.models import Kind as Why
from journal.reminders.schedule import next_due
from journal.sharing.access import Member
from tests.reminders.model import Life, Pause, Stop
from tests.reminders.model import Told as Wrote
from tests.reminders.on_foot import DAY, HOUR, MINUTE, wall

# Half hours and quarters too, both hemispheres, and both sides of the date line.
ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Anchorage", "America/Adak", "America/Halifax", "America/St_Johns", "America/Havana",
    "America/Phoenix", "America/Caracas", "America/Santiago", "America/Sao_Paulo",
    "America/Asuncion", "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Europe/Athens",
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Asia/Beirut", "Asia/Jerusalem",
    "Asia/Tehran", "Asia/Kabul", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon", "Asia/Tokyo",
    "Australia/Eucla", "Australia/Adelaide", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati",
    "Pacific/Marquesas", "Pacific/Honolulu", "UTC",
)  # fmt: skip
USUAL = (time(22), time(7))
NAP, NEVER, NIGHT, LATE = (
    (time(13), time(13, 30)), (time(20), time(20)), (time(0), time(6)), (time(23, 15), time(4, 30)),
)  # fmt: skip
ONE_IN_HUNDRED = 0.01


@dataclass(frozen=True)
class Someone:
    """A patient and her life."""

    id: UUID
    life: Life


@dataclass(frozen=True)
class Page:
    """What somebody writes into her journal, and when."""

    at: datetime
    by: UUID
    day: date
    name: str
    value: int | bool

    def row(self, session: Session) -> dict[str, Any]:
        told = {self.name: Told(self.value, self.at, uuid4(), How.LIVE)}
        return day_row(session, self.by, self.day, told, 1)


@dataclass(frozen=True)
class Deed:
    """What else somebody does, or her clinic."""

    at: datetime
    do: Callable[[Session], None]


T = TypeVar("T", Page, Deed)


class Lives:
    """Thinks of lives between two instants."""

    def __init__(self, first: datetime, last: datetime, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 -- lives, not secrets
        self._first = first
        self._minutes = (last - first) // MINUTE

    def some(self, count: int) -> list[Someone]:
        return [Someone(uuid4(), self._life()) for _ in range(count)]

    def _life(self) -> Life:
        chance = self._chance
        zone = chance.choice(ZONES)
        return Life(
            zone=zone,
            at=self._time(),
            days=frozenset(chance.sample(range(7), chance.choice((1, 3, 5, 7, 7, 7)))),
            on=chance.random() < 0.95,
            nudge=chance.random() < 0.6,
            quiet=chance.choice((USUAL, USUAL, NAP, NEVER, NIGHT, LATE)),
            logged=self._wrote(zone, chance.randrange(9)),
            too_much=self._wrote(zone, chance.choice((0, 0, 1, 2))),
            pauses=self._pauses(zone) if chance.random() < 0.2 else (),
            stops=self._stops() if chance.random() < 0.1 else (),
        )

    def _time(self) -> time:
        """Mostly a quarter of an hour, as people choose; now and then any minute."""
        odd = self._chance.random() < ONE_IN_HUNDRED
        minute = self._chance.randrange(60) if odd else self._chance.choice((0, 15, 30, 45))
        return time(self._chance.randrange(24), minute)

    def _at(self) -> datetime:
        return self._first + self._chance.randrange(self._minutes) * MINUTE

    def _wrote(self, zone: str, times: int) -> list[Wrote]:
        """About the diary day that it is, or the one before."""
        moments = [self._at() for _ in range(times)]
        return [(at, _day(at, zone) - self._chance.choice((0, 0, 0, 1)) * DAY) for at in moments]

    def _pauses(self, zone: str) -> list[Pause]:
        since = self._at()
        until = _day(since, zone) + self._chance.randint(1, 4) * DAY
        ended = since + self._chance.randint(1, 100) * HOUR
        return [Pause(since, until, self._chance.choice((None, ended)))]

    def _stops(self) -> list[Stop]:
        since = self._at()
        until = since + self._chance.randint(1, 100) * HOUR
        return [Stop(since, self._chance.choice((None, until)))]


def settle(session: Session, people: Sequence[Someone], now: datetime) -> None:
    """Put them into the database with a phone each; what they chose holds from now on."""
    rules = {one.id: uuid4() for one in people}
    session.execute(insert(Account), [_account(one, now) for one in people])
    session.execute(insert(ReminderSettings), [_settings(one) for one in people])
    session.execute(insert(Device), [_device(one, now) for one in people])
    session.execute(insert(Rule), [_rule(rules[one.id], one) for one in people])
    wanted = [one for one in people if one.life.on]
    session.execute(insert(Due), [_due(rules[one.id], one.life, now) for one in wanted])


class Story:
    """What all of them do, in the order of time."""

    def __init__(self, people: Iterable[Someone], clinic: Member) -> None:
        everybody = list(people)
        self._pages = _latest_first([page for who in everybody for page in _pages(who)])
        self._deeds = _latest_first([deed for who in everybody for deed in _deeds(who, clinic)])

    def go_on(self, session: Session, until: datetime) -> None:
        """Have happen what happens until then."""
        pages = [page.row(session) for page in _taken(self._pages, until)]
        if pages:
            session.execute(insert(Day).prefix_with("OR REPLACE"), pages)
        for deed in _taken(self._deeds, until):
            deed.do(session)


def _latest_first(what: list[T]) -> list[T]:
    return sorted(what, key=lambda one: one.at, reverse=True)


def _taken(latest_first: list[T], until: datetime) -> Iterator[T]:
    while latest_first and latest_first[-1].at <= until:
        yield latest_first.pop()


def _pages(who: Someone) -> Iterator[Page]:
    yield from (Page(at, who.id, day, "pain_avg", 3) for at, day in who.life.logged)
    yield from (Page(at, who.id, day, "too_much", True) for at, day in who.life.too_much)


def _deeds(who: Someone, clinic: Member) -> Iterator[Deed]:
    for pause in who.life.pauses:
        yield Deed(pause.since, partial(_pause, who=who, pause=pause))
        if pause.ended:
            yield Deed(pause.ended, partial(_end_pause, who=who))
    for stop in who.life.stops:
        yield Deed(stop.since, partial(_stop, who=who, clinic=clinic, at=stop.since))
        if stop.until:
            yield Deed(stop.until, partial(_resume, who=who, clinic=clinic, at=stop.until))


def _pause(session: Session, who: Someone, pause: Pause) -> None:
    store.pause(session, session.get_one(Account, who.id), pause.until, pause.since)


def _end_pause(session: Session, who: Someone) -> None:
    store.end_pause(session, session.get_one(Account, who.id))


def _stop(session: Session, who: Someone, clinic: Member, at: datetime) -> None:
    stops.stop(session, clinic, who.id, at)


def _resume(session: Session, who: Someone, clinic: Member, at: datetime) -> None:
    stops.resume(session, clinic, who.id, at)


def _day(at: datetime, zone: str) -> date:
    return (wall(at, zone) - 4 * HOUR).date()


def _account(one: Someone, now: datetime) -> dict[str, Any]:
    return {
        "id": one.id, "kind": Kind.PATIENT, "name": "Somebody", "email": f"{one.id}@example.org",
        "password_hash": None, "locale": "en", "zone": one.life.zone, "began": now.date(),
        "created_at": now, "revision": 0,
    }  # fmt: skip


def _settings(one: Someone) -> dict[str, Any]:
    begins, ends = one.life.quiet
    return {
        "account_id": one.id, "quiet_begins": begins, "quiet_ends": ends, "email": None,
        "calendar_hash": None,
    }  # fmt: skip


def _device(one: Someone, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(), "account_id": one.id, "sign_in_id": None,
        "endpoint": f"https://updates.push.services.mozilla.com/{one.id}",
        "endpoint_hash": one.id.hex, "p256dh": "p", "auth": "a", "browser": "Firefox Android",
        "created_at": now, "seen_at": now, "confirmed_at": None, "unanswered": 0,
    }  # fmt: skip


def _rule(rule_id: UUID, one: Someone) -> dict[str, Any]:
    return {
        "id": rule_id, "account_id": one.id, "kind": Asks.DAY, "at": one.life.at,
        "days": sorted(one.life.days), "on": one.life.on, "nudge": one.life.nudge,
        "paused_until": None,
    }  # fmt: skip


def _due(rule_id: UUID, life: Life, now: datetime) -> dict[str, Any]:
    at = next_due(life.at, life.days, life.zone, now)
    return {
        "rule_id": rule_id, "kind": Why.CHOSEN, "at": at, "for_at": at,
        "reckoned_in": life.zone, "fault": None,
    }  # fmt: skip
