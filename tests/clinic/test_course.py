"""Why Ana is treated, by which plan, from which baseline: the clinic's own record."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.infusions import treated
from journal.infusions.courses import course_of
from journal.infusions.models import Course
from journal.sharing import looks
from journal.sharing.access import enrolled, member_of
from tests.clinic.desk import text
from tests.people import Browser, People, signed_in

DAY = timedelta(days=1)
WAS = re.compile(r'name="was" type="hidden" value="([^"]*)"')


@pytest.fixture
def course(page: str) -> str:
    return f"{page}/course"


@pytest.fixture
def typed(today: date) -> dict[str, str]:
    """What Dr Bose writes about Ana's course."""
    return {
        "diagnosis": "Chronic pain in the left foot",
        "beside-0-name": "Physiotherapy",
        "beside-0-since": str(today - 30 * DAY),
        "beside-1-name": "",
        "plan": "induction",
        "infusions": "6",
        "weeks": "3",
        "consent_on": str(today - 2 * DAY),
        "pain_baseline": "7,5",
        "mood_baseline": "3",
    }


@pytest.fixture
def kims_desk(app: Flask, session: Session, people: People) -> Browser:
    return signed_in(app, session, people.kim)


def kept(session: Session) -> list[Course]:
    session.expire_all()
    found = list(session.scalars(select(Course)))
    session.commit()
    return found


def test_what_was_typed_is_kept_and_shown_again(
    session: Session, dr_boses_desk: Browser, course: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(course, **typed)

    seen = dr_boses_desk.get(course).text
    [one] = kept(session)
    assert (answer.status_code, answer.location) == (303, course)
    assert one.plan == {"kind": "induction", "infusions": 6, "weeks": 3}
    assert [value for value in typed.values() if value.replace(",", ".") not in seen] == []
    assert "Set by Dr Bose on" in text(seen)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"plan": "induction"}, "Plan: 6 infusions in 3 weeks."),
        ({"plan": "maintenance", "days": "14"}, "Plan: one every 14 days."),
        ({"plan": "as needed"}, "Plan: as needed."),
    ],
)
def test_it_stands_over_the_infusions(
    dr_boses_desk: Browser,
    page: str,
    course: str,
    typed: dict[str, str],
    plan: dict[str, str],
    said: str,
) -> None:
    before = text(dr_boses_desk.get(f"{page}/infusions").text)

    dr_boses_desk.send_form(course, **{**typed, **plan})

    seen = text(dr_boses_desk.get(f"{page}/infusions").text)
    assert "No consent is written down." in before
    assert "Chronic pain in the left foot" in seen
    assert said in seen
    assert "Consent on " in seen


def test_a_baseline_is_kept_as_severity_and_reaches_the_reckoning(
    session: Session,
    dr_boses_desk: Browser,
    dr_bose: Account,
    ana: Account,
    course: str,
    typed: dict[str, str],
) -> None:
    dr_boses_desk.send_form(course, **typed)

    bose = member_of(session, dr_bose)
    known = treated.at_clinic(session, bose, enrolled(session, bose, ana.id))
    assert known.baselines == {"pain": 7.5, "mood": 7.0}


def test_who_set_the_baseline_stays_when_something_else_changes(
    session: Session,
    dr_boses_desk: Browser,
    kims_desk: Browser,
    dr_bose: Account,
    course: str,
    typed: dict[str, str],
) -> None:
    dr_boses_desk.send_form(course, **typed)

    kims_desk.send_form(course, **{**typed, "diagnosis": "Low mood"})

    [one] = kept(session)
    assert one.baseline_by == dr_bose.id
    assert one.changed_by != dr_bose.id


@pytest.mark.assures("D01")
def test_ana_can_read_that_it_was_changed_and_the_same_again_is_no_change(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    course: str,
    typed: dict[str, str],
) -> None:
    dr_boses_desk.send_form(course, **typed)
    dr_boses_desk.send_form(course, **typed)

    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "course.changed")).all()
    assert [(event.patient_id, event.about["name"]) for event in events] == [(ana.id, "Dr Bose")]
    assert "course.changed" in looks.SAID


def test_all_of_it_can_be_taken_out_again(
    session: Session,
    dr_boses_desk: Browser,
    dr_bose: Account,
    ana: Account,
    course: str,
    typed: dict[str, str],
) -> None:
    dr_boses_desk.send_form(course, **typed)

    dr_boses_desk.send_form(course, **dict.fromkeys(typed, ""))

    bose = member_of(session, dr_bose)
    told = course_of(session, bose, enrolled(session, bose, ana.id)).told
    assert (told.diagnosis, told.beside, told.plan, told.consent_on) == (None, (), {}, None)
    assert (told.pain_baseline, told.mood_baseline) == (None, None)


