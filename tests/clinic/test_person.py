"""One patient's page: what Ana shares with Dr Bose, drawn and as numbers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.accounts.people import Reach, keep_reach
from journal.audit.models import AuditEvent
from journal.entries.fold import Medicine, Value
from journal.entries.goals import set_goal
from journal.entries.models import How
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Scope
from tests.clinic.desk import every_day, figure, give, rows_of, text, write
from tests.people import Browser, People
from tests.statements import recorded, scans

DAY = timedelta(days=1)


@pytest.fixture
def fortnight(session: Session, ana: Account, today: date) -> None:
    """Two weeks of everything, until yesterday."""
    write(session, ana, every_day(today, 14, 1, pain_avg=7, mood=3, sleep_hours=6.5))


@pytest.fixture
def words_of_hers(session: Session, ana: Account, today: date) -> None:
    taken: Medicine = {"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": 2}
    said: Mapping[str, Value] = {"note": "Rain all day", "rescue_med": (taken,), "mood": 5}
    write(session, ana, {today - DAY: said})


def test_the_page_says_whose_it_is(dr_boses_desk: Browser, ana: Account) -> None:
    page = dr_boses_desk.get(f"/clinic/patients/{ana.id}").text

    assert "<h1><bdi>Ana</bdi></h1>" in page


@pytest.mark.usefixtures("fortnight")
@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("pain", ("Pain on average", "No pain", "lower is better", "14 days", "from 7 to 7")),
        ("mood", ("Mood", "higher is better", "14 days", "from 3 to 3")),
        ("sleep", ("Hours slept", "14 days", "from 6.5 to 6.5")),
    ],
)
def test_each_chart_says_what_it_shows_and_which_way_is_better(
    dr_boses_desk: Browser, page: str, key: str, said: tuple[str, ...]
) -> None:
    told = " ".join(figure(dr_boses_desk.get(page).text, key).itertext())

    assert [one for one in said if one not in told] == []


def test_each_chart_draws_one_item_only(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, {today: {"pain_avg": 7, "mood": 3, "sleep_hours": 6.5, "pain_worst": 9}})

    seen = dr_boses_desk.get(page).text

    drawn = {key: rows_of(figure(seen, key)) for key in ("pain", "mood", "sleep")}
    assert drawn == {
        "pain": [(str(today), "7", "")],
        "mood": [(str(today), "3", "")],
        "sleep": [(str(today), "6.5 h", "")],
    }


def test_ninety_days_are_shown(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 91, 88, pain_avg=4))

    pain = figure(dr_boses_desk.get(page).text, "pain")

    assert [row[0] for row in rows_of(pain)] == [str(today - 88 * DAY), str(today - 89 * DAY)]


@pytest.mark.parametrize(
    ("query", "days"), [("28", 0), ("90", 2), ("180", 4), ("91", 2), ("x", 2), ("-1", 2), ("", 2)]
)
def test_how_far_back_is_chosen_from_what_is_offered(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    page: str,
    today: date,
    query: str,
    days: int,
) -> None:
    write(session, ana, every_day(today, 91, 88, pain_avg=4))

    answer = dr_boses_desk.get(f"{page}?days={query}")

    assert len(rows_of(figure(answer.text, "pain"))) == days


def test_a_gap_breaks_the_line(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 20, 15, mood=5) | every_day(today, 9, 2, mood=5))

    line = figure(dr_boses_desk.get(page).text, "mood").find(".//path[@class='chart__line']")

    assert line is not None
    assert line.attrib["d"].count("M") == 2


def test_what_was_told_later_is_hollow(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 5, 4, mood=5))
    write(session, ana, every_day(today, 3, 3, mood=5), How.LATE)
    write(session, ana, every_day(today, 2, 2, mood=5), How.CORRECTED)

    mood = figure(dr_boses_desk.get(page).text, "mood")

    hollow = mood.findall(".//g[@class='chart__markers']/use[@class='chart__hollow']")
    assert len(hollow) == 2
    assert [row[2] for row in rows_of(mood)] == ["added later", "added later", "", ""]


def test_infusions_of_the_clinic_are_marked_on_every_chart(
    session: Session, dr_boses_desk: Browser, ana: Account, people: People, page: str, today: date
) -> None:
    given = today - 9 * DAY
    give(session, people.riverbend, ana, given)
    give(session, people.riverbend, ana, today - 8 * DAY, struck_at=datetime.now().astimezone())
    give(session, people.hillside, ana, today - 7 * DAY)

    seen = dr_boses_desk.get(page).text

    marked = [rows_of(figure(seen, key)) for key in ("pain", "mood", "sleep")]
    assert marked == [[(str(given), "", "infusion")]] * 3


@pytest.mark.parametrize(("last", "said"), [(1, "19 of 89 days"), (0, "20 of 90 days")])
def test_coverage_counts_today_once_something_is_there(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    page: str,
    today: date,
    last: int,
    said: str,
) -> None:
    write(session, ana, every_day(today, 19, last, pain_avg=5))

    assert said in text(dr_boses_desk.get(page).text)


@pytest.mark.usefixtures("fortnight")
@pytest.mark.parametrize("days", [28, 1095])
def test_coverage_begins_with_what_she_shares(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
    now: datetime,
    days: int,
) -> None:
    consent = Consent(frozenset({Scope.NUMBERS}), today - 7 * DAY)
    grants.give(session, ana, riverbend.id, consent, now)
    session.commit()

    seen = dr_boses_desk.get(f"{page}?days={days}").text

    assert "7 of 7 days" in text(seen)
    assert len(rows_of(figure(seen, "pain"))) == 7


@pytest.mark.usefixtures("fortnight")
def test_the_days_stand_in_a_table(dr_boses_desk: Browser, page: str, today: date) -> None:
    seen = text(dr_boses_desk.get(page).text)

    yesterday = today - DAY
    assert f"{yesterday:%a} {yesterday.day} {yesterday:%b %Y} 7 3 6.5" in seen


@pytest.mark.usefixtures("fortnight")
def test_a_week_has_a_mean_of_four_days_or_more(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    monday = today - timedelta(days=today.weekday() + 28)
    write(session, ana, {monday + n * DAY: {"mood": 4 + n} for n in range(4)})
    write(session, ana, {monday + n * DAY: {"energy": n} for n in range(4, 7)})

    seen = text(dr_boses_desk.get(page).text)

    assert f"{monday.day} {monday:%b %Y} 5.5 7 of 7" in seen


def test_a_week_of_three_days_has_none(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    monday = today - timedelta(days=today.weekday() + 28)
    write(session, ana, {monday + n * DAY: {"mood": 4} for n in range(3)})

    seen = text(dr_boses_desk.get(page).text)

    assert f"{monday.day} {monday:%b %Y} too few (3) 3 of 7" in seen


@pytest.mark.usefixtures("words_of_hers")
@pytest.mark.parametrize(
    ("scopes", "seen", "hidden"),
    [
        ({*Scope}, ["Rain all day", "Ibuprofen"], []),
        ({Scope.NUMBERS}, ["Notes and medicines are not shared"], ["Rain", "Ibuprofen"]),
        ({Scope.NOTES}, ["Rain all day", "Medicines are not shared"], ["Ibuprofen"]),
        ({Scope.MEDICINES}, ["Ibuprofen", "Notes are not shared"], ["Rain"]),
    ],
)
def test_notes_and_medicines_are_there_if_shared(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    now: datetime,
    scopes: set[Scope],
    seen: list[str],
    hidden: list[str],
) -> None:
    grants.give(session, ana, riverbend.id, Consent(frozenset(scopes)), now)
    session.commit()

    answer = dr_boses_desk.get(page).text

    assert [word for word in seen if word not in answer] == []
    assert [word for word in hidden if word in answer] == []


@pytest.mark.usefixtures("fortnight", "only_notes")
def test_without_numbers_there_is_no_chart_and_no_count(dr_boses_desk: Browser, page: str) -> None:
    seen = dr_boses_desk.get(page).text

    assert "Their numbers are not shared with you" in seen
    assert "<figure" not in seen
    assert "of 89 days" not in text(seen)


@pytest.mark.assures("B03")
def test_a_note_is_shown_as_text(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, {today: {"note": "<script>alert(1)</script>"}})

    seen = dr_boses_desk.get(page).text

    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert(1)" in seen


def test_it_says_how_she_may_be_reached_and_who_she_is(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str
) -> None:
    reach = Reach("+1 555 010 0199", False, "Bo, 555 0101", date(1971, 3, 2))
    keep_reach(session, ana.id, reach)
    session.commit()

    seen = dr_boses_desk.get(page).text

    assert 'href="tel:+15550100199"' in seen
    assert "leave no message" in seen
    assert "Bo, 555 0101" in seen
    assert "born 2 Mar 1971 · no. 4471" in text(seen)


@pytest.mark.assures("A03")
def test_without_consent_she_does_not_exist(
    dr_boses_desk: Browser, page: str, withdrawn: None
) -> None:
    hers = dr_boses_desk.get(page)
    unknown = dr_boses_desk.get(f"/clinic/patients/{uuid4()}")

    assert hers.status_code == unknown.status_code == 404
    assert hers.text == unknown.text


@pytest.mark.assures("A03")
def test_for_another_clinic_she_does_not_exist(dr_coles_desk: Browser, page: str) -> None:
    hers = dr_coles_desk.get(page)
    unknown = dr_coles_desk.get(f"/clinic/patients/{uuid4()}")

    assert hers.status_code == unknown.status_code == 404
    assert hers.text == unknown.text


@pytest.mark.assures("A03")
def test_a_consent_that_ran_out_is_none(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    now: datetime,
) -> None:
    consent = Consent(frozenset(Scope), None, now - timedelta(seconds=1))
    grants.give(session, ana, riverbend.id, consent, now - DAY)
    session.commit()

    assert dr_boses_desk.get(page).status_code == 404


@pytest.mark.assures("A13")
def test_withdrawal_holds_for_a_page_left_open(
    dr_boses_desk: Browser, anas_phone: Browser, session: Session, ana: Account, page: str
) -> None:
    opened = dr_boses_desk.get(page).status_code
    grant = grants.shared(session, ana.id, datetime.now().astimezone())[0].grant
    assert grant is not None
    session.commit()
    anas_phone.send_form(f"/sharing/grants/{grant.id}/withdrawal")

    again = dr_boses_desk.get(page).status_code

    assert (opened, again) == (200, 404)


@pytest.mark.assures("D01", "D03")
def test_the_look_is_recorded_and_ana_can_read_it(
    session: Session,
    dr_boses_desk: Browser,
    anas_phone: Browser,
    ana: Account,
    page: str,
    today: date,
) -> None:
    dr_boses_desk.get(page)
    dr_boses_desk.get(f"{page}?days=28")

    looks = session.scalar(
        select(func.count())
        .select_from(AuditEvent)
        .where(AuditEvent.patient_id == ana.id, AuditEvent.action == "looked.page")
    )
    assert looks == 1
    assert "Dr Bose looked at your journal today at" in anas_phone.get("/sharing").text
    assert "looked at your journal today" in anas_phone.get(f"/entries/{today}").text


def test_what_it_asks_of_the_database_does_not_grow_with_days(
    session: Session,
    app: Flask,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
) -> None:
    with recorded(app.extensions["engine"]) as with_nothing:
        dr_boses_desk.get(f"{page}?days=1095")
    write(session, ana, every_day(today, 99, 0, pain_avg=5, mood=5, note="x"))
    give(session, riverbend, ana, today - 9 * DAY)
    give(session, riverbend, ana, today - 2 * DAY)

    with recorded(app.extensions["engine"]) as with_many:
        seen = dr_boses_desk.get(f"{page}?days=1095").text

    assert "100 of 101 days" in text(seen)
    assert len(with_many) <= len(with_nothing) <= 14


@pytest.mark.both_databases
def test_no_table_is_read_from_end_to_end(
    app: Flask, engine: Engine, dr_boses_desk: Browser, page: str
) -> None:
    with recorded(app.extensions["engine"]) as statements:
        dr_boses_desk.get(page)

    assert scans(engine, statements) == []


def test_series_that_come_closer_and_closer_are_said(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
) -> None:
    for ago in (160, 110, 70, 40, 20):
        give(session, riverbend, ana, today - ago * DAY)

    assert "The days between series become fewer: 50, 40, 30, 20." in text(
        dr_boses_desk.get(page).text
    )


def test_series_that_do_not_are_not(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
) -> None:
    for ago in (160, 110, 70, 30):
        give(session, riverbend, ana, today - ago * DAY)

    assert "The days between series" not in dr_boses_desk.get(page).text


@pytest.fixture
def weeks_of_a_goal(session: Session, ana: Account, today: date) -> None:
    """She wants to walk the dog, for four weeks; before that she wanted something else."""
    set_goal(session, ana, "Cook again", today - 60 * DAY)
    set_goal(session, ana, "Walk the dog", today - 28 * DAY)
    answers = {35: "no", 21: "yes", 14: "yes", 7: "no", 0: "partly"}
    write(session, ana, {today - ago * DAY: {"goal_met": met} for ago, met in answers.items()})


@pytest.mark.usefixtures("weeks_of_a_goal")
def test_her_goal_stands_with_the_weeks_she_answered(
    dr_boses_desk: Browser, page: str, today: date
) -> None:
    seen = text(dr_boses_desk.get(page).text)

    said = f"Weeks answered: yes 2, partly 1, no 1; last: partly on {today.day} {today:%b}"
    assert f"Goal Walk the dog {said}" in seen


def test_who_has_no_goal_is_asked_for_none(dr_boses_desk: Browser, page: str) -> None:
    assert "<dt>Goal</dt>" not in dr_boses_desk.get(page).text


@pytest.mark.assures("C06")
@pytest.mark.usefixtures("weeks_of_a_goal", "only_numbers")
def test_without_her_words_only_the_answers_stand(dr_boses_desk: Browser, page: str) -> None:
    seen = text(dr_boses_desk.get(page).text)

    assert "Walk the dog" not in seen
    assert "Goal Their words are not shared with you. Weeks answered: yes 2," in seen


@pytest.mark.assures("C06")
@pytest.mark.usefixtures("weeks_of_a_goal", "only_notes")
def test_without_her_numbers_only_the_goal_stands(dr_boses_desk: Browser, page: str) -> None:
    seen = text(dr_boses_desk.get(page).text)

    assert "Goal Walk the dog" in seen
    assert "Weeks answered" not in seen


@pytest.mark.parametrize(("strength", "is_said"), [(1, False), (2, True), (3, True)])
def test_what_is_to_be_talked_about_is_said_to_the_clinic(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
    strength: int,
    is_said: bool,
) -> None:
    give(session, riverbend, ana, today - 2 * DAY)
    write(session, ana, {today - DAY: {"noticed": {"craving": strength, "nausea": 3}}})

    seen = text(dr_boses_desk.get(page).text)

    talk = "To be talked about, kindly: Wanting more ketamine than planned"
    assert (talk in seen) is is_said
    assert "talked about, kindly: Nausea" not in seen
