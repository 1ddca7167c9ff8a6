"""What Ana sees to before an infusion."""

import pytest
from sqlalchemy.orm import Session

from journal.infusions.models import InfusionDay
from journal.infusions.preparing import checklist_of
from journal.sharing.access import own
from tests.people import People, enrolment


@pytest.fixture
def lists(session: Session, people: People) -> None:
    for clinic, checklist in (
        (people.riverbend, ["Nothing eaten", "A ride home"]),
        (people.hillside, ["A ride home", "Your medicines"]),
    ):
        session.add(InfusionDay(clinic_id=clinic.id, checklist=checklist, quiet_hours=4))
    session.flush()


def test_it_is_what_her_clinic_wrote_down(session: Session, people: People, lists: None) -> None:
    assert checklist_of(session, own(people.ana)) == ["Nothing eaten", "A ride home"]


def test_of_two_clinics_each_thing_stands_once(
    session: Session, people: People, lists: None
) -> None:
    session.add(enrolment(people.hillside, people.ana, people.ana.created_at))
    session.flush()

    listed = checklist_of(session, own(people.ana))

    assert sorted(listed) == ["A ride home", "Nothing eaten", "Your medicines"]


def test_a_clinic_that_wrote_nothing_asks_for_nothing(session: Session, people: People) -> None:
    assert checklist_of(session, own(people.ana)) == []
