"""The worker keeps due times right, buries what ended, and sends until it is told to stop."""

import threading
import time as clocks
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account
from journal.config import Config
from journal.db import opened
from journal.push import queue
from journal.push.models import Delivery, Device, Outcome
from journal.push.vapid import Keys
from journal.reminders.models import Due, Rule
from journal.reminders.store import Wanted, change
from journal.vault import Vault
from journal.worker import Worker, reckon
from tests.push.phone import Phone
from tests.push.service import Service, push_service
from tests.reminders.conftest import EVERY_DAY, device

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PATIENCE = 30


@pytest.fixture
def rule(session: Session, ana: Account, now: datetime) -> Rule:
    made = change(session, ana, Wanted(time(20), EVERY_DAY, True, False), now)
    session.commit()
    return made


def due_at(session: Session) -> datetime:
    session.expire_all()
    at = session.scalars(select(Due.at)).one()
    session.commit()
    return at


@pytest.mark.assures("E07")
def test_a_new_edition_of_the_zones_reckons_due_times_anew(
    session: Session, worker: Worker, rule: Rule, now: datetime
) -> None:
    right = due_at(session)
    session.execute(update(Due).values(at=right + HOUR, reckoned_in="America/New_York@2020a"))
    session.commit()

    worker.turn(now)

    assert due_at(session) == right


def test_a_move_that_was_told_on_the_account_page_is_followed(
    session: Session, worker: Worker, ana: Account, rule: Rule, now: datetime
) -> None:
    in_new_york = due_at(session)
    ana.zone = "America/Phoenix"
    session.commit()

    worker.turn(now)

    assert due_at(session) != in_new_york


@pytest.mark.assures("E03")
def test_while_nothing_changed_nobody_waits_for_it(
    session: Session, worker: Worker, rule: Rule, now: datetime
) -> None:
    before = due_at(session)
    session.connection().exec_driver_sql("SELECT 1")  # on SQLite the turn to write is taken

    assert reckon(worker, now) == 0
    session.rollback()
    assert due_at(session) == before


def test_the_devices_of_a_session_that_a_person_ended_are_buried(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    sign_in = sign_ins.begin(session, ana, "Firefox Android", now)[1]
    session.flush()
    device(session, ana, sign_in_id=sign_in.id)
    kept = device(session, ana)
    sign_ins.end(session, ana.id, sign_in.id, now)
    session.commit()

    worker.turn(now)

    assert session.scalars(select(Device.id)).all() == [kept.id]


def test_deliveries_are_forgotten_a_month_after_they_ended(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    phone = device(session, ana)
    for days in (29, 31):
        queue.add_test(session, phone, now - days * DAY)
        session.execute(
            update(Delivery)
            .where(Delivery.outcome.is_(None))
            .values(outcome=Outcome.SENT, ended_at=now - days * DAY)
        )
    session.commit()

    worker.turn(now)

    assert len(session.scalars(select(Delivery)).all()) == 1


@pytest.fixture
def service() -> Iterator[Service]:
    with push_service() as service:
        yield service


@pytest.fixture
def sending(posting: Config, service: Service) -> Config:
    """An installation that knows a push service of the tests."""
    return replace(posting, push_also=frozenset({service.origin}))


@pytest.fixture
def phone(session: Session, ana: Account, sending: Config, service: Service) -> Phone:
    """Ana's phone, with a test on its way to it."""
    phone = Phone(service.subscribe(Keys.of(sending.vapid_key).application_server_key))
    kept = device(session, ana, endpoint=phone.endpoint, p256dh=phone.p256dh, auth=phone.auth)
    queue.add_test(session, kept, datetime.now(UTC))
    session.commit()
    return phone


def _stop_when_sent(stop: threading.Event, engine: Engine, config: Config) -> None:
    until = clocks.monotonic() + PATIENCE
    while clocks.monotonic() < until and not _is_sent(engine, config):
        clocks.sleep(0.1)
    stop.set()


def _is_sent(engine: Engine, config: Config) -> bool:
    with opened(engine, Vault(config.vault_keys), writing=False) as session:
        return session.scalars(select(Delivery.outcome)).one() is not None


def test_it_sends_until_it_is_told_to_stop(
    session: Session, engine: Engine, sending: Config, service: Service, phone: Phone
) -> None:
    stop = threading.Event()
    threading.Thread(target=_stop_when_sent, args=(stop, engine, sending)).start()

    Worker(sending).run(stop)

    assert len(service.at(phone.endpoint).taken) == 1
    assert session.scalars(select(Delivery.outcome)).all() == [Outcome.SENT]
    assert "reminders" not in {thread.name for thread in threading.enumerate()}


def test_without_sending_it_is_no_worker_and_ends(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    with pytest.raises(SystemExit) as ended:
        Worker(replace(config, vapid_key="no key"), []).run(stop)

    assert ended.value.code == 1
    assert "sending ended" in caplog.text
