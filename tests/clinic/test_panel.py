"""The panel: whom Dr Bose should look at first, and why."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.entries.models import How
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Enrolment, Scope
from tests.clinic.desk import every_day, give, join, listed, row_of, write
from tests.people import BASE, Browser, People
from tests.statements import recorded, scans

DAY = timedelta(days=1)


def test_nobody_has_written_anything_yet(dr_boses_desk: Browser, ana: Account) -> None:
    page = dr_boses_desk.get("/clinic")

    assert page.status_code == 200
    assert "No day written down yet, 100 days after joining" in row_of(page.text, "Ana")


def test_a_newcomer_is_no_silence(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic
) -> None:
    join(session, riverbend, "Mia", days_ago=1)

    page = dr_boses_desk.get("/clinic").text

    assert "New: no day written down yet" in row_of(page, "Mia")


def test_every_row_tells_people_of_one_name_apart(dr_boses_desk: Browser) -> None:
    assert "no. 4471" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_a_row_shows_the_newest_numbers(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 9, 1, pain_avg=3, mood=8, sleep_hours=6.75))

    row = row_of(dr_boses_desk.get("/clinic").text, "Ana")

    assert row == "last entry yesterday Ana no. 4471 3 8 6.75h"


def test_the_small_lines_are_told_to_those_who_do_not_see_them(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 2, 2, pain_avg=3) | every_day(today, 1, 1, pain_avg=5))

    page = dr_boses_desk.get("/clinic").text

    assert "Pain in the last two weeks: 2 days, from 3 to 5" in page
    assert "Mood: nothing in the last two weeks" in page


def test_a_day_with_nothing_but_too_much_is_an_entry(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 0, 0, too_much=True))

    assert "last entry today" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_three_days_without_a_word_are_said(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 9, 3, mood=5))

    assert "Nothing for 3 days" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_two_are_not(session: Session, dr_boses_desk: Browser, ana: Account, today: date) -> None:
    write(session, ana, every_day(today, 9, 2, mood=5))

    assert "Nothing for" not in dr_boses_desk.get("/clinic").text


def test_a_clearly_worse_week_is_said_in_words(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 34, 7, pain_avg=4, mood=6))
    write(session, ana, every_day(today, 6, 0, pain_avg=7, mood=3))

    row = row_of(dr_boses_desk.get("/clinic").text, "Ana")

    assert "Mood 3 lower and pain 3 higher than in the four weeks before" in row


@pytest.mark.parametrize(
    ("item", "before", "after", "said"),
    [
        ("mood", 6, 4, "Mood 2 lower than in the four weeks before"),
        ("pain_avg", 4, 6, "Pain 2 higher than in the four weeks before"),
    ],
)
def test_two_points_are_enough(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    today: date,
    item: str,
    before: int,
    after: int,
    said: str,
) -> None:
    write(session, ana, every_day(today, 34, 7, **{item: before}))
    write(session, ana, every_day(today, 6, 0, **{item: after}))

    assert said in row_of(dr_boses_desk.get("/clinic").text, "Ana")


@pytest.mark.parametrize(("before", "week"), [(13, 7), (28, 3)])
def test_too_few_days_are_no_change(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date, before: int, week: int
) -> None:
    write(session, ana, every_day(today, 6 + before, 7, mood=9))
    write(session, ana, every_day(today, week - 1, 0, mood=1))

    assert "lower" not in dr_boses_desk.get("/clinic").text


def test_a_better_week_is_no_alarm(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 34, 7, pain_avg=9, mood=1))
    write(session, ana, every_day(today, 6, 0, pain_avg=2, mood=8))

    assert "four weeks" not in dr_boses_desk.get("/clinic").text


@pytest.fixture
def four(session: Session, riverbend: Clinic, ana: Account, today: date) -> None:
    """Ana sinks, Bea is silent for five days, Cyd for nine, Dan is well."""
    bea, cyd, dan = join(session, riverbend, "Bea", "Cyd", "Dan")
    write(session, ana, every_day(today, 34, 7, mood=8) | every_day(today, 6, 0, mood=2))
    write(session, bea, every_day(today, 30, 5, mood=5))
    write(session, cyd, every_day(today, 30, 9, mood=5))
    write(session, dan, every_day(today, 30, 1, mood=5))


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["Cyd", "Bea", "Ana", "Dan"]),
        ("?sort=silence", ["Cyd", "Bea", "Ana", "Dan"]),
        ("?sort=change", ["Ana", "Cyd", "Bea", "Dan"]),
        ("?sort=name", ["Ana", "Bea", "Cyd", "Dan"]),
        ("?sort=password", ["Cyd", "Bea", "Ana", "Dan"]),
    ],
)
def test_who_needs_a_look_comes_first(
    dr_boses_desk: Browser, four: None, query: str, order: list[str]
) -> None:
    assert listed(dr_boses_desk.get(f"/clinic{query}").text) == order


def test_how_many_are_pressing_stands_beside_each_order(dr_boses_desk: Browser, four: None) -> None:
    page = dr_boses_desk.get("/clinic").text

    assert 'Longest silence<span class="sorts__many">2</span>' in page
    assert 'Worst change<span class="sorts__many">1</span>' in page


@pytest.mark.parametrize("typed", ["nun", "NÚÑ", "núñez", "  Nunez ", "77-b", "77-B"])
def test_a_search_finds_by_name_or_number(
    session: Session, dr_boses_desk: Browser, people: People, typed: str
) -> None:
    found = join(session, people.riverbend, "Inés Núñez", "Omar Khan")
    _number(session, found[0], "77-B")

    page = dr_boses_desk.client.get("/clinic", query_string={"q": typed}, base_url=BASE).text

    assert listed(page) == ["Inés Núñez"]
    assert f'value="{typed}"' in page


def test_a_search_for_nobody_says_so(dr_boses_desk: Browser) -> None:
    page = dr_boses_desk.get("/clinic?q=zzz").text

    assert listed(page) == []
    assert "Nobody of that name or number" in page


def test_fifty_to_a_page(session: Session, dr_boses_desk: Browser, riverbend: Clinic) -> None:
    join(session, riverbend, *(f"P{number:03}" for number in range(119)))

    pages = [dr_boses_desk.get(f"/clinic?sort=name&page={page}").text for page in (1, 2, 3)]

    assert [len(listed(page)) for page in pages] == [50, 50, 20]
    assert listed(pages[0])[:2] == ["Ana", "P000"]
    assert listed(pages[2])[-1] == "P118"
    assert 'rel="next"' in pages[1]
    assert 'rel="prev"' in pages[1]
    assert 'rel="next"' not in pages[2]
    assert 'rel="prev"' not in pages[0]


@pytest.mark.parametrize("page", ["0", "-3", "99", "two", "9" * 40])
def test_a_page_that_is_not_there_is_the_nearest_one(dr_boses_desk: Browser, page: str) -> None:
    answer = dr_boses_desk.get(f"/clinic?page={page}")

    assert answer.status_code == 200
    assert listed(answer.text) == ["Ana"]


@pytest.mark.assures("A03")
def test_after_withdrawal_only_the_name_is_left(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    today: date,
    page: str,
    withdrawn: None,
) -> None:
    write(session, ana, every_day(today, 9, 0, mood=5))

    panel = dr_boses_desk.get("/clinic").text

    assert listed(panel) == []
    assert "1 patient shares nothing with you now" in panel
    assert f'href="{page}/infusions"' in panel
    assert f'href="{page}"' not in panel


@pytest.mark.assures("A03")
def test_the_numbers_of_someone_who_shares_notes_stay_hidden(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date, only_notes: None
) -> None:
    write(session, ana, every_day(today, 34, 7, mood=8) | every_day(today, 6, 2, mood=2))

    panel = dr_boses_desk.get("/clinic").text

    assert row_of(panel, "Ana") == "Their numbers are not shared with you Ana no. 4471"
    assert '<svg class="spark' not in panel


@pytest.mark.assures("A03")
def test_days_before_the_shared_period_count_for_nothing(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    today: date,
    now: datetime,
) -> None:
    write(session, ana, every_day(today, 34, 7, mood=9) | every_day(today, 6, 0, mood=1))
    numbers = frozenset({Scope.NUMBERS})
    grants.give(session, ana, riverbend.id, Consent(numbers, today - 4 * DAY), now)
    session.commit()

    panel = dr_boses_desk.get("/clinic").text

    assert "lower" not in row_of(panel, "Ana")
    assert "Mood in the last two weeks: 5 days" in panel


def test_a_period_that_begins_today_is_no_silence(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    today: date,
    now: datetime,
) -> None:
    write(session, ana, every_day(today, 34, 7, mood=9))
    grants.give(session, ana, riverbend.id, Consent(frozenset({Scope.NUMBERS}), today), now)
    session.commit()

    assert "New: no day" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_a_late_entry_is_drawn_hollow(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 3, 1, mood=5), How.LATE)

    assert "spark__hollow" in dr_boses_desk.get("/clinic").text


def test_days_since_the_last_infusion(
    session: Session, dr_boses_desk: Browser, ana: Account, people: People, today: date
) -> None:
    give(session, people.riverbend, ana, today - 31 * DAY)
    give(session, people.riverbend, ana, today - 40 * DAY)
    give(session, people.riverbend, ana, today - 3 * DAY, struck_at=datetime.now().astimezone())
    give(session, people.hillside, ana, today - DAY)

    assert row_of(dr_boses_desk.get("/clinic").text, "Ana").endswith("day 31")


@pytest.mark.assures("B03")
def test_a_name_is_shown_as_text(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic
) -> None:
    join(session, riverbend, "<script>alert(1)</script>")

    page = dr_boses_desk.get("/clinic").text

    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in listed(page)


@pytest.mark.assures("B07")
def test_a_name_from_the_right_does_not_turn_its_row_around(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic
) -> None:
    join(session, riverbend, "ليلى حداد")

    assert "<bdi>ليلى حداد</bdi>" in dr_boses_desk.get("/clinic").text


@pytest.mark.assures("A02")
def test_another_clinic_sees_its_own(dr_coles_desk: Browser) -> None:
    assert listed(dr_coles_desk.get("/clinic").text) == ["Ben"]


def test_for_a_patient_there_is_no_panel(anas_phone: Browser) -> None:
    assert anas_phone.get("/clinic").status_code == 404


@pytest.mark.assures("D01")
def test_a_look_at_the_panel_counts_once_a_day(
    session: Session, dr_boses_desk: Browser, ana: Account
) -> None:
    dr_boses_desk.get("/clinic")
    dr_boses_desk.get("/clinic?sort=change")

    looks = session.scalar(
        select(func.count())
        .select_from(AuditEvent)
        .where(AuditEvent.patient_id == ana.id, AuditEvent.action == "looked.panel")
    )
    assert looks == 1


def test_what_it_asks_of_the_database_grows_with_nobody(
    session: Session,
    app: Flask,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    today: date,
) -> None:
    give(session, riverbend, ana, today - 9 * DAY)
    with recorded(app.extensions["engine"]) as with_one:
        dr_boses_desk.get("/clinic")
    for one in join(session, riverbend, *(f"P{number:03}" for number in range(60))):
        write(session, one, every_day(today, 5, 0, mood=5, pain_avg=5))
        give(session, riverbend, one, today - 3 * DAY)

    with recorded(app.extensions["engine"]) as with_many:
        page = dr_boses_desk.get("/clinic").text

    assert len(listed(page)) == 50
    assert len(with_many) <= len(with_one) <= 10


def test_no_table_is_read_from_end_to_end(
    app: Flask, engine: Engine, dr_boses_desk: Browser
) -> None:
    with recorded(app.extensions["engine"]) as statements:
        dr_boses_desk.get("/clinic")

    assert scans(engine, statements) == []


def _number(session: Session, patient: Account, number: str) -> None:
    session.scalars(
        select(Enrolment).where(Enrolment.patient_id == patient.id)
    ).one().number = number
    session.commit()
