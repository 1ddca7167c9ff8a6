"""Help now is there for everyone, whatever else has failed."""

from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.sharing.access import Member
from journal.sharing.clinics import Line

SAMARITANS = Line("Samaritans", call="116123")


def test_a_stranger_finds_988_and_911(new_phone: Any) -> None:
    page = new_phone.get("/help-now").text

    assert "tel:988" in page
    assert "tel:911" in page


def test_it_says_that_nobody_watches(new_phone: Any) -> None:
    assert "Nobody watches this in real time" in new_phone.get("/help-now").text


def test_a_stranger_finds_the_lines_of_the_clinics_here(
    session: Session, boses: Member, new_phone: Any
) -> None:
    boses.clinic.crisis_lines = [vars(SAMARITANS)]
    session.commit()

    page = new_phone.get("/help-now").text

    assert "tel:116123" in page


def test_ana_finds_her_clinic_too(
    session: Session, ana: Account, boses: Member, anas_phone: Any
) -> None:
    boses.clinic.telephone, boses.clinic.hours = "5550100", "Weekdays, 9 to 17"
    session.commit()

    page = anas_phone.get("/help-now").text

    assert "tel:5550100" in page
    assert "Weekdays, 9 to 17" in page


def test_it_tells_a_stranger_nothing_of_anybody(new_phone: Any, ana: Account) -> None:
    page = new_phone.get("/help-now").text

    assert ana.name not in page
    assert "Riverbend" not in page


def test_it_is_there_without_a_database(app: Flask, session: Session, anas_phone: Any) -> None:
    session.rollback()
    session.execute(text("ALTER TABLE sign_ins RENAME TO gone"))
    session.execute(text("ALTER TABLE clinics RENAME TO gone_too"))
    session.commit()

    answer = anas_phone.get("/help-now")

    assert answer.status_code == 200
    assert "tel:988" in answer.text
