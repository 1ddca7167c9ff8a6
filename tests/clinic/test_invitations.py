"""Dr Bose invites someone."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.sharing.access import member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Invitation, Membership
from tests.people import Browser

LINK = re.compile(r"https?://[^\s<\"]+/join/[\w-]+")


@pytest.fixture
def boses_invitation(session: Session, dr_bose: Account) -> Invitation:
    made, _ = invite(session, member_of(session, dr_bose), "Mia", None, datetime.now(UTC))
    session.commit()
    return made


def test_the_page_says_when_to_invite(dr_boses_desk: Browser) -> None:
    assert "a week before the first infusion" in dr_boses_desk.get("/clinic/invitations").text


def test_the_sheet_has_a_link_and_a_code(dr_boses_desk: Browser) -> None:
    sheet = dr_boses_desk.send_form("/clinic/invitations", label="Mia", number="4471")

    assert sheet.status_code == 201
    assert LINK.search(sheet.text)
    assert "<svg" in sheet.text


@pytest.mark.assures("B04")
def test_the_sheet_holds_no_style_that_the_browser_would_refuse(dr_boses_desk: Browser) -> None:
    sheet = dr_boses_desk.send_form("/clinic/invitations", label="Mia")

    assert "style=" not in sheet.text


def test_the_link_is_shown_this_once(dr_boses_desk: Browser) -> None:
    sheet = dr_boses_desk.send_form("/clinic/invitations", label="Mia")
    found = LINK.search(sheet.text)

    listed = dr_boses_desk.get("/clinic/invitations").text

    assert found
    assert found[0].rsplit("/", 1)[1] not in listed
    assert "Mia" in listed


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_an_invitation_needs_to_be_for_someone(dr_boses_desk: Browser, label: str) -> None:
    answer = dr_boses_desk.send_form("/clinic/invitations", label=label, number="4471")

    assert answer.status_code == 400
    assert "4471" in answer.text


@pytest.mark.assures("B03")
def test_a_label_is_shown_as_text(dr_boses_desk: Browser) -> None:
    dr_boses_desk.send_form("/clinic/invitations", label="<script>alert(1)</script>")

    assert "<script>alert" not in dr_boses_desk.get("/clinic/invitations").text


@pytest.mark.assures("A15")
def test_nobody_invites_for_another_clinic(
    session: Session, dr_boses_desk: Browser, dr_bose: Account, dr_cole: Account
) -> None:
    elsewhere = member_of(session, dr_cole).clinic
    session.commit()

    dr_boses_desk.send_form(
        "/clinic/invitations", label="Mia", clinic_id=str(elsewhere.id), expires_at="2099-01-01"
    )

    made = session.scalars(select(Invitation)).one()
    assert made.clinic_id == member_of(session, dr_bose).clinic.id
    assert made.expires_at.year < 2099


def test_one_can_be_taken_back(
    session: Session, dr_boses_desk: Browser, boses_invitation: Invitation
) -> None:
    session.commit()

    answer = dr_boses_desk.send_form(f"/clinic/invitations/{boses_invitation.id}/revocation")

    assert answer.location == "/clinic/invitations"
    assert "Taken back" in dr_boses_desk.get("/clinic/invitations").text


def test_another_clinics_invitation_is_not_there(
    session: Session, dr_coles_desk: Browser, boses_invitation: Invitation
) -> None:
    session.commit()

    answer = dr_coles_desk.send_form(f"/clinic/invitations/{boses_invitation.id}/revocation")

    assert answer.status_code == 404


@pytest.mark.assures("F05")
def test_a_clinic_without_crisis_lines_cannot_invite(
    session: Session, dr_boses_desk: Browser, dr_bose: Account
) -> None:
    member_of(session, dr_bose).clinic.crisis_lines = []
    session.commit()

    page = dr_boses_desk.get("/clinic/invitations")
    answer = dr_boses_desk.send_form("/clinic/invitations", label="Mia")

    assert "whom patients can call in a crisis" in page.text
    assert answer.status_code == 403


def test_a_patient_finds_nothing_there(anas_phone: Browser) -> None:
    assert anas_phone.get("/clinic/invitations").status_code == 404


@pytest.mark.assures("A13")
def test_whoever_left_a_minute_ago_finds_nothing_there(
    session: Session, dr_boses_desk: Browser, dr_bose: Account
) -> None:
    membership = session.scalars(
        select(Membership).where(Membership.account_id == dr_bose.id)
    ).one()
    membership.until = datetime.now(UTC)
    session.commit()

    assert dr_boses_desk.get("/clinic/invitations").status_code == 404
