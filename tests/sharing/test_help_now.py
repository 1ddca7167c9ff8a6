"""Help now is there for everyone, whatever else has failed."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.sharing.access import Member
from journal.sharing.clinics import Line
from tests.people import Browser

SAMARITANS = Line("Samaritans", call="116123")


def test_a_stranger_finds_988_and_911(stranger: Browser) -> None:
    page = stranger.get("/help-now").text

    assert "tel:988" in page
    assert "tel:911" in page


def test_it_says_that_nobody_watches(stranger: Browser) -> None:
    assert "Nobody watches this in real time" in stranger.get("/help-now").text


def test_a_stranger_finds_the_lines_of_the_clinics_here(
    session: Session, boses: Member, stranger: Browser
) -> None:
    boses.clinic.crisis_lines = [vars(SAMARITANS)]
    session.commit()

    page = stranger.get("/help-now").text

    assert "tel:116123" in page


def test_ana_finds_her_clinic_too(
    session: Session, ana: Account, boses: Member, anas_phone: Browser
) -> None:
    boses.clinic.telephone, boses.clinic.hours = "5550100", "Weekdays, 9 to 17"
    session.commit()

    page = anas_phone.get("/help-now").text

    assert "tel:5550100" in page
    assert "Weekdays, 9 to 17" in page


def test_her_phone_learns_whom_she_can_call(
    session: Session, boses: Member, anas_phone: Browser
) -> None:
    boses.clinic.telephone, boses.clinic.hours = "(555) 010-0100", "Weekdays, 9 to 17"
    session.commit()

    answer = anas_phone.get("/help-now/clinics")

    riverbend = {
        "name": "Riverbend",
        "telephone": "(555) 010-0100",
        "hours": "Weekdays, 9 to 17",
        "emergency": "911",
    }
    assert answer.get_json() == {"clinics": [riverbend]}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_clinic_that_has_said_nothing_has_a_name_all_the_same(
    session: Session, boses: Member, anas_phone: Browser
) -> None:
    boses.clinic.crisis_lines = []
    session.commit()

    answer = anas_phone.get("/help-now/clinics").get_json()

    riverbend = {"name": "Riverbend", "telephone": None, "hours": None, "emergency": None}
    assert answer == {"clinics": [riverbend]}


def test_it_tells_a_stranger_nothing_of_anybody(stranger: Browser, ana: Account) -> None:
    page = stranger.get("/help-now").text

    assert ana.name not in page
    assert "Riverbend" not in page


@pytest.mark.assures("F02")
def test_it_is_there_without_a_database(app: Flask, session: Session, anas_phone: Browser) -> None:
    session.rollback()
    session.execute(text("ALTER TABLE sign_ins RENAME TO gone"))
    session.execute(text("ALTER TABLE clinics RENAME TO gone_too"))
    session.commit()

    answer = anas_phone.get("/help-now")

    assert answer.status_code == 200
    assert "tel:988" in answer.text
