"""What stands on Ana's day beside the usual questions, and what her phone hears of it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.fold import Value
from journal.entries.goals import set_goal
from journal.infusions.models import InfusionDay
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Scope
from tests.clinic.desk import every_day, give, text, write
from tests.entries.letters import letter
from tests.people import Browser, People

ONE = timedelta(days=1)
NIGHT: Mapping[str, Value] = {
    "into_bed": "22:30",
    "try_sleep": "23:00",
    "sol": 30,
    "awakenings": 2,
    "waso": 45,
    "final_awake": "06:30",
    "out_bed": "07:00",
}
RECKONED = "In bed 8 h 30 min, asleep about 6 h 15 min (73.5 % of the time in bed)."
SECTION = re.compile(r'data-section="(\w+)"( open)?')


@pytest.fixture
def page(today: date) -> str:
    return f"/entries/{today}"


@pytest.fixture
def checklist(session: Session, people: People) -> None:
    asked = ["Nothing eaten", "A ride home"]
    session.add(InfusionDay(clinic_id=people.riverbend.id, checklist=asked, quiet_hours=4))
    session.commit()


def put(phone: Browser, ana: Account, page: str, **items: object) -> dict[str, Any]:
    body = letter(account=str(ana.id), items=items)
    answer: dict[str, Any] = phone.send_json("PUT", page, body).get_json()
    return answer


def sections(page: str) -> list[tuple[str, bool]]:
    """The sections of a page in their order, and which of them are open."""
    return [(name, bool(is_open)) for name, is_open in SECTION.findall(page)]


def test_on_a_usual_day_they_are_folded_away(anas_phone: Browser, page: str) -> None:
    seen = anas_phone.get(page).text

    assert sections(seen) == [("sleep", False), ("noticed", False), ("goal", False)]
    assert seen.index('data-item="pain_avg"') < seen.index('data-section="sleep"')


def test_what_is_due_comes_first_and_is_open(
    session: Session, anas_phone: Browser, people: People, page: str, today: date
) -> None:
    give(session, people.riverbend, people.ana, today)
    give(session, people.riverbend, people.ana, today - ONE)
    set_goal(session, people.ana, "Walk the dog", today - 7 * ONE)
    session.commit()

    seen = anas_phone.get(page).text

    due = [("infusion", True), ("noticed", True), ("goal", True)]
    assert sections(seen) == [*due, ("sleep", False)]
    assert seen.index('data-section="goal"') < seen.index('data-item="pain_avg"')
    assert "Walk the dog" in seen


def test_what_was_said_is_not_folded_away(
    session: Session, anas_phone: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, {today: {"before_pain": 6, "after_pain": 3, "noticed": {}}})

    seen = anas_phone.get(page).text

    assert sections(seen)[0] == ("infusion", True)
    assert ("noticed", True) in sections(seen)


def test_an_infusion_that_was_planned_asks_like_one_that_was_given(
    session: Session, anas_phone: Browser, people: People, checklist: None, page: str, today: date
) -> None:
    give(session, people.riverbend, people.ana, today, standing="planned")

    assert "A ride home" in anas_phone.get(page).text


def test_on_a_day_gone_by_nothing_is_due(
    session: Session, anas_phone: Browser, people: People, today: date
) -> None:
    give(session, people.riverbend, people.ana, today - 3 * ONE)

    seen = anas_phone.get(f"/entries/{today - 3 * ONE}").text

    assert sections(seen)[0] == ("infusion", False)


@pytest.mark.parametrize("standing", ["cancelled", "missed"])
def test_one_that_never_was_asks_for_nothing(
    session: Session, anas_phone: Browser, people: People, page: str, today: date, standing: str
) -> None:
    give(session, people.riverbend, people.ana, today, standing=standing)

    assert ("infusion", True) not in sections(anas_phone.get(page).text)


def test_a_night_is_reckoned_on_the_page_and_in_the_answer(
    anas_phone: Browser, ana: Account, page: str
) -> None:
    answer = put(anas_phone, ana, page, **NIGHT)

    assert answer["night"].replace("\u00a0", " ") == RECKONED
    assert RECKONED in text(anas_phone.get(page).text)
    assert RECKONED in text(anas_phone.get(f"{page}?done=1").text)


def test_half_a_night_is_not(anas_phone: Browser, ana: Account, page: str) -> None:
    assert put(anas_phone, ana, page, **{**NIGHT, "out_bed": None})["night"] == ""


def test_who_never_woke_up_need_not_say_for_how_long(
    anas_phone: Browser, ana: Account, page: str
) -> None:
    answer = put(anas_phone, ana, page, **{**NIGHT, "awakenings": 0, "waso": None})

    assert "asleep about 7 h" in answer["night"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"out_bed": "22:30", "final_awake": "22:30", "try_sleep": "22:30"},
            "Into bed at 10:30 PM and out of bed at 10:30 PM is no night",
        ),
        ({"into_bed": "10:30"}, "Please look at AM and PM."),
        ({"sol": 300, "waso": 200}, "more minutes awake than there were"),
        ({"awakenings": 0}, "the number of times you woke up is 0"),
    ],
)
def test_a_night_that_does_not_add_up_is_kept_and_said(
    anas_phone: Browser, ana: Account, page: str, wrong: Mapping[str, object], said: str
) -> None:
    answer = put(anas_phone, ana, page, **{**NIGHT, **wrong})

    assert answer["night"].startswith("Kept as you wrote it.")
    assert said in answer["night"].replace("\u202f", " ")
    assert answer["items"]["sol"] == {**NIGHT, **wrong}["sol"]


@pytest.mark.parametrize(("nights", "is_said"), [(3, False), (4, True)])
def test_a_week_of_nights_needs_four(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    page: str,
    today: date,
    nights: int,
    is_said: bool,
) -> None:
    write(session, ana, every_day(today, nights - 1, 0, **NIGHT))

    seen = text(anas_phone.get(page).text)

    mean = (
        f"On {nights} of your last seven nights, on average: asleep about 6 h 15 min (73.5 % of the"
    )
    assert (mean in seen) is is_said


def test_before_and_after_are_said_as_two_numbers(
    session: Session, anas_phone: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, {today: {"before_pain": 6, "after_pain": 3, "before_mood": 4}})

    seen = text(anas_phone.get(f"{page}?done=1").text)

    assert "Pain: 6 before, 3 two hours after." in seen
    assert "Mood: 4 before" not in seen


@pytest.mark.parametrize(
    ("noticed", "said", "unsaid"),
    [
        ({"chest": 1}, "Please call your clinic about this now.", "Please call 911"),
        ({"chest": 1, "breathing": 2}, "Please call 911 now.", ""),
        ({"perception": 2}, "Please call your clinic about this now.", "Please call 911"),
        ({"craving": 3, "nausea": 3}, "This day is in your journal.", "data-due"),
        ({}, "This day is in your journal.", "data-due"),
    ],
)
def test_what_she_noticed_says_whom_to_call(
    anas_phone: Browser, page: str, noticed: Mapping[str, int], said: str, unsaid: str
) -> None:
    ticked = {f"noticed-{name}": "true" for name in noticed} or {"noticed-none": "true"}
    strengths = {f"noticed-{name}-how": str(how) for name, how in noticed.items()}
    anas_phone.send_form(page, **ticked, **strengths)

    seen = shown(anas_phone.get(f"{page}?done=1").text)

    assert said in seen
    assert not unsaid or unsaid not in seen


EFFECT = re.compile(r'data-effect="(\w+)"|data-others( open)?')


@pytest.fixture
def infused_a_month_ago(session: Session, people: People, today: date) -> None:
    give(session, people.riverbend, people.ana, today - 30 * ONE)


@pytest.mark.usefixtures("infused_a_month_ago")
def test_by_the_month_what_a_long_treatment_can_bring_comes_first(
    anas_phone: Browser, page: str
) -> None:
    seen = anas_phone.get(page).text

    listed = [found.group() for found in EFFECT.finditer(seen)]
    first = ['data-effect="urinary"', 'data-effect="memory"', 'data-effect="craving"']
    assert listed[:5] == [*first, "data-others", 'data-effect="dissociation"']
    assert "None of these, and nothing else</label>" in seen


def test_the_morning_after_one_it_is_the_whole_list(
    session: Session, anas_phone: Browser, people: People, page: str, today: date
) -> None:
    give(session, people.riverbend, people.ana, today - ONE)

    seen = anas_phone.get(page).text

    assert "data-others" not in seen
    assert "None of these</label>" in seen


@pytest.mark.usefixtures("infused_a_month_ago")
def test_what_was_ticked_among_the_rest_is_not_folded_away(
    session: Session, anas_phone: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, {today: {"noticed": {"nausea": 1}}})

    assert "data-others open" in anas_phone.get(page).text


@pytest.mark.usefixtures("infused_a_month_ago")
def test_her_phone_hears_what_comes_first(anas_phone: Browser, today: date) -> None:
    heard = anas_phone.get("/entries?since=0").get_json()

    assert heard["long_term"] == [str(today), str(today + ONE)]


def test_where_no_clinic_lists_an_emergency_line_there_is_still_one_to_call(
    session: Session, anas_phone: Browser, people: People, page: str
) -> None:
    people.riverbend.crisis_lines = [{"label": "Samaritans", "call": "116 123"}]
    session.commit()
    anas_phone.send_form(page, **{"noticed-chest": "true", "noticed-chest-how": "2"})

    seen = shown(anas_phone.get(f"{page}?done=1").text)

    assert "Please call now: 911, or the emergency number where you are." in seen
    assert 'href="tel:911"' in seen


@pytest.mark.parametrize(
    ("strength", "said"),
    [("2", "Please call 911 now."), ("", "Please call your clinic about this now.")],
)
def test_a_form_that_comes_back_says_at_its_top_whom_to_call(
    anas_phone: Browser, page: str, strength: str, said: str
) -> None:
    ticked = {"noticed-chest": "true", "noticed-chest-how": strength}

    seen = shown(anas_phone.send_form(page, sol="9999", **ticked).text)

    assert "Choose a number from 0 to 720." in seen
    assert said in seen.split('id="day"')[0]


def test_under_the_emergency_line_there_are_no_numbers(
    anas_phone: Browser, ana: Account, page: str
) -> None:
    put(anas_phone, ana, page, pain_avg=7, **NIGHT, noticed={"chest": 2})

    seen = anas_phone.get(f"{page}?done=1").text

    assert "This day is in your journal." in seen
    assert "The last seven days" not in seen
    assert "In bed" not in text(seen)


def test_what_is_due_says_since_which_infusion(
    session: Session, anas_phone: Browser, people: People, page: str, today: date
) -> None:
    give(session, people.riverbend, people.ana, today - 2 * ONE)

    seen = text(anas_phone.get(page).text)

    assert f"since your infusion on {today - 2 * ONE:%A}" in seen
    assert "Since your last entry" not in seen


def test_a_week_later_it_says_the_date_as_well(
    session: Session, anas_phone: Browser, people: People, page: str, today: date
) -> None:
    day = today - 7 * ONE
    give(session, people.riverbend, people.ana, day)

    seen = text(anas_phone.get(page).text)

    assert f"since your infusion on {day:%A} {day.day} {day:%B}" in seen


def test_it_is_said_which_clinic_sees_what_she_noticed(anas_phone: Browser, page: str) -> None:
    assert "Riverbend can see this when they look." in text(anas_phone.get(page).text)


def test_it_is_said_that_no_clinic_sees_what_she_noticed(
    session: Session, anas_phone: Browser, people: People, page: str, now: datetime
) -> None:
    consent = Consent(frozenset({Scope.NUMBERS}))
    grants.give(session, people.ana, people.riverbend.id, consent, now)
    session.commit()

    assert "None of your clinics sees this." in text(anas_phone.get(page).text)


@pytest.mark.parametrize(
    ("away", "order"),
    [(-ONE, ["after_pain", "before_pain"]), (ONE, ["before_pain", "after_pain"])],
)
def test_once_the_infusion_is_past_what_was_before_is_folded_away(
    session: Session,
    anas_phone: Browser,
    people: People,
    checklist: None,
    page: str,
    today: date,
    now: datetime,
    away: timedelta,
    order: list[str],
) -> None:
    give(session, people.riverbend, people.ana, today, given_at=now + away)

    seen = anas_phone.get(page).text

    assert re.findall(r'data-item="((?:before|after)_pain)"', seen) == order
    assert ("Before the infusion</h3>" in seen) is (away < timedelta(0))


def test_one_can_jump_from_heading_to_heading(anas_phone: Browser, page: str) -> None:
    seen = anas_phone.get(page).text.split('id="day"')[1].split("</form>")[0]

    assert [text(one) for one in re.findall(r"(?s)<h2.*?</h2>", seen)] == [
        "Your day",
        "More",
        "Sleep in detail",
        "What you noticed",
        "Your goal",
    ]


def test_none_of_these_is_the_last_box(anas_phone: Browser, page: str) -> None:
    seen = anas_phone.get(page).text

    assert seen.index('id="noticed-none"') > seen.index('id="noticed-craving"')


def shown(page: str) -> str:
    """Without what is hidden."""
    return re.sub(r'(?s)<div data-due="\w+" hidden>.*?</div>\s*</div>', "", page)


def test_without_a_strength_it_is_asked_for_and_the_tick_stays(
    anas_phone: Browser, page: str
) -> None:
    answer = anas_phone.send_form(page, **{"noticed-chest": "true"})

    assert answer.status_code == 400
    assert "Say how strong each one was" in answer.text
    assert 'id="noticed-chest" name="noticed-chest" value="true" checked' in answer.text


def test_a_plain_form_says_all_of_it(anas_phone: Browser, page: str, ana: Account) -> None:
    anas_phone.send_form(
        page,
        into_bed="22:30",
        waso="45",
        goal_met="partly",
        **{"ready-0": "A ride home", "noticed-none": "true"},
    )

    day = anas_phone.get("/entries?since=0").get_json()["days"][0]
    assert day["items"] == {
        "into_bed": "22:30",
        "waso": 45,
        "goal_met": "partly",
        "ready": ["A ride home"],
        "noticed": {},
    }


def test_what_was_seen_to_stays_when_the_list_is_another(
    session: Session, anas_phone: Browser, ana: Account, checklist: None, page: str, today: date
) -> None:
    write(session, ana, {today: {"ready": ("An old rule",)}})

    seen = anas_phone.get(page).text

    assert re.findall(r'id="ready-(\d)" name="ready-\d" value="([^"]+)"( checked)?', seen) == [
        ("0", "Nothing eaten", ""),
        ("1", "A ride home", ""),
        ("2", "An old rule", " checked"),
    ]


def test_said_before_is_in_words(anas_phone: Browser, ana: Account, page: str) -> None:
    put(anas_phone, ana, page, into_bed="22:30", noticed={"chest": 1, "dizzy": 3})
    put(anas_phone, ana, page, into_bed="23:15", noticed={}, goal_met="no")
    put(anas_phone, ana, page, noticed={"dizzy": 1}, goal_met="yes")

    seen = text(anas_phone.get(page).text).replace("\u202f", " ")

    assert "10:30 PM" in seen
    assert "Dizzy or unsteady: Severe; Pain or tightness in the chest: Mild" in seen
    assert "none of these" in seen


def test_the_history_says_that_there_is_more(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, {today: {"waso": 45, "before_pain": 6, "noticed": {}, "goal_met": "no"}})

    seen = anas_phone.get("/history").text

    assert "The night in detail, around an infusion, what you noticed, your goal" in seen


def test_her_phone_hears_what_is_asked_around_today(
    session: Session, anas_phone: Browser, people: People, checklist: None, today: date
) -> None:
    give(session, people.riverbend, people.ana, today)
    set_goal(session, people.ana, "Walk the dog", today - 7 * ONE)
    session.commit()

    heard = anas_phone.get("/entries?since=0").get_json()

    assert heard["asks"] == {
        str(today - ONE): [],
        str(today): ["infusion", "goal"],
        str(today + ONE): ["noticed", "goal"],
    }
    assert heard["checklist"] == ["Nothing eaten", "A ride home"]
    assert heard["goal"] == "Walk the dog"


def test_a_goal_is_set(anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/goal", text=" Walk the dog ")

    assert (answer.status_code, answer.location) == (303, "/today")
    assert 'value="Walk the dog"' in anas_phone.get("/goal").text
    assert anas_phone.get("/entries").get_json()["goal"] == "Walk the dog"


def test_a_goal_is_taken_back(anas_phone: Browser) -> None:
    anas_phone.send_form("/goal", text="Walk the dog")

    anas_phone.send_form("/goal", text="")

    assert anas_phone.get("/entries").get_json()["goal"] is None


@pytest.mark.assures("B02")
def test_a_goal_has_room_for_two_hundred_characters(anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/goal", text="n" * 201)

    assert answer.status_code == 400
    assert "n" * 201 in answer.text


def test_what_is_asked_of_an_infusion_is_no_number_of_the_day_at_the_desk(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, {today - ONE: {"before_pain": 6, "sol": 30}, today: {"pain_avg": 4}})

    seen = text(dr_boses_desk.get(f"/clinic/patients/{ana.id}").text)

    assert "2 of" in seen
    assert " 30 " not in seen.split("Day by day")[1].split("In their own words")[0]
