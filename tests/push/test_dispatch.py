"""Sending, from what is due to the push service, with everything in between real."""

import threading
import time as clocks
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account
from journal.config import Config
from journal.db import opened
from journal.push import queue, store
from journal.push.books import Books, Step
from journal.push.forms import Subscription
from journal.push.lead import Lead
from journal.push.models import Delivery, Device, Outcome
from journal.push.vapid import Keys
from journal.reminders.asking import Asking
from journal.reminders.models import Due
from journal.reminders.sending import send, silently
from journal.reminders.store import Wanted, change
from journal.vault import Vault
from tests.push.phone import Phone
from tests.push.service import Service, push_service
from tests.reminders.conftest import AFTERNOON, EIGHT, log, zone_where_it_is_noon
from tests.reminders.conftest import device as keyless

PATIENCE = 30
EVERY_DAY = frozenset(range(7))
Sends = Callable[..., None]


@pytest.fixture
def service() -> Iterator[Service]:
    with push_service() as service:
        yield service


@pytest.fixture
def here(config: Config, service: Service) -> Config:
    return replace(config, push_also=frozenset({service.origin}))


@pytest.fixture
def phone(service: Service, here: Config) -> Phone:
    return Phone(service.subscribe(Keys.of(here.vapid_key).application_server_key))


@pytest.fixture
def device(session: Session, ana: Account, phone: Phone, now: datetime) -> Device:
    sign_in = sign_ins.begin(session, ana, "Firefox Android", now)[1]
    session.flush()
    subscription = Subscription(phone.endpoint, phone.p256dh, phone.auth)
    made = store.subscribe(session, ana.id, sign_in.id, subscription, "Firefox Android", now)
    session.commit()
    return made


@pytest.fixture
def due(session: Session, ana: Account, device: Device, now: datetime) -> datetime:
    """Her reminder is due a moment ago, and of use for hours."""
    # Not at noon, which it may be this very second: then the next one would be due as well.
    rule = change(session, ana, Wanted(time(9), EVERY_DAY, on=True, nudge=False), now)
    at = now.replace(microsecond=0) - timedelta(seconds=1)
    session.execute(update(Due).where(Due.rule_id == rule.id).values(at=at, for_at=at))
    ana.zone = zone_where_it_is_noon(now)
    session.commit()
    return at


@pytest.fixture
def sends(here: Config, engine: Engine, session: Session) -> Sends:
    """Send until nothing waits, in a loop of its own."""

    def run(step: Step = silently) -> None:
        stop = threading.Event()
        threading.Thread(target=_stop_when_done, args=(stop, engine, here)).start()
        send(here, _sessions(engine, here), stop, slots=4, batch=8, step=step)
        session.expire_all()

    return run


def test_what_is_due_arrives_and_is_recorded(
    session: Session, service: Service, phone: Phone, due: datetime, sends: Sends
) -> None:
    sends()

    [posted] = service.at(phone.endpoint).taken
    delivery = session.scalars(select(Delivery)).one()
    assert str(delivery.id).encode() in phone.open(posted.body)
    assert (delivery.outcome, delivery.attempts) == (Outcome.SENT, 1)


def test_it_carries_its_topic_and_lives_as_long_as_it_is_of_use(
    session: Session, service: Service, phone: Phone, due: datetime, sends: Sends
) -> None:
    sends()

    [posted] = service.at(phone.endpoint).taken
    delivery = session.scalars(select(Delivery)).one()
    lives = (delivery.expires_at - due).total_seconds()
    assert posted.headers["Topic"] == f"day-{delivery.day}"
    assert lives - PATIENCE <= int(posted.headers["TTL"]) <= lives


def test_the_phone_owes_us_a_word(
    session: Session, device: Device, due: datetime, sends: Sends
) -> None:
    sends()

    assert device.unanswered == 1


def test_a_test_is_sent_and_owes_nothing(
    session: Session, service: Service, phone: Phone, device: Device, sends: Sends, now: datetime
) -> None:
    queue.add_test(session, device, now)
    session.commit()

    sends()

    assert len(service.at(phone.endpoint).taken) == 1
    assert device.unanswered == 0


def test_a_phone_that_is_gone_is_forgotten(
    session: Session, service: Service, phone: Phone, due: datetime, sends: Sends
) -> None:
    service.at(phone.endpoint).gone = True

    sends()

    assert session.scalars(select(Device)).all() == []
    assert session.scalars(select(Delivery.outcome)).all() == [Outcome.GONE]


def test_what_is_our_fault_keeps_the_phone_and_says_why(
    session: Session, service: Service, phone: Phone, due: datetime, sends: Sends
) -> None:
    service.at(phone.endpoint).public_key = "somebody-elses"

    sends()

    delivery = session.scalars(select(Delivery)).one()
    assert delivery.outcome == Outcome.REFUSED
    assert "403" in (delivery.cause or "")
    assert len(session.scalars(select(Device)).all()) == 1


