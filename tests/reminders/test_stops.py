"""A clinic stops all messages to Ana, is seen doing it, and lets them go on."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.push.models import Delivery, Device, Outcome
from journal.reminders import stops
from journal.reminders.models import MessageStop, Rule
from journal.sharing.access import member_of
from journal.sharing.models import Enrolment
from tests.people import Browser, People
from tests.reminders.conftest import AFTERNOON, EIGHT, Plans


@pytest.fixture
def messages(ana: Account) -> str:
    return f"/clinic/patients/{ana.id}/messages"


def audited(session: Session) -> list[str]:
    actions = select(AuditEvent.action).order_by(AuditEvent.id)
    return [one for one in session.scalars(actions) if one.startswith("messages.")]


@pytest.mark.assures("D01")
def test_stopping_is_audited_and_said_on_the_page(
    session: Session, dr_boses_desk: Browser, ana: Account, messages: str
) -> None:
    answer = dr_boses_desk.send_form(f"{messages}/stopping")

    assert answer.location == f"/clinic/patients/{ana.id}/infusions"
    assert "Nothing is sent to them since" in dr_boses_desk.get(answer.location).text
    assert audited(session) == ["messages.stopped"]


@pytest.mark.assures("D01")
def test_stopping_twice_is_stopping_once(
    session: Session, dr_boses_desk: Browser, messages: str
) -> None:
    dr_boses_desk.send_form(f"{messages}/stopping")
    dr_boses_desk.send_form(f"{messages}/stopping")

    assert len(session.scalars(select(MessageStop)).all()) == 1
    assert audited(session) == ["messages.stopped"]


@pytest.mark.assures("D01")
def test_resumed_it_is_over_and_audited(
    session: Session, dr_boses_desk: Browser, ana: Account, messages: str
) -> None:
    dr_boses_desk.send_form(f"{messages}/stopping")
    dr_boses_desk.send_form(f"{messages}/resuming")

    assert stops.stopped_by(session, ana.id) is None
    assert audited(session) == ["messages.stopped", "messages.resumed"]


def test_resuming_what_was_not_stopped_is_nothing(
    session: Session, dr_boses_desk: Browser, messages: str
) -> None:
    dr_boses_desk.send_form(f"{messages}/resuming")

    assert audited(session) == []


@pytest.mark.assures("D03")
def test_ana_reads_who_did_it(dr_boses_desk: Browser, anas_phone: Browser, messages: str) -> None:
    dr_boses_desk.send_form(f"{messages}/stopping")
    dr_boses_desk.send_form(f"{messages}/resuming")

    page = anas_phone.get("/sharing").text

    assert "Dr Bose stopped all messages to you today" in page
    assert "Dr Bose let messages to you go on today" in page


@pytest.mark.parametrize("ending", ["stopping", "resuming"])
@pytest.mark.assures("A03")
def test_another_clinic_stops_nothing(
    session: Session, dr_coles_desk: Browser, messages: str, ending: str
) -> None:
    answer = dr_coles_desk.send_form(f"{messages}/{ending}")

    assert answer.status_code == 404
    assert session.scalars(select(MessageStop)).all() == []


@pytest.mark.assures("A03")
def test_nor_does_hers_once_she_has_left_it(
    session: Session, dr_boses_desk: Browser, ana: Account, messages: str, now: datetime
) -> None:
    enrolled = session.scalars(select(Enrolment).where(Enrolment.patient_id == ana.id)).one()
    enrolled.until = now
    session.commit()

    answer = dr_boses_desk.send_form(f"{messages}/stopping")

    assert answer.status_code == 404
    assert session.scalars(select(MessageStop)).all() == []


def test_one_clinic_does_not_resume_what_another_stopped(
    session: Session, people: People, rule: Rule, phone: Device, plans: Plans
) -> None:
    stops.stop(session, member_of(session, people.bose), people.ana.id, AFTERNOON)

    stops.resume(session, member_of(session, people.cole), people.ana.id, AFTERNOON)

    assert stops.stopped_by(session, people.ana.id) == "Riverbend"
    assert outcomes(plans(EIGHT)) == [Outcome.STOPPED]


def test_after_it_went_on_she_is_asked(
    session: Session, people: People, rule: Rule, phone: Device, plans: Plans
) -> None:
    boses = member_of(session, people.bose)
    stops.stop(session, boses, people.ana.id, AFTERNOON)
    assert stops.stopped_here(session, boses, people.ana.id) == AFTERNOON

    stops.resume(session, boses, people.ana.id, AFTERNOON)

    assert stops.stopped_here(session, boses, people.ana.id) is None
    assert outcomes(plans(EIGHT)) == [None]


def outcomes(made: list[Delivery]) -> list[str | None]:
    return [one.outcome for one in made]
