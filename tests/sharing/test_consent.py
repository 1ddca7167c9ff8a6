"""Ana's page of what she shares and who looked."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.errors import NotThere
from journal.sharing import grants
from journal.sharing.access import Member, granted
from journal.sharing.grants import Consent
from journal.sharing.models import Grant, Scope
from tests.people import Browser


def in_force(session: Session, patient: Account) -> Grant:
    grant = session.scalars(
        select(Grant)
        .where(Grant.patient_id == patient.id, Grant.withdrawn_at.is_(None))
        .execution_options(populate_existing=True)
    ).one()
    session.commit()
    return grant


def test_it_says_what_the_clinic_sees(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(frozenset({Scope.NUMBERS})), now)
    session.commit()

    page = anas_phone.get("/sharing").text

    assert f"{boses.clinic.name} sees your numbers from" in page
    hidden = "your notes, your medicines, and what you noticed after infusions"
    assert f"They do not see {hidden}." in page


def test_one_tap_stops_it_at_once(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grant = in_force(session, ana)

    answer = anas_phone.send_form(f"/sharing/grants/{grant.id}/withdrawal")

    assert answer.status_code == 303
    with pytest.raises(NotThere):
        granted(session, boses, ana.id, now)
    assert "sees nothing of your journal" in anas_phone.get("/sharing").text


def test_changing_keeps_the_day_it_began_with(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    began = now.date()
    grants.give(session, ana, boses.clinic.id, Consent(frozenset({Scope.NUMBERS}), began), now)
    session.commit()

    anas_phone.send_form(
        f"/sharing/clinics/{boses.clinic.id}/grants", notes="y", first="kept", until="open"
    )

    grant = in_force(session, ana)
    assert (grant.scopes, grant.first_day) == (["notes"], began)


def test_what_she_noticed_is_a_choice_of_its_own(
    session: Session, anas_phone: Browser, ana: Account, boses: Member
) -> None:
    path = f"/sharing/clinics/{boses.clinic.id}"

    anas_phone.send_form(f"{path}/grants", side_effects="y", first="all", until="open")

    assert in_force(session, ana).scopes == ["side_effects"]
    assert "sees what you noticed after infusions from" in anas_phone.get("/sharing").text
    assert 'name="side_effects" type="checkbox"' in anas_phone.get(path).text


def test_a_choice_that_is_not_there_changes_nothing(
    session: Session, anas_phone: Browser, ana: Account, boses: Member
) -> None:
    before = in_force(session, ana).id

    answer = anas_phone.send_form(
        f"/sharing/clinics/{boses.clinic.id}/grants", notes="y", until="for ever and ever"
    )

    assert answer.status_code == 400
    assert in_force(session, ana).id == before


@pytest.mark.assures("A15")
def test_nobody_chooses_for_whom_or_since_when(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, coles: Member
) -> None:
    anas_phone.send_form(
        f"/sharing/clinics/{boses.clinic.id}/grants",
        numbers="y",
        clinic_id=str(coles.clinic.id),
        patient_id=str(coles.account.id),
        given_at="2020-01-01",
    )

    grant = in_force(session, ana)
    assert grant.clinic_id == boses.clinic.id
    assert grant.given_at.year > 2020


def test_a_clinic_she_is_no_patient_of_is_not_there(anas_phone: Browser, coles: Member) -> None:
    page = anas_phone.get(f"/sharing/clinics/{coles.clinic.id}")
    form = anas_phone.send_form(f"/sharing/clinics/{coles.clinic.id}/grants", numbers="y")

    assert (page.status_code, form.status_code) == (404, 404)


def test_changing_keeps_the_day_it_ends_with(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    until = now + timedelta(days=50)
    grants.give(session, ana, boses.clinic.id, Consent(frozenset(Scope), None, until), now)
    session.commit()

    anas_phone.send_form(
        f"/sharing/clinics/{boses.clinic.id}/grants", notes="y", first="all", until="kept"
    )

    assert in_force(session, ana).expires_at == until


def test_the_page_to_change_it_shows_what_holds(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    until = now + timedelta(days=50)
    consent = Consent(frozenset({Scope.NOTES}), now.date(), until)
    grants.give(session, ana, boses.clinic.id, consent, now)
    session.commit()

    page = anas_phone.get(f"/sharing/clinics/{boses.clinic.id}").text

    assert page.count(", as now") == 2
    assert page.count("checked") == 3


def test_it_says_when_sharing_ends_by_itself(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    until = now + timedelta(days=50)
    grants.give(session, ana, boses.clinic.id, Consent(frozenset(Scope), None, until), now)
    session.commit()

    assert "This ends by itself on" in anas_phone.get("/sharing").text


@pytest.mark.assures("A03")
def test_someone_elses_grant_looks_like_none(
    session: Session, anas_phone: Browser, dr_boses_desk: Browser, ana: Account
) -> None:
    grant = in_force(session, ana)

    hers = dr_boses_desk.send_form(f"/sharing/grants/{grant.id}/withdrawal")
    unknown = dr_boses_desk.send_form(f"/sharing/grants/{uuid4()}/withdrawal")

    assert (hers.status_code, hers.text) == (unknown.status_code, unknown.text) == (404, hers.text)


@pytest.mark.assures("D03")
def test_who_looked_stands_there(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    granted(session, boses, ana.id, now)
    session.commit()

    assert "Dr Bose looked at your journal today at" in anas_phone.get("/sharing").text
