"""Dr Bose helps Ana back in, with a code that works tomorrow."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import recovery
from journal.accounts.models import Account, Recovery
from journal.sharing.models import Enrolment
from tests.people import Browser

CODE = re.compile(r'<p class="code" translate="no">([A-Z2-7 ]+)</p>')
MINUTE = timedelta(minutes=1)


@pytest.fixture
def asks(page: str) -> str:
    return f"{page}/recovery"


@pytest.mark.assures("A16")
def test_the_code_on_the_page_lets_her_in_tomorrow(
    session: Session, dr_boses_desk: Browser, asks: str, ana: Account, now: datetime
) -> None:
    answer = dr_boses_desk.send_form(asks)

    found = CODE.search(answer.text)
    assert answer.status_code == 201
    assert found
    tomorrow = now + recovery.DELAY + MINUTE
    assert recovery.find(session, found[1], tomorrow).account_id == ana.id


@pytest.mark.assures("A16")
def test_it_does_not_let_her_in_today(
    session: Session, dr_boses_desk: Browser, asks: str, now: datetime
) -> None:
    found = CODE.search(dr_boses_desk.send_form(asks).text)

    assert found
    with pytest.raises(recovery.NotOpen) as error:
        recovery.find(session, found[1], now + recovery.DELAY - MINUTE)
    assert error.value.state is recovery.State.EARLY


def test_it_is_shown_this_once(dr_boses_desk: Browser, asks: str, page: str) -> None:
    found = CODE.search(dr_boses_desk.send_form(asks).text)

    assert found
    assert found[1] not in dr_boses_desk.get(page).text


@pytest.mark.assures("A16", "D03")
def test_she_is_told_wherever_she_is_signed_in_and_can_stop_it(
    session: Session, dr_boses_desk: Browser, anas_phone: Browser, asks: str
) -> None:
    dr_boses_desk.send_form(asks)

    assert "Stop it." in anas_phone.get("/history").text
    assert "Dr Bose" in anas_phone.get("/sharing").text
    anas_phone.send_form("/account/recovery/stopping")
    assert session.scalars(select(Recovery)).one().stopped_at is not None


@pytest.mark.assures("A16")
def test_a_second_one_replaces_the_first(
    session: Session, dr_boses_desk: Browser, asks: str, now: datetime
) -> None:
    first = CODE.search(dr_boses_desk.send_form(asks).text)
    dr_boses_desk.send_form(asks)

    assert first
    with pytest.raises(recovery.NotOpen) as error:
        recovery.find(session, first[1], now + recovery.DELAY + MINUTE)
    assert error.value.state is recovery.State.STOPPED


def test_she_is_helped_without_sharing_anything(
    dr_boses_desk: Browser, page: str, asks: str, withdrawn: None
) -> None:
    assert f'action="{asks}"' in dr_boses_desk.get(f"{page}/infusions").text
    assert dr_boses_desk.send_form(asks).status_code == 201


@pytest.mark.assures("A03")
def test_someone_who_is_no_patient_here_any_more_is_not_there(
    session: Session, dr_boses_desk: Browser, ana: Account, asks: str, now: datetime
) -> None:
    enrolment = session.scalars(select(Enrolment).where(Enrolment.patient_id == ana.id)).one()
    enrolment.until = now
    session.commit()

    answer = dr_boses_desk.send_form(asks)

    assert answer.status_code == 404
    assert session.scalars(select(Recovery)).all() == []


@pytest.mark.assures("A03")
def test_another_clinic_helps_nobody_in(
    session: Session, dr_coles_desk: Browser, asks: str
) -> None:
    answer = dr_coles_desk.send_form(asks)

    assert answer.status_code == 404
    assert session.scalars(select(Recovery)).all() == []


def test_looking_makes_no_code(session: Session, dr_boses_desk: Browser, asks: str) -> None:
    assert dr_boses_desk.get(asks).status_code == 405
    assert session.scalars(select(Recovery)).all() == []
