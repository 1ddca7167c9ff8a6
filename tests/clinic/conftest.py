"""What the tests of the desk share."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Enrolment, Scope
from tests.people import ZONE, People


@pytest.fixture
def today() -> date:
    return diary_day(datetime.now(UTC), ZONE)


@pytest.fixture
def riverbend(people: People) -> Clinic:
    return people.riverbend


@pytest.fixture
def page(ana: Account) -> str:
    return f"/clinic/patients/{ana.id}"


@pytest.fixture
def withdrawn(session: Session, ana: Account, now: datetime) -> None:
    shared = grants.shared(session, ana.id, now)[0].grant
    assert shared is not None
    grants.withdraw(session, ana, shared.id, now)
    session.commit()


@pytest.fixture
def left(session: Session, ana: Account, riverbend: Clinic, now: datetime) -> None:
    """Ana is no longer a patient of Riverbend."""
    hers = session.scalars(
        select(Enrolment).where(Enrolment.clinic_id == riverbend.id, Enrolment.patient_id == ana.id)
    ).one()
    hers.until = now
    session.commit()


@pytest.fixture
def only_numbers(session: Session, ana: Account, riverbend: Clinic, now: datetime) -> None:
    grants.give(session, ana, riverbend.id, Consent(frozenset({Scope.NUMBERS})), now)
    session.commit()


@pytest.fixture
def only_notes(session: Session, ana: Account, riverbend: Clinic, now: datetime) -> None:
    grants.give(session, ana, riverbend.id, Consent(frozenset({Scope.NOTES})), now)
    session.commit()
