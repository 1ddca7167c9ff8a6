"""Ana's diary around one infusion, 40 days ago, and what is reckoned of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.outcomes.reckon import Reckoned, reckoned
from journal.outcomes.store import keep
from journal.sharing.access import Member, member_of
from journal.sharing.models import Clinic
from tests.clinic.desk import every_day, give, write
from tests.people import ZONE, People


@pytest.fixture
def today(now: datetime) -> date:
    return diary_day(now, ZONE)


@pytest.fixture
def infusion(today: date) -> date:
    return today - timedelta(days=40)


@pytest.fixture
def riverbend(people: People) -> Clinic:
    return people.riverbend


@pytest.fixture
def boses(session: Session, dr_bose: Account) -> Member:
    return member_of(session, dr_bose)


@pytest.fixture
def coles(session: Session, dr_cole: Account) -> Member:
    return member_of(session, dr_cole)


@pytest.fixture
def treated(session: Session, ana: Account, riverbend: Clinic, today: date, infusion: date) -> None:
    """A week at 7, the infusion, then better: pain for good, mood not at all."""
    write(session, ana, every_day(today, 47, 41, pain_avg=7, mood=3))
    write(session, ana, every_day(today, 39, 1, pain_avg=3, mood=3))
    give(session, riverbend, ana, infusion)


@pytest.fixture
def reckon(session: Session, riverbend: Clinic, now: datetime) -> Callable[[], list[Reckoned]]:
    """Reckon Riverbend, and keep it."""

    def run() -> list[Reckoned]:
        found = list(reckoned(session, riverbend, now))
        keep(session, riverbend, found)
        session.commit()
        return found

    return run
