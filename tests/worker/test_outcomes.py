"""What series did is reckoned by itself, once a day of each clinic."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.outcomes.models import SeriesOutcome
from journal.outcomes.store import is_due
from journal.sharing.models import Clinic
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


@pytest.fixture
def bens_clinic(session: Session, people: People) -> Clinic:
    give(session, people.hillside, people.ben, date.today() - 20 * DAY)  # noqa: DTZ011 -- as above
    return people.hillside


def test_a_clinic_that_cannot_be_reckoned_does_not_stop_the_others(
    session: Session,
    worker: Worker,
    treated: None,
    bens_clinic: Clinic,
    now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bens_clinic.zone = "Nowhere/At_all"
    session.commit()

    assert reckon_outcomes(worker, now) == 2
    assert [one.message for one in caplog.records] == ["a clinic was not reckoned"]


def test_neither_does_a_diary_that_cannot_be_read(
    session: Session,
    worker: Worker,
    treated: None,
    bens_clinic: Clinic,
    people: People,
    now: datetime,
) -> None:
    write(session, people.ben, every_day(now.date(), 30, 25, pain_avg=70))

    assert reckon_outcomes(worker, now) == 2


def test_a_clinic_that_failed_is_tried_again(
    session: Session, worker: Worker, bens_clinic: Clinic, now: datetime
) -> None:
    zone, bens_clinic.zone = bens_clinic.zone, "Nowhere/At_all"
    session.commit()
    reckon_outcomes(worker, now)

    bens_clinic.zone = zone
    session.commit()

    assert reckon_outcomes(worker, now) == 2


def test_a_clinic_without_infusions_is_looked_at_once_a_day_too(
    session: Session, worker: Worker, people: People, now: datetime
) -> None:
    reckon_outcomes(worker, now)

    session.refresh(people.hillside)
    assert not is_due(people.hillside, now)
    assert is_due(people.hillside, now + DAY)
