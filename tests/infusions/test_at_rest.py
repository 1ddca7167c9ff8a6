"""What is written about Ana's treatment in words lies in no file as it was written."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.config import Config
from journal.infusions import courses
from journal.infusions.courses import Beside, Told
from journal.infusions.models import Course, Infusion, InfusionEdit
from journal.infusions.rows import items_of, said_in
from journal.sharing.access import Enrolled, Member
from journal.vault import Damaged
from tests.entries.test_at_rest import everything
from tests.infusions.conftest import Says
from tests.infusions.letters import an_hour_ago, given_at, stamp
from tests.people import ZONE

WORDS = {"note": "marmalade on the piano", "adverse": "saw a heron", "prescriber": "Dr Umbrella"}
REASON, DIAGNOSIS, BESIDE = "because of the lantern", "sorrow in the knees", "Quixotamol"
BEFORE = "a stone in the shoe"
MARKERS = [*WORDS.values(), REASON, DIAGNOSIS, BESIDE, BEFORE]


@pytest.fixture
def written(session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime) -> None:
    """Two infusions and a course with words in them, on the disk."""
    for hours in (1, 2):
        at = an_hour_ago(now) - timedelta(hours=hours)
        says(given_at(at, sure=True, **WORDS), reason=REASON, edited_at=stamp(now))
    told = Told(DIAGNOSIS, (Beside(BESIDE),), {"kind": "as needed"})
    courses.change(session, boses, patient, replace(told, diagnosis=BEFORE), now)
    courses.change(session, boses, patient, told, now)
    session.commit()


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("marker", MARKERS)
def test_words_are_found_in_no_file_of_the_database(
    session: Session, config: Config, marker: str
) -> None:
    content = everything(session, config)

    assert b"as needed" in content
    assert marker.encode() not in content


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
def test_the_words_of_another_infusion_do_not_open(session: Session) -> None:
    one, other = session.scalars(select(Infusion)).all()

    session.execute(update(Infusion).where(Infusion.id == one.id).values(sealed=other.sealed))

    session.expire_all()
    with pytest.raises(Damaged):
        items_of(session, one, ZONE)


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
def test_the_words_of_another_edit_do_not_open(session: Session) -> None:
    one, other = session.scalars(select(InfusionEdit)).all()
    one.sealed = other.sealed

    with pytest.raises(Damaged):
        said_in(session, one)


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("written")
def test_the_words_of_another_course_do_not_open(
    session: Session, boses: Member, patient: Enrolled, now: datetime
) -> None:
    known = session.scalars(select(Course)).one()
    session.add(
        Course(clinic_id=boses.clinic.id, patient_id=uuid4(), sealed=known.sealed, changed_at=now)
    )
    session.flush()
    other = session.scalars(select(Course).where(Course.patient_id != patient.id)).one()

    with pytest.raises(Damaged):
        courses.course_of(session, boses, replace(patient, id=other.patient_id))
