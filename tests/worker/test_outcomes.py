"""What series did is reckoned by itself, once a day of each clinic."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.outcomes.models import SeriesOutcome
from journal.worker import Worker, reckon_outcomes
from tests.clinic.desk import every_day, give, write
from tests.people import People

DAY = timedelta(days=1)


@pytest.fixture
def treated(session: Session, people: People, ana: Account) -> None:
    today = date.today()  # noqa: DTZ011 -- any day near now will do
    write(session, ana, every_day(today, 30, 1, pain_avg=7))
    give(session, people.riverbend, ana, today - 20 * DAY)


def kept(session: Session) -> list[datetime]:
    found = session.scalars(select(SeriesOutcome.reckoned_at).distinct()).all()
    session.commit()
    return list(found)


def test_it_is_reckoned_without_being_asked(
    session: Session, worker: Worker, treated: None, now: datetime
) -> None:
    worker.turn(now)

    assert kept(session) == [now]


def test_it_is_reckoned_once_a_day(
    session: Session, worker: Worker, treated: None, now: datetime
) -> None:
    worker.turn(now)
    worker.turn(now + DAY)

    assert kept(session) == [now + DAY]


def test_what_is_reckoned_already_is_left(worker: Worker, treated: None, now: datetime) -> None:
    assert reckon_outcomes(worker, now) == 2
    assert reckon_outcomes(worker, now) == 0


def test_a_worker_that_is_told_to_stop_keeps_nothing_half(
    session: Session, worker: Worker, treated: None, now: datetime
) -> None:
    worker._stop = threading.Event()
    worker._stop.set()

    assert reckon_outcomes(worker, now) == 0
    assert kept(session) == []
    assert session.scalars(select(func.count()).select_from(SeriesOutcome)).one() == 0
