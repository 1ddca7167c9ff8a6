"""Dr Bose records what was given; the record is the clinic's own."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.infusions.models import Infusion
from journal.sharing.models import Clinic
from tests.clinic.desk import figure, give, rows_of, text
from tests.people import Browser, People
from tests.statements import recorded, scans

DAY = timedelta(days=1)


@pytest.fixture
def record(page: str) -> str:
    return f"{page}/infusions"


@pytest.fixture
def typed(today: date) -> dict[str, str]:
    """What Dr Bose writes into the form."""
    return {"day": str(today - DAY), "at": "14:30", "dose_mg": "42.5", "minutes": "40"}


@pytest.fixture
def letter(now: datetime) -> dict[str, Any]:
    """The same as a script sends it."""
    at = (now - DAY).isoformat(timespec="milliseconds")
    return {"given_at": at, "dose_mg": 42.5, "minutes": 40}


def kept(session: Session) -> list[Infusion]:
    return list(session.scalars(select(Infusion)))


def test_what_was_typed_is_recorded(
    session: Session, dr_boses_desk: Browser, dr_bose: Account, record: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(record, **typed)

    [one] = kept(session)
    assert (answer.status_code, answer.location) == (303, record)
    assert (str(one.day), one.dose_mg, one.minutes) == (typed["day"], 42.5, 40)
    assert one.recorded_by == dr_bose.id


def test_the_page_says_what_was_recorded(
    dr_boses_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, **typed)

    seen = text(dr_boses_desk.get(record).text)

    assert "Recorded. Ana can see that you did." in seen
    assert "2:30" in seen
    assert "42.5 mg in 40 minutes" in seen


def test_it_marks_the_charts(
    dr_boses_desk: Browser, page: str, record: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, **typed)

    pain = figure(dr_boses_desk.get(page).text, "pain")

    assert rows_of(pain) == [(typed["day"], "", "infusion")]


def test_a_comma_is_a_point(
    session: Session, dr_boses_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, **{**typed, "dose_mg": "42,5"})

    assert [one.dose_mg for one in kept(session)] == [42.5]


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("day", "", "needed"),
        ("day", "2099-01-01", "in the future"),
        ("day", "1887-01-01", "Check the year"),
        ("at", "", "needed"),
        ("dose_mg", "", "needed"),
        ("dose_mg", "plenty", "Write the dose in digits"),
        ("dose_mg", "0", "A dose is above 0"),
        ("dose_mg", "1001", "A dose is above 0"),
        ("dose_mg", "nan", "A dose is above 0"),
        ("minutes", "", "needed"),
        ("minutes", "4.5", "Write whole minutes"),
        ("minutes", "601", "between 1 and 600"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(
    session: Session,
    dr_boses_desk: Browser,
    record: str,
    typed: dict[str, str],
    field: str,
    wrong: str,
    said: str,
) -> None:
    tried = {**typed, field: wrong}

    answer = dr_boses_desk.send_form(record, **tried)

    assert answer.status_code == 400
    assert said in answer.text
    assert [value for value in tried.values() if f'value="{value}"' not in answer.text] == []
    assert kept(session) == []


def test_an_unusual_dose_is_asked_about_first(
    session: Session, dr_boses_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(record, **{**typed, "dose_mg": "425"})

    assert answer.status_code == 400
    assert "over 200 mg is unusual" in answer.text
    assert kept(session) == []


def test_and_recorded_when_she_is_sure(
    session: Session, dr_boses_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(record, **{**typed, "dose_mg": "425", "sure": "y"})

    assert answer.status_code == 303
    assert [one.dose_mg for one in kept(session)] == [425]


def test_the_same_form_twice_is_one_infusion(
    session: Session, dr_boses_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, **typed)

    again = dr_boses_desk.send_form(record, **typed)

    assert again.status_code == 409
    assert "recorded already" in again.text
    assert len(kept(session)) == 1


def test_a_letter_is_answered_with_what_was_kept(
    dr_boses_desk: Browser, riverbend: Clinic, record: str, letter: dict[str, Any]
) -> None:
    infusion, given_at = uuid4(), datetime.fromisoformat(letter["given_at"])

    answer = dr_boses_desk.send_json("PUT", f"{record}/{infusion}", letter)

    assert answer.status_code == 200
    day = given_at.astimezone(ZoneInfo(riverbend.zone)).date()
    assert answer.json == {"id": str(infusion), "day": str(day), **letter}


def test_the_same_letter_again_changes_nothing(
    session: Session, dr_boses_desk: Browser, record: str, letter: dict[str, Any]
) -> None:
    path = f"{record}/{uuid4()}"
    first = dr_boses_desk.send_json("PUT", path, letter)

    again = dr_boses_desk.send_json("PUT", path, letter)

    assert (again.status_code, again.json) == (200, first.json)
    assert len(kept(session)) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [({"dose_mg": 41}, 409), ({"dose_mg": "41"}, 400), ({"clinic_id": str(uuid4())}, 400)],
)
def test_another_letter_of_that_name_is_refused(
    session: Session,
    dr_boses_desk: Browser,
    record: str,
    letter: dict[str, Any],
    change: dict[str, Any],
    status: int,
) -> None:
    path = f"{record}/{uuid4()}"
    dr_boses_desk.send_json("PUT", path, letter)

    answer = dr_boses_desk.send_json("PUT", path, {**letter, **change})

    assert answer.status_code == status
    assert [one.dose_mg for one in kept(session)] == [42.5]


def test_one_recorded_in_error_is_taken_back_and_stays_readable(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    one = give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.send_form(f"{record}/{one.id}/striking")

    seen = text(dr_boses_desk.get(record).text)
    assert (answer.status_code, answer.location) == (303, record)
    assert "None yet." in seen
    assert "35 mg in 40 minutes recorded in error" in seen


@pytest.mark.assures("A03")
def test_another_clinics_infusion_is_not_hers_to_take_back(
    session: Session, dr_boses_desk: Browser, ana: Account, people: People, record: str, today: date
) -> None:
    one = give(session, people.hillside, ana, today - DAY)

    answer = dr_boses_desk.send_form(f"{record}/{one.id}/striking")

    assert answer.status_code == 404
    assert kept(session)[0].struck_at is None


def test_after_withdrawal_the_clinics_own_record_stays(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    record: str,
    today: date,
    withdrawn: None,
) -> None:
    give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.get(record)

    assert "35 mg in 40 minutes" in answer.text
    assert "They share nothing of their journal with you now." in answer.text
    assert f'href="{page}"' not in answer.text


def test_and_can_be_written_on(
    session: Session, dr_boses_desk: Browser, record: str, typed: dict[str, str], withdrawn: None
) -> None:
    assert dr_boses_desk.send_form(record, **typed).status_code == 303


@pytest.mark.assures("A03")
def test_for_another_clinic_there_is_no_record(
    session: Session, dr_coles_desk: Browser, record: str, typed: dict[str, str]
) -> None:
    seen = dr_coles_desk.get(record)
    sent = dr_coles_desk.send_form(record, **typed)

    assert (seen.status_code, sent.status_code) == (404, 404)
    assert kept(session) == []


def test_what_it_asks_of_the_database_does_not_grow(
    session: Session,
    app: Flask,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    with recorded(app.extensions["engine"]) as with_none:
        dr_boses_desk.get(record)
    for back in range(1, 31):
        give(session, riverbend, ana, today - back * DAY)

    with recorded(app.extensions["engine"]) as with_many:
        seen = dr_boses_desk.get(record).text

    assert seen.count("35 mg") == 30
    assert len(with_many) <= len(with_none) <= 8


@pytest.mark.both_databases
def test_no_table_is_read_from_end_to_end(
    app: Flask, engine: Engine, dr_boses_desk: Browser, record: str, letter: dict[str, Any]
) -> None:
    with recorded(app.extensions["engine"]) as statements:
        dr_boses_desk.get(record)
        dr_boses_desk.send_json("PUT", f"{record}/{uuid4()}", letter)

    assert scans(engine, statements) == []
