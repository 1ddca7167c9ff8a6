"""Ana's weeks: a calendar, and its days in words."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.fold import Value
from journal.entries.models import How
from journal.infusions.models import Standing
from tests.clinic.desk import every_day, give, text, write
from tests.people import Browser, People

ONE = timedelta(days=1)
CELL = re.compile(r'<a class="cell cell--(\w+)" href="/entries/([\d-]+)"')


def cells(page: str) -> dict[str, str]:
    """How each day of the calendar is shown."""
    return {day: state for state, day in CELL.findall(page)}


def cell(page: str, day: date) -> str:
    """What one day of the calendar says."""
    return text(page.split(f'href="/entries/{day}"')[1].split("</a>")[0])


def test_five_whole_weeks_up_to_this_one(anas_phone: Browser, today: date) -> None:
    days = cells(anas_phone.get("/history").text)

    assert max(days) == str(today)
    assert 29 <= len(days) <= 35
    assert set(days.values()) == {"empty"}


@pytest.mark.parametrize(
    ("items", "how", "state"),
    [
        ({"mood": 5}, How.LIVE, "live"),
        ({"mood": 5}, How.LATE, "late"),
        ({"mood": 5}, How.CORRECTED, "corrected"),
        ({"too_much": True}, How.LIVE, "too_much"),
        ({"too_much": True, "mood": 5}, How.LIVE, "live"),
        ({}, How.LIVE, "empty"),
    ],
)
def test_each_day_shows_how_it_was_told(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    today: date,
    items: Mapping[str, Value],
    how: How,
    state: str,
) -> None:
    write(session, ana, {today - ONE: items}, how)

    assert cells(anas_phone.get("/history").text)[str(today - ONE)] == state


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (
            {"pain_avg": 7, "pain_worst": 9, "interference": 3},
            "Pain 7, at its worst 9, in the way 3",
        ),
        ({"mood": 3, "sleep_hours": 6.5}, "Mood 3, slept 6.5 hours"),
        ({"sleep_quality": 4, "note": "Rain"}, "Sleep quality 4, a note"),
        ({"too_much": True, "rescue_med": ({"name": "Ibuprofen"},)}, "Too much today, extra"),
        ({"energy": 4}, "Something else written down"),
    ],
)
def test_a_day_is_told_in_words(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    today: date,
    items: Mapping[str, Value],
    said: str,
) -> None:
    write(session, ana, {today - ONE: items})

    assert said in text(anas_phone.get("/history").text)


@pytest.mark.parametrize(
    "items",
    [{"after_pain": 2}, {"noticed": {"nausea": 1}}, {"into_bed": "22:30"}, {"goal_met": "yes"}],
)
def test_a_day_without_numbers_says_that_something_is_written(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    today: date,
    items: Mapping[str, Value],
) -> None:
    write(session, ana, {today - ONE: items, today: {"mood": 4}})

    page = anas_phone.get("/history").text

    assert "something written" in cell(page, today - ONE)
    assert "something written" not in cell(page, today)


def test_the_days_of_infusions_are_marked(
    session: Session, people: People, anas_phone: Browser, ana: Account, today: date
) -> None:
    give(session, people.riverbend, ana, today - ONE)
    give(session, people.riverbend, ana, today - 2 * ONE, standing=Standing.MISSED)

    page = anas_phone.get("/history").text

    assert "infusion." in cell(page, today - ONE)
    assert "infusion." not in cell(page, today - 2 * ONE)


def test_a_gap_has_no_words(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, {today - 9 * ONE: {"mood": 5}, today: {"mood": 6}})

    assert anas_phone.get("/history").text.count('class="told"') == 2


def test_one_can_go_back_to_the_first_day_and_forth_again(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 99, 99, mood=5))
    pages = [anas_phone.get("/history").text]
    while older := re.search(r'href="([^"]+)" rel="prev"', pages[-1]):
        pages.append(anas_phone.get(older[1].replace("&amp;", "&")).text)

    assert str(ana.began) in cells(pages[-1])
    assert sum(len(cells(page)) for page in pages) == (today - ana.began).days + 1
    assert ['rel="next"' in page for page in pages] == [False, *[True] * (len(pages) - 1)]


@pytest.mark.parametrize("until", ["tomorrow", "2026-02-30", "", "9999-12-31", "2999-01-01"])
def test_what_is_no_day_shows_these_weeks(anas_phone: Browser, today: date, until: str) -> None:
    answer = anas_phone.get(f"/history?until={until}")

    assert answer.status_code == 200
    assert str(today) in cells(answer.text)


@pytest.mark.assures("B08")
@pytest.mark.parametrize("until", ["0001-01-01", "0001-02-01", "1900-01-01"])
def test_what_lies_before_the_account_shows_its_first_weeks(
    anas_phone: Browser, ana: Account, until: str
) -> None:
    answer = anas_phone.get(f"/history?until={until}")

    assert answer.status_code == 200
    assert min(cells(answer.text)) == str(ana.began)
