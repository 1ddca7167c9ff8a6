"""The clinic's own figures, and what they keep to themselves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import Day
from journal.infusions.models import Course
from journal.outcomes.reckon import reckoned
from journal.outcomes.store import keep
from journal.sharing import grants
from journal.sharing.models import Clinic, Grant
from tests.clinic.desk import every_day, figure, give, join, text, write
from tests.people import Browser
from tests.statements import recorded, scans

DAY = timedelta(days=1)
PAGE = "/clinic/outcomes"
Treat = Callable[..., list[Account]]


@pytest.fixture
def treat(session: Session, riverbend: Clinic, today: date) -> Treat:
    """So many patients, each with an infusion 60 days ago; pain falls to `pain`, for good or for
    so many days."""

    def run(count: int, pain: int = 3, *, held: int = 59, infusions: int = 1) -> list[Account]:
        names = [f"Patient {pain}-{held}-{infusions}-{n}" for n in range(count)]
        people = join(session, riverbend, *names)
        for one in people:
            write(session, one, every_day(today, 70, 61, pain_avg=7, mood=5))
            write(session, one, every_day(today, 59, 60 - held, pain_avg=pain, mood=5))
            write(session, one, every_day(today, 59 - held, 1, pain_avg=7, mood=5))
            for n in range(infusions):
                give(session, riverbend, one, today - (60 - 4 * n) * DAY)
        return people

    return run


@pytest.fixture
def reckon(session: Session, riverbend: Clinic, now: datetime) -> Callable[[], None]:
    def run() -> None:
        keep(session, riverbend, list(reckoned(session, riverbend, now)))
        session.commit()

    return run


def test_nothing_has_been_counted_yet(dr_boses_desk: Browser) -> None:
    page = dr_boses_desk.get(PAGE)

    assert page.status_code == 200
    assert "not yet: it is done once a day" in page.text
    assert "Too few people to say" in page.text


def test_of_all_who_began_so_many_had_relief(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(12)
    treat(8, pain=7)
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "Of 20 treated, 12 had relief." in page
    assert "1 12 of 20 60%" in page
    assert (
        "Patients treated 20 Infusions 20 Began their first series, and share their numbers 20"
        in page
    )


def test_mood_is_told_apart(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(12)
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "Of 12 treated, 12 had relief." in page
    assert "Of 12 treated, 0 had relief." in page


def test_four_patients_are_too_few_for_anything(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(4)
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "Patients treated not shown Infusions not shown" in page
    assert "had relief" not in page


@pytest.mark.parametrize(("better", "same"), [(4, 16), (16, 4)])
def test_a_few_on_one_side_hide_both(
    dr_boses_desk: Browser,
    treat: Treat,
    reckon: Callable[[], None],
    better: int,
    same: int,
) -> None:
    treat(better)
    treat(same, pain=7)
    reckon()

    pain = text(dr_boses_desk.get(PAGE).text).split("Mood")[0]

    assert "had relief" not in pain
    assert "1 not shown" in pain


def test_a_few_who_do_not_share_cannot_be_counted_off(
    session: Session,
    dr_boses_desk: Browser,
    riverbend: Clinic,
    treat: Treat,
    reckon: Callable[[], None],
    today: date,
) -> None:
    treat(6)
    for one in join(session, riverbend, "Mia", "Lea", scopes=None):
        give(session, riverbend, one, today - 60 * DAY)
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "Patients treated not shown" in page
    assert "Began their first series, and share their numbers 6" in page


def test_how_much_was_written_down_is_said_roughly(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(6)
    reckon()

    assert "Written down after about 100% of all days" in text(dr_boses_desk.get(PAGE).text)


def test_a_few_infusions_more_than_patients_are_not_counted_off(
    session: Session,
    dr_boses_desk: Browser,
    riverbend: Clinic,
    treat: Treat,
    reckon: Callable[[], None],
    today: date,
) -> None:
    give(session, riverbend, treat(6)[0], today - 56 * DAY)
    reckon()

    assert "Patients treated 6 Infusions not shown" in text(dr_boses_desk.get(PAGE).text)


def test_withdrawing_takes_her_out_at_once(
    session: Session,
    dr_boses_desk: Browser,
    treat: Treat,
    reckon: Callable[[], None],
    now: datetime,
) -> None:
    people = treat(6)
    reckon()
    given = session.scalars(select(Grant).where(Grant.patient_id == people[0].id)).one()

    grants.withdraw(session, people[0], given.id, now)
    session.commit()

    assert "Began their first series, and share their numbers 5" in text(
        dr_boses_desk.get(PAGE).text
    )


def test_a_baseline_set_by_hand_is_left_out(
    session: Session,
    dr_boses_desk: Browser,
    riverbend: Clinic,
    treat: Treat,
    reckon: Callable[[], None],
    now: datetime,
) -> None:
    hers = treat(6)[0].id
    session.add(Course(clinic_id=riverbend.id, patient_id=hers, pain_baseline=8, changed_at=now))
    session.commit()
    reckon()

    assert "Began their first series, and share their numbers 5" in text(
        dr_boses_desk.get(PAGE).text
    )


def test_another_clinic_reads_nothing_of_it(
    dr_coles_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(6)
    reckon()

    page = text(dr_coles_desk.get(PAGE).text)

    assert "Patients treated not shown" in page
    assert "had relief" not in page


def test_the_curve_goes_down_by_groups(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(6, held=20)
    treat(9)
    reckon()

    page = dr_boses_desk.get(PAGE).text

    chart = figure(page, "pain")
    shares = [[cell.text for cell in row] for row in chart.findall(".//tbody/tr")]
    assert shares == [["week 4", "60%", "0%"], ["week 0", "100%", "0%"]]
    assert "Fewer than half of them have lost it so far." in text(page)


def test_half_had_lost_it_within_weeks(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(8, held=20)
    treat(6)
    reckon()

    assert "Half of them had lost it within 4 weeks." in text(dr_boses_desk.get(PAGE).text)


def test_a_curve_of_one_by_one_is_not_drawn(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(2, held=20)
    treat(9)
    reckon()

    page = dr_boses_desk.get(PAGE).text

    assert "There are too few people to draw a curve." in page
    assert "<figure" not in page


def test_responders_are_counted_by_each_infusion(
    dr_boses_desk: Browser, treat: Treat, reckon: Callable[[], None]
) -> None:
    treat(6, infusions=3)
    treat(6, pain=7, infusions=3)
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "1 6 of 12 50% 2 6 of 12 50% 3 6 of 12 50%" in page


def test_what_was_noticed_is_counted_by_person(
    session: Session,
    dr_boses_desk: Browser,
    treat: Treat,
    reckon: Callable[[], None],
) -> None:
    first, *rest = treat(11)
    notice(session, rest[:6], {"nausea": 2})
    notice(session, [*rest[6:], first], {"xerostomia": 1})
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "11 patients said what they noticed" in page
    assert "55%" in page
    assert "xerostomia 45%" in page


def test_what_few_noticed_is_not_listed(
    session: Session,
    dr_boses_desk: Browser,
    treat: Treat,
    reckon: Callable[[], None],
) -> None:
    people = treat(11)
    notice(session, people, {})
    notice(session, people[:4], {"xerostomia": 1})
    reckon()

    page = text(dr_boses_desk.get(PAGE).text)

    assert "xerostomia" not in page
    assert "What fewer than 5 people noticed" in page


@pytest.mark.parametrize("query", ["?period=1492", "?period=all", "?period=2026-01"])
def test_years_that_are_no_period_are_said_kindly(dr_boses_desk: Browser, query: str) -> None:
    page = dr_boses_desk.get(f"{PAGE}{query}")

    assert page.status_code == 200
    assert "There are no figures of these years by themselves" in page.text


@pytest.mark.parametrize("query", ["", "?period=", "?period[]=1", "?first=2026-01&last=2026-02"])
def test_without_a_question_the_newest_years_are_shown(dr_boses_desk: Browser, query: str) -> None:
    page = dr_boses_desk.get(f"{PAGE}{query}").text

    assert "Figures of Riverbend" in page
    assert "There are no figures of these years" not in page


def test_two_periods_hold_different_people(
    session: Session,
    dr_boses_desk: Browser,
    riverbend: Clinic,
    treat: Treat,
    reckon: Callable[[], None],
    today: date,
) -> None:
    long_ago = (today - 60 * DAY).year - 2
    for one in join(session, riverbend, *(f"Early {n}" for n in range(10))):
        give(session, riverbend, one, date(long_ago, 5, 1))
    treat(12)
    reckon()

    newest = text(dr_boses_desk.get(PAGE).text)
    earlier = text(dr_boses_desk.get(f"{PAGE}?period={long_ago}").text)

    assert "Patients treated 12 Infusions 12" in newest
    assert "Patients treated 10 Infusions 10" in earlier


def test_remission_is_not_counted_and_that_is_said(dr_boses_desk: Browser) -> None:
    assert "Remission is not counted yet" in dr_boses_desk.get(PAGE).text


def test_the_page_reckons_nothing(
    session: Session,
    engine: Engine,
    dr_boses_desk: Browser,
    treat: Treat,
    reckon: Callable[[], None],
) -> None:
    treat(6)
    reckon()

    with recorded(engine_of(dr_boses_desk)) as statements:
        dr_boses_desk.get(PAGE)

    asked = [one.sql for one in statements]
    assert not [sql for sql in asked if " days " in sql]
    assert scans(engine, statements) == []


def engine_of(desk: Browser) -> Engine:
    engine: Engine = desk.client.application.extensions["engine"]
    return engine


def notice(session: Session, people: list[Account], said: dict[str, int]) -> None:
    session.execute(
        update(Day)
        .where(Day.account_id.in_(one.id for one in people))
        .values(more={"noticed": said})
    )
    session.commit()