def test_a_busy_service_is_left_alone_as_long_as_it_says(
    session: Session, service: Service, phone: Phone, due: datetime, sends: Sends
) -> None:
    service.busy("600")

    sends()

    delivery = session.scalars(select(Delivery)).one()
    assert delivery.outcome is None
    assert delivery.next_at > datetime.now(UTC) + timedelta(seconds=500)
    assert delivery.lease_by is None


def test_logged_between_planning_and_sending_it_is_not_sent(
    session: Session,
    service: Service,
    phone: Phone,
    ana: Account,
    due: datetime,
    sends: Sends,
) -> None:
    service.busy("1")
    sends()
    session.execute(update(Delivery).values(next_at=due))
    _log(session, ana)
    session.commit()

    sends()

    assert service.at(phone.endpoint).taken == []
    assert session.scalars(select(Delivery.outcome)).all() == [Outcome.LOGGED]


class Faulty:
    """Something is wrong with the database, once, at this step."""

    def __init__(self, step: str) -> None:
        self._steps = {step}

    def __call__(self, step: str) -> None:
        if step in self._steps:
            self._steps.remove(step)
            raise OSError("marker@example.org")


@pytest.mark.assures("E03")
@pytest.mark.parametrize(
    ("step", "said"), [("planned", "sending"), ("claimed", "sending"), ("recorded", "recording")]
)
def test_a_database_that_fails_once_loses_and_doubles_nothing(
    session: Session,
    service: Service,
    phone: Phone,
    due: datetime,
    sends: Sends,
    caplog: pytest.LogCaptureFixture,
    step: str,
    said: str,
) -> None:
    sends(Faulty(step))

    assert len(service.at(phone.endpoint).taken) == 1
    assert session.scalars(select(Delivery.outcome)).all() == [Outcome.SENT]
    assert [record.getMessage() for record in caplog.records] == [said]


@pytest.mark.assures("E09")
def test_a_phone_whose_keys_open_nothing_stops_no_other(
    session: Session, service: Service, phone: Phone, ana: Account, due: datetime, sends: Sends
) -> None:
    odd = keyless(session, ana)
    session.commit()

    sends()

    by_device = {one.device_id: one.outcome for one in session.scalars(select(Delivery))}
    assert by_device.pop(odd.id) == Outcome.FAILED
    assert list(by_device.values()) == [Outcome.SENT]


@pytest.mark.assures("E07")
def test_a_clock_set_back_by_a_day_is_noticed_between_two_fetches(
    session: Session,
    engine: Engine,
    here: Config,
    ana: Account,
    device: Device,
    caplog: pytest.LogCaptureFixture,
) -> None:
    change(session, ana, Wanted(time(20), EVERY_DAY, on=True, nudge=False), AFTERNOON)
    session.commit()
    books = Books(_sessions(engine, here), Asking(here), timedelta(minutes=1), silently)
    books.fetch(AFTERNOON + timedelta(days=2), 10)

    books.fetch(AFTERNOON, 10)

    session.expire_all()
    assert "clock set back" in caplog.text
    assert session.scalars(select(Due.at)).all() == [EIGHT]
    assert session.scalars(select(Delivery)).all() == []


def test_on_sqlite_one_has_the_lead_and_another_takes_it_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    first, second = Lead(url), Lead(url)

    assert (first.held(), first.held(), second.held()) == (True, True, False)
    first.give_up()
    assert second.held()


def test_on_postgresql_everybody_has_it() -> None:
    url = "postgresql+psycopg://journal@localhost/journal"

    assert Lead(url).held()
    assert Lead(url).held()


def _sessions(engine: Engine, config: Config) -> Callable[[], AbstractContextManager[Session]]:
    return lambda: opened(engine, Vault(config.vault_keys), writing=True)


def _stop_when_done(stop: threading.Event, engine: Engine, config: Config) -> None:
    """Once something was tried and nothing is due, sending has done what it can."""
    until = clocks.monotonic() + PATIENCE
    while clocks.monotonic() < until and not _is_done(engine, config):
        clocks.sleep(0.1)
    stop.set()


def _is_done(engine: Engine, config: Config) -> bool:
    now = datetime.now(UTC)
    with opened(engine, Vault(config.vault_keys), writing=False) as session:
        due = session.scalars(select(Due.at).where(Due.at <= now)).all()
        rows = session.scalars(select(Delivery)).all()
    waits = any(one.outcome is None and (one.lease_by or one.next_at <= now) for one in rows)
    return bool(rows) and not due and not waits


def _log(session: Session, whose: Account) -> None:
    day = session.scalars(select(Delivery.day)).one()
    assert day is not None
    log(session, whose, day, pain_avg=3)