def was(page: str) -> str:
    """What a page carries along of what it showed."""
    return unescape(WAS.findall(page)[0])


def test_what_someone_else_changed_meanwhile_stays(
    session: Session,
    dr_boses_desk: Browser,
    kims_desk: Browser,
    course: str,
    typed: dict[str, str],
) -> None:
    dr_boses_desk.send_form(course, **typed)
    shown = was(dr_boses_desk.get(course).text)
    kims_desk.send_form(course, **{**typed, "infusions": "8"}, was=shown)

    dr_boses_desk.send_form(course, **{**typed, "diagnosis": "Low mood"}, was=shown)

    seen = text(dr_boses_desk.get(f"{course.removesuffix('course')}infusions").text)
    assert "Low mood" in seen
    assert "Plan: 8 infusions in 3 weeks." in seen
    assert [one.plan["infusions"] for one in kept(session)] == [8]


def test_what_was_said_before_stays_readable(
    dr_boses_desk: Browser, kims_desk: Browser, course: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(course, **typed)
    first = text(dr_boses_desk.get(course).text)

    kims_desk.send_form(course, **{**typed, "diagnosis": "Low mood", "mood_baseline": "4"})
    kims_desk.send_form(course, **{**typed, "diagnosis": "Grief", "plan": "as needed"})

    seen = text(dr_boses_desk.get(course).text)
    assert "Said before" not in first
    assert seen.count("changed by Kim") == 2
    assert "Why they are treated: Chronic pain in the left foot Baseline of mood: 3" in seen
    assert "Why they are treated: Low mood Plan: 6 infusions in 3 weeks." in seen


@pytest.mark.parametrize("carried", ["", "{}x", "[]", '{"beside": [{}]}', '{"consent_on": "soon"}'])
def test_a_page_that_was_tampered_with_changes_nothing(
    session: Session, dr_boses_desk: Browser, course: str, typed: dict[str, str], carried: str
) -> None:
    answer = dr_boses_desk.send_form(course, **typed, was=carried)

    assert answer.status_code == 400
    assert kept(session) == []


def test_for_someone_who_has_left_it_is_read_and_not_changed(
    session: Session, dr_boses_desk: Browser, course: str, typed: dict[str, str], left: None
) -> None:
    sent, seen = dr_boses_desk.send_form(course, **typed), dr_boses_desk.get(course)

    assert (sent.status_code, seen.status_code) == (409, 200)
    assert "Ana is no longer a patient of your clinic." in sent.text
    assert kept(session) == []


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("diagnosis", "x" * 501, "at most 500"),
        ("beside-0-name", "", "Say which treatment"),
        ("beside-0-until", "2001-01-01", "cannot end before"),
        ("plan", "whatever", "Not a valid choice"),
        ("infusions", "", "Write the numbers of this plan"),
        ("infusions", "six", "whole number"),
        ("weeks", "60", "between 1 and 52"),
        ("consent_on", "2999-01-01", "still to come"),
        ("pain_baseline", "11", "between 0 and 10"),
        ("mood_baseline", "low", "Write it in digits"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    session: Session,
    dr_boses_desk: Browser,
    course: str,
    typed: dict[str, str],
    field: str,
    wrong: str,
    said: str,
) -> None:
    answer = dr_boses_desk.send_form(course, **{**typed, field: wrong})

    assert answer.status_code == 400
    assert said in answer.text
    assert kept(session) == []


@pytest.mark.assures("A03")
def test_for_another_clinic_there_is_no_course(
    session: Session, dr_coles_desk: Browser, course: str, typed: dict[str, str]
) -> None:
    seen, sent = dr_coles_desk.get(course), dr_coles_desk.send_form(course, **typed)

    assert (seen.status_code, sent.status_code) == (404, 404)
    assert kept(session) == []


def test_after_withdrawal_it_can_still_be_read(
    dr_boses_desk: Browser, course: str, typed: dict[str, str], withdrawn: None
) -> None:
    dr_boses_desk.send_form(course, **typed)

    assert "Physiotherapy" in dr_boses_desk.get(course).text


def test_beside_the_infusions_each_part_of_it_stands_on_its_own_line(
    dr_boses_desk: Browser, page: str, course: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(course, **typed)

    seen = dr_boses_desk.get(f"{page}/infusions").text

    assert '<p dir="auto">Chronic pain in the left foot</p><p dir="auto">Plan: ' in seen
    assert '<p dir="auto">Beside it: Physiotherapy (' in seen
