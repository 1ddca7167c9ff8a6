"""Reminders over HTTP: when to ask, when not, and what instead."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.infusions.models import InfusionDay
from journal.reminders import stops, store
from journal.reminders.models import Asks, Due, Kind, Rule
from journal.sharing.access import member_of
from tests.apps import running
from tests.people import BASE, Browser, People, signed_in
from tests.reminders.conftest import AFTERNOON, EIGHT, TODAY, device

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALL_DAYS = {f"days-{number}" for number in range(7)}
TUESDAY = {"at": "19:30", "days": ["1"], "on": "y", "nudge": "y"}


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON, tick=False):
        yield


@pytest.fixture
def evenings(session: Session, rule: Rule) -> Rule:
    """Ana's rule, kept where the pages see it."""
    session.commit()
    return rule


@pytest.fixture
def posting(config: Config) -> Iterator[Flask]:
    """An installation that could send e-mail."""
    posts = replace(config, smtp_url="smtp://127.0.0.1:9", mail_from="j@example.org")
    with running(posts) as app:
        yield app


def ticked(page: str) -> set[str]:
    """The boxes with a tick in them."""
    boxes = re.findall(r"<input[^>]*\schecked[^>]*>", page)
    return {found for box in boxes for found in re.findall(r'id="([^"]+)"', box)}


def typed(page: str, name: str) -> str:
    """What stands in a field."""
    [field] = re.findall(rf'<input[^>]*\sname="{name}"[^>]*>', page)
    return "".join(re.findall(r'value="([^"]*)"', field))


def current(session: Session, account: Account) -> Rule | None:
    session.expire_all()
    return store.rule_of(session, account.id)


def due(session: Session, kind: Kind) -> list[datetime]:
    session.expire_all()
    return list(session.scalars(select(Due.at).where(Due.kind == kind)))


def test_every_evening_at_eight_is_offered_and_nothing_set(anas_phone: Browser) -> None:
    page = anas_phone.get("/reminders").text

    assert "No reminder to fill in your day is set." in page
    assert ticked(page) == ALL_DAYS | {"on"}
    assert typed(page, "at") == "20:00"


def test_what_she_wants_is_kept(session: Session, ana: Account, anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/reminders", **TUESDAY)

    rule = current(session, ana)
    assert answer.location == "/reminders"
    assert rule is not None
    assert (rule.at, rule.days, rule.on, rule.nudge) == (time(19, 30), [1], True, True)


def test_and_the_page_says_when_it_comes(anas_phone: Browser) -> None:
    anas_phone.send_form("/reminders", **TUESDAY)

    page = anas_phone.get("/reminders").text

    assert re.search(
        r"The next reminder to fill in your day: Tuesday 24 November, 7:30\sPM\.", page
    )
    assert ticked(page) == {"days-1", "on", "nudge"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": []}, "Choose at least one day."),
        ({"days": ["7"]}, "Choose days of the week."),
        ({"days": ["Monday"]}, 'id="days-error"'),
        ({"at": ""}, "Choose a time."),
        ({"at": "25:00"}, "Write a time like 20:00."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    session: Session,
    ana: Account,
    evenings: Rule,
    anas_phone: Browser,
    wrong: dict[str, object],
    said: str,
) -> None:
    answer = anas_phone.send_form("/reminders", **(TUESDAY | wrong))

    rule = current(session, ana)
    assert answer.status_code == 400
    assert said in answer.text
    assert rule is not None
    assert (rule.at, rule.nudge) == (time(20), True)


def test_without_days_the_rest_of_what_she_typed_stays(anas_phone: Browser) -> None:
    page = anas_phone.send_form("/reminders", at="19:30", nudge="y").text

    assert typed(page, "at") == "19:30"
    assert ticked(page) == {"nudge"}


def test_without_a_time_the_days_she_chose_stay(anas_phone: Browser) -> None:
    page = anas_phone.send_form("/reminders", at="", days=["0", "6"], on="y").text

    assert ticked(page) == {"days-0", "days-6", "on"}


def test_switched_off_nothing_is_due(session: Session, evenings: Rule, anas_phone: Browser) -> None:
    anas_phone.send_form("/reminders", at="20:00", days=["0"])

    assert due(session, Kind.CHOSEN) == []
    assert "No reminder to fill in your day is set." in anas_phone.get("/reminders").text


def test_a_pause_says_until_when_and_can_be_ended(
    session: Session, ana: Account, evenings: Rule, anas_phone: Browser
) -> None:
    anas_phone.send_form("/reminders/pause", until=str(TODAY + 3 * DAY))

    assert "Paused until Thursday 26 November." in anas_phone.get("/reminders").text
    anas_phone.send_form("/reminders/pause/ending")
    assert "Paused until" not in anas_phone.get("/reminders").text


def test_a_pause_that_is_over_is_none(
    session: Session, evenings: Rule, anas_phone: Browser
) -> None:
    evenings.paused_until = TODAY
    session.commit()

    assert "Paused until" not in anas_phone.get("/reminders").text


@pytest.mark.parametrize("until", ["", "soon", "2026-11-23", "2020-01-01", "9999-12-31"])
def test_a_pause_that_cannot_be_is_asked_again(
    session: Session, ana: Account, evenings: Rule, anas_phone: Browser, until: str
) -> None:
    answer = anas_phone.send_form("/reminders/pause", until=until)

    rule = current(session, ana)
    assert answer.status_code == 400
    assert 'id="until-error"' in answer.text
    assert rule is not None
    assert rule.paused_until is None


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/reminders/pause", {"until": "soon"}),
        ("/reminders/quiet", {"begins": "23:00", "ends": ""}),
        ("/reminders/email", {"email": "nowhere"}),
        ("/reminders/calendar", {}),
    ],
)
def test_a_page_that_answers_one_form_shows_the_others_as_they_are(
    evenings: Rule, anas_phone: Browser, path: str, fields: dict[str, str]
) -> None:
    page = anas_phone.send_form(path, **fields).text

    assert ticked(page) == ALL_DAYS | {"on", "nudge"}
    assert typed(page, "at") == "20:00"


