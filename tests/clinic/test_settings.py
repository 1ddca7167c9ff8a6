"""An administrator settles what patients are told about the clinic."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.infusions import days
from journal.sharing.access import member_of
from journal.sharing.models import Clinic, Membership, Role
from tests.people import Browser

SETTLED = {
    "name": "Riverside",
    "telephone": "(555) 010-0100",
    "hours": "Weekdays, 9 to 17",
    "lines-0-label": "Samaritans",
    "lines-0-call": "116 123",
    "lines-0-text_to": "",
}


@pytest.fixture
def clinic(session: Session, dr_bose: Account) -> Clinic:
    membership = session.scalars(
        select(Membership).where(Membership.account_id == dr_bose.id)
    ).one()
    membership.role = Role.ADMINISTRATOR
    settled = member_of(session, dr_bose).clinic
    session.commit()
    return settled


def test_the_page_shows_how_it_is(session: Session, dr_boses_desk: Browser, clinic: Clinic) -> None:
    page = dr_boses_desk.get("/clinic/settings").text

    assert f'value="{clinic.name}"' in page
    assert 'value="988"' in page


def test_what_is_saved_holds(session: Session, dr_boses_desk: Browser, clinic: Clinic) -> None:
    session.commit()

    answer = dr_boses_desk.send_form("/clinic/settings", **SETTLED)

    assert answer.status_code == 303
    session.refresh(clinic)
    assert (clinic.name, clinic.hours) == ("Riverside", "Weekdays, 9 to 17")
    assert [line["label"] for line in clinic.crisis_lines] == ["Samaritans"]


def test_a_change_is_written_down(session: Session, dr_boses_desk: Browser, clinic: Clinic) -> None:
    session.commit()

    dr_boses_desk.send_form("/clinic/settings", **SETTLED)

    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.clinic_id) == ("clinic.changed", clinic.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"telephone": "call us"},
        {"lines-0-label": "", "lines-0-call": ""},
        {"lines-0-label": ""},
        {"lines-0-call": ""},
        {"lines-0-call": "javascript:alert(1)"},
        {"hours": "x" * 301},
    ],
)
def test_what_cannot_be_taken_changes_nothing_and_is_kept(
    session: Session, dr_boses_desk: Browser, clinic: Clinic, wrong: dict[str, str]
) -> None:
    before = clinic.name
    session.commit()

    answer = dr_boses_desk.send_form("/clinic/settings", **{**SETTLED, "lines-1-note": "", **wrong})

    assert answer.status_code == 400
    assert "another look" in answer.text
    session.refresh(clinic)
    assert clinic.name == before


def test_only_an_administrator_may(
    session: Session, dr_boses_desk: Browser, dr_bose: Account, clinic: Clinic
) -> None:
    membership = session.scalars(
        select(Membership).where(Membership.account_id == dr_bose.id)
    ).one()
    membership.role = Role.CLINICIAN
    session.commit()

    page = dr_boses_desk.get("/clinic/settings")
    form = dr_boses_desk.send_form("/clinic/settings", **SETTLED)

    assert (page.status_code, form.status_code) == (403, 403)


@pytest.mark.assures("A15")
def test_nobody_settles_another_clinic(
    session: Session, dr_boses_desk: Browser, clinic: Clinic, dr_cole: Account
) -> None:
    elsewhere = member_of(session, dr_cole).clinic
    session.commit()

    dr_boses_desk.send_form("/clinic/settings", **SETTLED, id=str(elsewhere.id))

    session.refresh(elsewhere)
    assert elsewhere.name != "Riverside"


@pytest.mark.assures("B01")
@pytest.mark.parametrize("number", ["²", "12", "-1", "x", "9" * 5000])
def test_a_row_that_cannot_be_is_no_row(
    session: Session, dr_boses_desk: Browser, clinic: Clinic, number: str
) -> None:
    odd = {f"lines-{number}-label": "Nobody", f"lines-{number}-call": "555"}

    answer = dr_boses_desk.send_form("/clinic/settings", **SETTLED, **odd)

    session.refresh(clinic)
    assert answer.status_code == 303
    assert [line["label"] for line in clinic.crisis_lines] == ["Samaritans"]


DAYS = {"checklist": "Eaten nothing for 4 hours\n\nSomeone takes me home\n", "quiet_hours": "6"}


def test_infusion_days_are_as_she_settles_them(
    session: Session, dr_boses_desk: Browser, clinic: Clinic
) -> None:
    answer = dr_boses_desk.send_form("/clinic/settings/infusions", **DAYS)

    wanted = days.wanted_by(session, clinic.id)
    assert answer.status_code == 303
    session.commit()
    assert wanted == days.Wanted(("Eaten nothing for 4 hours", "Someone takes me home"), 6)
    assert "Someone takes me home" in dr_boses_desk.get("/clinic/settings").text


def test_of_that_change_only_what_it_was_about_is_written_down(
    session: Session, dr_boses_desk: Browser, clinic: Clinic
) -> None:
    session.commit()

    dr_boses_desk.send_form("/clinic/settings/infusions", **DAYS)
    dr_boses_desk.send_form("/clinic/settings/infusions", **{**DAYS, "quiet_hours": "8"})
    dr_boses_desk.send_form("/clinic/settings/infusions", **{**DAYS, "quiet_hours": "8"})

    changes = select(AuditEvent.about).where(AuditEvent.action == "clinic.changed")
    assert list(session.scalars(changes.order_by(AuditEvent.id))) == [
        {"changed": ["checklist", "quiet_hours"]},
        {"changed": ["quiet_hours"]},
    ]


def test_until_then_they_are_as_is_usual(session: Session, clinic: Clinic) -> None:
    assert days.wanted_by(session, clinic.id) == days.Wanted((), 4)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("quiet_hours", "25"),
        ("quiet_hours", "some"),
        ("quiet_hours", ""),
        ("checklist", "x" * 121),
        ("checklist", "\n".join(str(line) for line in range(13))),
    ],
)
def test_an_infusion_day_that_cannot_be_changes_nothing_and_keeps_what_was_typed(
    session: Session, dr_boses_desk: Browser, clinic: Clinic, field: str, wrong: str
) -> None:
    answer = dr_boses_desk.send_form("/clinic/settings/infusions", **{**DAYS, field: wrong})

    assert answer.status_code == 400
    assert wrong in answer.text
    assert f'value="{clinic.name}"' in answer.text
    assert days.wanted_by(session, clinic.id) == days.Wanted((), 4)
