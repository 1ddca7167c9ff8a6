"""Ana's day: what is asked, what she is told when it is done, and where she can go from it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.fold import Value
from journal.instruments import diary, items_of
from tests.clinic.desk import every_day, text, write
from tests.people import Browser

ONE = timedelta(days=1)
ASKED = re.compile(r'data-item="(\w+)"')
SIX = ["pain_avg", "pain_worst", "interference", "mood", "sleep_hours", "sleep_quality"]


@pytest.fixture
def page(today: date) -> str:
    return f"/entries/{today}"


def test_six_come_first_then_too_much_and_more(anas_phone: Browser, page: str) -> None:
    asked = ASKED.findall(anas_phone.get(page).text)

    assert asked[:7] == [*SIX, "too_much"]
    infusion = {item.id for item in items_of("infusion")}
    assert set(asked[7:]) == set(diary()) - {*SIX, "too_much"} - infusion


def test_nothing_is_chosen_for_her(anas_phone: Browser, page: str) -> None:
    seen = anas_phone.get(page).text

    assert seen.count('type="radio"') > 50
    assert " checked" not in seen
    assert "required" not in seen


def test_every_answer_has_a_label_of_its_own(anas_phone: Browser, page: str) -> None:
    seen = anas_phone.get(page).text

    radios = re.findall(r'type="radio"[^>]* id="([^"]+)"', seen)
    assert len(set(radios)) == len(radios)
    assert [one for one in radios if f'<label for="{one}"' not in seen] == []


def test_today_leads_to_the_day_it_is(anas_phone: Browser, page: str) -> None:
    assert anas_phone.get("/today").location == page


def test_an_empty_yesterday_is_offered_today(anas_phone: Browser, page: str, today: date) -> None:
    seen = anas_phone.get(page).text

    assert seen.count(f'href="/entries/{today - ONE}"') == 2


def test_one_with_something_in_it_is_not(
    session: Session, anas_phone: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 1, 1, mood=5))

    assert anas_phone.get(page).text.count(f'href="/entries/{today - ONE}"') == 1


def test_the_first_day_has_none_before_it(anas_phone: Browser, ana: Account) -> None:
    seen = anas_phone.get(f"/entries/{ana.began}").text

    assert 'rel="prev"' not in seen
    assert 'rel="next"' in seen


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [(1, "Yesterday. What you write now is marked as late"), (2, "A day gone by.")],
)
def test_a_day_says_how_it_will_count(
    anas_phone: Browser, today: date, days_ago: int, said: str
) -> None:
    assert said in anas_phone.get(f"/entries/{today - days_ago * ONE}").text


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ({}, {}, "Nothing is written down for this day."),
        ({"mood": 5}, {"mood": 5}, "This day is in your journal."),
        ({"too_much": True, "pain_avg": 9}, {"pain_avg": 4}, "Too much today."),
        ({"pain_avg": 7}, {"pain_avg": 4}, "average: 7. On 6 of the six days before: 4."),
    ],
)
def test_done_is_answered_with_one_true_sentence(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    page: str,
    today: date,
    now: Mapping[str, Value],
    before: Mapping[str, Value],
    said: str,
) -> None:
    write(session, ana, {today: now} | every_day(today, 6, 1, **before))

    assert said in text(anas_phone.get(f"{page}?done=1").text)


@pytest.mark.parametrize(("days", "said"), [(2, "in your journal"), (3, "On 3 of the six days")])
def test_two_days_are_too_few_to_compare(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    page: str,
    today: date,
    days: int,
    said: str,
) -> None:
    write(session, ana, {today: {"pain_avg": 7}} | every_day(today, days, 1, pain_avg=4))

    assert said in text(anas_phone.get(f"{page}?done=1").text)


def test_done_shows_the_last_seven_days_aloud_too(
    session: Session, anas_phone: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 8, 7, mood=9) | every_day(today, 6, 4, mood=3))

    seen = anas_phone.get(f"{page}?done=1").text

    assert "Pain: nothing. Mood: 3, 3, 3." in seen


def test_earlier_values_are_said_in_words(anas_phone: Browser, page: str) -> None:
    medicines = {"rescue_med-0-name": "Ibuprofen", "rescue_med-0-dose": "400"}
    anas_phone.send_form(
        page, pain_avg="7", too_much="y", **medicines, **{"rescue_med-0-count": "1,5"}
    )
    anas_phone.send_form(
        page,
        was_pain_avg="7",
        was_too_much="true",
        was_rescue_med="gone",
        pain_avg="3",
    )

    seen = text(anas_phone.get(page).text)

    assert "Ibuprofen 400 × 1.5" in seen
    assert anas_phone.get(page).text.count('class="earlier') == 3