def test_put_off_she_is_asked_in_an_hour(
    session: Session, evenings: Rule, anas_phone: Browser
) -> None:
    answer = anas_phone.send_form("/reminders/later")

    assert due(session, Kind.LATER) == [AFTERNOON + HOUR]
    assert re.search(r"We ask again at 4:00\sPM\.", anas_phone.get(answer.location).text)


def test_put_off_twice_the_newer_time_counts(
    session: Session, evenings: Rule, anas_phone: Browser
) -> None:
    anas_phone.send_form("/reminders/later")
    with time_machine.travel(AFTERNOON + HOUR / 2, tick=False):
        anas_phone.send_form("/reminders/later")

    assert due(session, Kind.LATER) == [AFTERNOON + 1.5 * HOUR]


def test_whoever_has_no_reminders_puts_nothing_off(anas_phone: Browser) -> None:
    assert anas_phone.send_form("/reminders/later").status_code == 404


def test_quiet_hours_are_kept(session: Session, ana: Account, anas_phone: Browser) -> None:
    anas_phone.send_form("/reminders/quiet", begins="21:15", ends="08:00")

    page = anas_phone.get("/reminders").text
    assert (typed(page, "begins"), typed(page, "ends")) == ("21:15", "08:00")


def test_half_a_quiet_night_is_none(session: Session, ana: Account, anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/reminders/quiet", begins="21:15", ends="")

    settings = store.settings_of(session, ana.id)
    assert answer.status_code == 400
    assert typed(answer.text, "begins") == "21:15"
    assert (settings.quiet_begins, settings.quiet_ends) == (time(22), time(7))


def test_an_address_for_e_mail_is_kept_and_sealed(
    session: Session, people: People, posting: Flask
) -> None:
    phone = signed_in(posting, session, people.ana)

    phone.send_form("/reminders/email", email=" ana@example.com ")

    session.expire_all()
    assert typed(phone.get("/reminders").text, "email") == "ana@example.com"
    assert b"ana@" not in (store.settings_of(session, people.ana.id).email or b"ana@")


@pytest.mark.parametrize("wrong", ["nowhere", "a@b", "a b@example.org", f"{'a' * 250}@b.org"])
def test_what_is_no_address_is_said_and_stays_typed(
    session: Session, people: People, posting: Flask, wrong: str
) -> None:
    phone = signed_in(posting, session, people.ana)

    answer = phone.send_form("/reminders/email", email=wrong)

    assert answer.status_code == 400
    assert typed(answer.text, "email") == wrong
    assert store.email_of(session, people.ana.id) is None


def test_an_empty_address_ends_e_mail(session: Session, people: People, posting: Flask) -> None:
    phone = signed_in(posting, session, people.ana)
    store.keep_email(session, people.ana.id, "ana@example.com")
    session.commit()

    phone.send_form("/reminders/email", email="")

    session.expire_all()
    assert store.email_of(session, people.ana.id) is None


def test_where_no_e_mail_can_be_sent_none_is_offered(anas_phone: Browser) -> None:
    assert 'name="email"' not in anas_phone.get("/reminders").text


def test_whoever_travels_is_asked_by_the_clock_there(
    session: Session, ana: Account, evenings: Rule, anas_phone: Browser
) -> None:
    anas_phone.send_form("/reminders/zone", zone="America/Los_Angeles")

    session.refresh(ana)
    assert ana.zone == "America/Los_Angeles"
    assert due(session, Kind.CHOSEN) == [EIGHT + 3 * HOUR]


@pytest.mark.assures("B08")
@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "UTC\0", "x" * 9999])
def test_a_zone_that_there_is_not_moves_nobody(
    session: Session, ana: Account, anas_phone: Browser, zone: str
) -> None:
    answer = anas_phone.send_form("/reminders/zone", zone=zone)

    session.refresh(ana)
    assert answer.status_code == 400
    assert "We do not know that time zone." in answer.text
    assert ana.zone == "America/New_York"


