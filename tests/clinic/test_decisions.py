"""When relief may be fading, Dr Bose and Ana talk; what they decide is kept, and why."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.infusions.models import Decision
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Scope
from tests.clinic.desk import every_day, give, row_of, text, write
from tests.clinic.series import told
from tests.clinic.test_series import FADING, WELL, reckon
from tests.people import Browser

ONE = timedelta(days=1)
WHY = "She sleeps well and would rather wait."
Decides = Callable[..., TestResponse]


@pytest.fixture
def fading(session: Session, riverbend: Clinic, ana: Account, today: date) -> date:
    """Relief that has been less for five days; the day of the infusion."""
    return told(session, riverbend, ana, today, FADING)


@pytest.fixture
def fading_pain(session: Session, riverbend: Clinic, ana: Account, today: date) -> None:
    """Pain that was less for a fortnight and is not any more; a mood that never changed."""
    write(session, ana, every_day(today, 34, 21, pain_avg=7, mood=3))
    write(session, ana, every_day(today, 19, 5, pain_avg=2, mood=3))
    write(session, ana, every_day(today, 4, 0, pain_avg=7, mood=3))
    give(session, riverbend, ana, today - 20 * ONE)


@pytest.fixture
def decides(dr_boses_desk: Browser, page: str) -> Decides:
    def sent(**fields: Any) -> TestResponse:
        typed = {"decision": str(uuid4()), "measure": "pain", "became": "wait", "why": WHY}
        return dr_boses_desk.send_form(f"{page}/decisions", **(typed | fields))

    return sent


def kept(session: Session) -> list[Decision]:
    session.expire_all()
    return list(session.scalars(select(Decision).order_by(Decision.decided_at)))


@pytest.mark.usefixtures("fading")
def test_the_page_asks_for_a_conversation(dr_boses_desk: Browser, page: str) -> None:
    seen = dr_boses_desk.get(page).text

    assert "Relief may be fading. Time for a conversation." in seen
    assert 'name="became"' in seen


@pytest.mark.usefixtures("fading_pain")
def test_it_is_about_what_is_fading_only(dr_boses_desk: Browser, page: str) -> None:
    seen = dr_boses_desk.get(page).text

    assert 'value="pain"' in seen
    assert 'value="mood"' not in seen


@pytest.mark.usefixtures("fading_pain")
def test_about_anything_else_nothing_is_decided(session: Session, decides: Decides) -> None:
    answer = decides(measure="mood")

    assert answer.status_code == 400
    assert WHY in answer.text
    assert 'value="mood"' not in answer.text
    assert kept(session) == []


def test_once_it_holds_again_what_was_typed_is_still_there(
    session: Session, decides: Decides, riverbend: Clinic, ana: Account, today: date
) -> None:
    told(session, riverbend, ana, today, WELL)

    answer = decides()

    assert answer.status_code == 400
    assert WHY in answer.text
    assert 'name="measure"' not in answer.text
    assert kept(session) == []


def test_while_it_holds_it_asks_for_none(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic, ana: Account, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL)

    assert 'name="became"' not in dr_boses_desk.get(page).text


def test_it_is_kept_with_what_was_known_that_day(
    session: Session, decides: Decides, fading: date
) -> None:
    answer = decides()

    decision = kept(session)[0]
    assert answer.status_code == 303
    assert (decision.measure, decision.became, decision.last_infusion) == ("pain", "wait", fading)
    assert decision.known["status"] == "ongoing"
    assert (decision.known["day"], decision.known["fading"]) == (20, True)


@pytest.mark.usefixtures("fading")
def test_the_page_lists_it_with_who_and_why(
    dr_boses_desk: Browser, decides: Decides, page: str
) -> None:
    decides()

    seen = text(dr_boses_desk.get(page).text)

    assert f"Wait and look again (pain) Dr Bose {WHY}" in seen
    assert "Known then: day 20, 20 of 20 days told" in seen


@pytest.mark.usefixtures("fading")
def test_why_is_sealed(session: Session, decides: Decides) -> None:
    decides()

    assert WHY.encode() not in (kept(session)[0].sealed or b"")


@pytest.mark.usefixtures("fading")
def test_two_clicks_are_one_decision(session: Session, decides: Decides) -> None:
    same = str(uuid4())

    answers = [decides(decision=same).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(kept(session)) == 1


@pytest.mark.assures("D03")
@pytest.mark.usefixtures("fading")
def test_ana_can_read_that_it_was_made(decides: Decides, anas_phone: Browser) -> None:
    decides()

    seen = anas_phone.get("/sharing").text

    assert "Dr Bose wrote down a decision about your treatment today" in seen
    assert WHY not in seen


@pytest.mark.usefixtures("fading")
@pytest.mark.parametrize(
    "fields",
    [
        {"became": ""},
        {"became": "double the dose"},
        {"measure": "sleep"},
        {"why": "  "},
        {"why": "x" * 1001},
        {"decision": "nope"},
        {"decision": ""},
    ],
)
def test_what_is_no_decision_is_asked_for_again(
    session: Session, decides: Decides, fields: dict[str, str]
) -> None:
    answer = decides(**fields)

    assert answer.status_code == 400
    assert "needs another look" in answer.text
    assert kept(session) == []


def test_without_an_infusion_there_is_nothing_to_decide_about(
    session: Session, decides: Decides
) -> None:
    assert decides().status_code == 400
    assert kept(session) == []


@pytest.mark.assures("A03")
@pytest.mark.usefixtures("fading", "only_notes")
def test_without_her_numbers_nothing_is_decided_by_them(session: Session, decides: Decides) -> None:
    assert decides().status_code == 404
    assert kept(session) == []


@pytest.mark.assures("A03")
@pytest.mark.usefixtures("fading")
def test_what_was_known_is_hidden_once_it_is_not_shared(
    session: Session, dr_boses_desk: Browser, decides: Decides, ana: Account, riverbend: Clinic,
    page: str, now: datetime,
) -> None:  # fmt: skip
    decides()
    grants.give(session, ana, riverbend.id, Consent(frozenset({Scope.NOTES})), now)
    session.commit()

    seen = dr_boses_desk.get(page).text

    assert WHY in seen
    assert "Known then" not in seen


@pytest.mark.usefixtures("fading")
@pytest.mark.parametrize(("ago", "asks"), [(0, False), (6, False), (8, True)])
def test_for_a_week_after_it_the_panel_does_not_ask_again(
    session: Session, dr_boses_desk: Browser, decides: Decides, riverbend: Clinic, now: datetime,
    ago: int, asks: bool,
) -> None:  # fmt: skip
    reckon(session, riverbend)
    decides()
    decides(measure="mood")
    for decision in kept(session):
        decision.decided_at = now - ago * ONE
    session.commit()

    row = row_of(dr_boses_desk.get("/clinic").text, "Ana")

    assert ("Relief may be fading" in row) is asks


@pytest.mark.usefixtures("fading")
def test_what_was_decided_about_pain_does_not_silence_mood(
    session: Session, dr_boses_desk: Browser, decides: Decides, riverbend: Clinic
) -> None:
    reckon(session, riverbend)

    decides(measure="pain")

    assert "Relief may be fading" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


@pytest.mark.usefixtures("fading")
def test_it_stays_in_the_clinics_own_record_without_what_was_known_of_her_diary(
    session: Session, dr_boses_desk: Browser, decides: Decides, page: str, ana: Account,
    now: datetime,
) -> None:  # fmt: skip
    decides()
    shared = grants.shared(session, ana.id, now)[0].grant
    assert shared is not None
    grants.withdraw(session, ana, shared.id, now)
    session.commit()

    seen = text(dr_boses_desk.get(f"{page}/infusions").text)

    assert f"Wait and look again (pain) Dr Bose {WHY}" in seen
    assert "Known then" not in seen


@pytest.mark.assures("A02")
@pytest.mark.usefixtures("fading")
def test_another_clinic_decides_nothing(
    session: Session, dr_coles_desk: Browser, page: str
) -> None:
    answer = dr_coles_desk.send_form(f"{page}/decisions", measure="pain", became="wait", why=WHY)

    assert answer.status_code == 404
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