@pytest.mark.assures("A12")
def test_a_calendar_link_is_shown_once_and_opens_until_it_is_ended(
    anas_phone: Browser, stranger: Browser
) -> None:
    page = anas_phone.send_form("/reminders/calendar").text
    [link] = re.findall(r'translate="no">http://127\.0\.0\.1:8000(/calendar/[\w-]{32}\.ics)<', page)

    assert stranger.get(link).status_code == 200
    assert link not in anas_phone.get("/reminders").text
    anas_phone.send_form("/reminders/calendar/ending")
    assert stranger.get(link).status_code == 404


def test_only_a_link_that_she_made_can_be_ended(anas_phone: Browser) -> None:
    ending = 'action="/reminders/calendar/ending"'
    assert ending not in anas_phone.get("/reminders").text

    anas_phone.send_form("/reminders/calendar")

    assert ending in anas_phone.get("/reminders").text


def test_she_reads_that_her_clinic_stopped_it(
    session: Session, people: People, evenings: Rule, anas_phone: Browser
) -> None:
    stops.stop(session, member_of(session, people.bose), people.ana.id, AFTERNOON)
    session.commit()

    page = anas_phone.get("/reminders").text

    assert "Nothing is sent just now." in page
    assert "Riverbend has stopped all messages to you for now." in page


@pytest.mark.parametrize(
    ("unanswered", "told"), [([], True), ([3], True), ([3, 2], False), ([0], False)]
)
def test_she_reads_that_no_phone_shows_them(
    session: Session,
    ana: Account,
    evenings: Rule,
    anas_phone: Browser,
    unanswered: list[int],
    told: bool,
) -> None:
    for count in unanswered:
        device(session, ana, unanswered=count)
    session.commit()

    for path in ("/reminders", f"/entries/{TODAY}"):
        said = "phone does not show our reminders just now" in anas_phone.get(path).text
        assert said is told


def test_whoever_wants_no_reminders_reads_nothing_of_phones(anas_phone: Browser) -> None:
    assert "does not show our reminders" not in anas_phone.get(f"/entries/{TODAY}").text


@pytest.mark.assures("A10")
def test_another_site_changes_nothing(evenings: Rule, anas_phone: Browser) -> None:
    for path in ("/reminders", "/reminders/later", "/reminders/calendar", "/devices"):
        answer = anas_phone.client.post(path, base_url=BASE, data={"at": "03:00", "days": ["1"]})
        assert answer.status_code in (400, 405)


def test_what_is_asked_around_infusions_is_chosen_there(
    session: Session, anas_phone: Browser, ana: Account
) -> None:
    typed = {"infusion_at": "07:15", "infusion_on": "y", "morning_at": "09:30"}

    answer = anas_phone.send_form("/reminders/infusions", **typed)

    assert answer.status_code == 303
    rules = store.rules_of(session, ana.id)
    before, after = rules[Asks.INFUSION], rules[Asks.MORNING]
    session.commit()
    assert before
    assert after
    assert (before.at, before.on, after.at, after.on) == (time(7, 15), True, time(9, 30), False)
    assert "infusion_on" in ticked(anas_phone.get("/reminders").text)


def test_a_time_left_out_is_asked_for_there(anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/reminders/infusions", infusion_on="y", morning_at="09:30")

    assert answer.status_code == 400
    assert "Choose a time." in answer.text
    assert "infusion_on" in ticked(answer.text)


def test_what_saves_says_to_whoever_listens_what_it_saves(anas_phone: Browser) -> None:
    page = anas_phone.get("/reminders").text

    assert re.findall(r'aria-label="(Save [^"]+)"', page) == [
        "Save the reminder to fill in your day",
        "Save the reminders around an infusion",
        "Save the quiet hours",
    ]


def test_each_time_says_what_it_is_for(anas_phone: Browser) -> None:
    page = anas_phone.get("/reminders").text

    assert re.findall(r'for="(?:infusion_at|morning_at)">([^<]+)', page) == [
        "Time on the day of an infusion",
        "Time on the morning after",
    ]


def test_it_says_for_how_long_after_an_infusion_nothing_comes(anas_phone: Browser) -> None:
    assert "For 4 hours after an infusion nothing is sent" in anas_phone.get("/reminders").text


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (6, "For 6 hours after an infusion nothing is sent"),
        (1, "For 1 hour after an infusion nothing is sent"),
    ],
)
def test_or_as_long_as_her_clinic_wants(
    session: Session, people: People, anas_phone: Browser, hours: int, said: str
) -> None:
    session.add(InfusionDay(clinic_id=people.riverbend.id, checklist=[], quiet_hours=hours))
    session.commit()

    assert said in anas_phone.get("/reminders").text


def test_where_her_clinic_wants_no_quiet_hours_none_are_said(
    session: Session, people: People, anas_phone: Browser
) -> None:
    session.add(InfusionDay(clinic_id=people.riverbend.id, checklist=[], quiet_hours=0))
    session.commit()

    assert "after an infusion nothing is sent" not in anas_phone.get("/reminders").text
