"""Ana gets back in; nobody else does."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts import passwords, recovery
from journal.accounts.models import Account, Recovery
from journal.audit.models import AuditEvent
from tests.accounts.signing import sign_in
from tests.people import BASE, Browser, People, signed_in

NEW = "copper lantern meadow"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def link(session: Session, ana: Account, now: datetime) -> str:
    token = recovery.by_mail(session, ana, now)
    session.commit()
    return f"/recover/{token}"


def code_made(session: Session, people: People, at: datetime) -> str:
    clinic = people.riverbend
    code = recovery.by_clinic(session, people.bose, clinic.id, clinic.name, people.ana.id, at)
    session.commit()
    return code


def actions(session: Session, patient: Account) -> list[str]:
    events = select(AuditEvent.action).where(AuditEvent.patient_id == patient.id)
    return list(session.scalars(events.order_by(AuditEvent.id)))


@pytest.mark.assures("A12")
def test_a_code_has_128_bits_and_is_kept_as_a_hash(
    session: Session, people: People, now: datetime
) -> None:
    code = code_made(session, people, now)

    assert re.fullmatch("[A-Z2-7]{26}", code)
    assert session.scalars(select(Recovery.token_hash)).one() != code


def test_a_code_is_read_out_in_groups_of_four() -> None:
    assert recovery.spoken("ABCDEFGHIJ") == "ABCD EFGH IJ"


@pytest.mark.parametrize("typed", ["abcd efoi", "ABCD-EFOI", " abcdef01 ", "ABCD\u00a0EF0I"])
def test_a_code_may_be_typed_as_people_do(typed: str) -> None:
    assert recovery.plain(typed) == "ABCDEFOI"


@pytest.mark.assures("A12")
def test_looking_at_a_link_uses_nothing_up(stranger: Browser, link: str) -> None:
    stranger.get(link)
    stranger.client.head(link, base_url=BASE)

    assert stranger.get(link).status_code == 200


@pytest.mark.assures("A16")
def test_a_link_sets_a_new_password_and_lets_her_in(
    session: Session, stranger: Browser, ana: Account, link: str
) -> None:
    answer = stranger.send_form(link, password=NEW)

    session.refresh(ana)
    assert answer.location == "/"
    assert passwords.matches(NEW, ana.password_hash)
    assert stranger.get("/account").status_code == 200


@pytest.mark.assures("A16", "A09")
def test_every_session_ends_and_letters_stay(
    anas_phone: Browser, stranger: Browser, link: str
) -> None:
    stranger.send_form(link, password=NEW)

    assert anas_phone.send_json("PUT", "/entries", {"edits": []}).status_code == 401


@pytest.mark.assures("A12")
def test_it_works_once(app: Flask, stranger: Browser, link: str) -> None:
    stranger.send_form(link, password=NEW)

    again = Browser(app).send_form(link, password="another " + NEW)

    assert again.status_code == 410
    assert "has been used" in again.text


@pytest.mark.assures("A12")
def test_of_many_at_once_exactly_one_wins(app: Flask, link: str) -> None:
    browsers = [Browser(app) for _ in range(6)]
    for browser in browsers:
        browser.get(link)

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = pool.map(lambda one: one.send_form(link, password=NEW).status_code, browsers)

    assert sorted(answers) == [303, 410, 410, 410, 410, 410]


@pytest.mark.assures("A05")
def test_a_weak_password_is_refused_and_uses_nothing_up(stranger: Browser, link: str) -> None:
    refused = stranger.send_form(link, password="short")

    assert refused.status_code == 400
    assert "between 12 and 128" in refused.text
    assert stranger.send_form(link, password=NEW).status_code == 303


def test_after_an_hour_a_link_is_too_old(
    session: Session, stranger: Browser, ana: Account, now: datetime
) -> None:
    token = recovery.by_mail(session, ana, now - recovery.BY_MAIL)
    session.commit()

    answer = stranger.get(f"/recover/{token}")

    assert answer.status_code == 410
    assert "has run out" in answer.text


def test_using_one_link_closes_the_others(
    session: Session, app: Flask, stranger: Browser, ana: Account, link: str, now: datetime
) -> None:
    other = recovery.by_mail(session, ana, now)
    session.commit()

    stranger.send_form(link, password=NEW)

    assert Browser(app).get(f"/recover/{other}").status_code == 410


def test_a_changed_password_closes_a_link(anas_phone: Browser, app: Flask, link: str) -> None:
    anas_phone.send_form("/account/password", old_password="seven quiet foxes", password=NEW)

    assert Browser(app).get(link).status_code == 410


def test_an_unknown_link_leads_nowhere(stranger: Browser) -> None:
    answer = stranger.get("/recover/NOPE")

    assert answer.status_code == 404
    assert "do not know that link" in answer.text


@pytest.mark.assures("A06")
def test_whoever_guesses_is_slowed_down(stranger: Browser) -> None:
    answers = [stranger.get(f"/recover/GUESS{number}").status_code for number in range(21)]

    assert answers == [404] * 20 + [429]


@pytest.mark.assures("A06")
def test_guessing_nearby_does_not_close_a_good_link(stranger: Browser, link: str) -> None:
    for number in range(22):
        stranger.get(f"/recover/GUESS{number}")

    assert stranger.get(link).status_code == 200


@pytest.mark.assures("A16")
def test_a_code_of_the_clinic_works_a_day_later_and_says_when(
    session: Session, stranger: Browser, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - DAY + MINUTE)

    answer = stranger.get(f"/recover/{code}")

    assert answer.status_code == 403
    assert re.search(r"works from \w+ \d+ \w+ at \d+:\d\d", answer.text)


@pytest.mark.assures("A16")
def test_nor_can_a_password_be_sent_to_it_earlier(
    session: Session, stranger: Browser, ana: Account, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - DAY + MINUTE)

    answer = stranger.send_form(f"/recover/{code}", password=NEW)

    session.refresh(ana)
    assert answer.status_code == 403
    assert not passwords.matches(NEW, ana.password_hash)


@pytest.mark.assures("A16")
def test_after_a_day_the_code_lets_her_in(
    session: Session, stranger: Browser, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - DAY)

    typed = stranger.send_form("/recover/code", code=recovery.spoken(code).lower())
    answer = stranger.send_form(typed.location, password=NEW)

    assert (typed.status_code, answer.status_code) == (303, 303)
    assert actions(session, people.ana)[-2:] == ["recovery.made", "recovery.used"]


def test_two_days_after_that_it_does_not(
    session: Session, stranger: Browser, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - 3 * DAY)

    assert stranger.get(f"/recover/{code}").status_code == 410


@pytest.mark.parametrize(("typed", "status"), [("", 400), ("ABCD EFGH", 404), ("x" * 101, 400)])
def test_what_is_no_code_is_said_and_kept(stranger: Browser, typed: str, status: int) -> None:
    answer = stranger.send_form("/recover/code", code=typed)

    assert answer.status_code == status
    assert f'value="{typed}"' in answer.text


@pytest.mark.assures("A16")
def test_every_page_of_hers_says_that_there_is_a_code(
    session: Session, anas_phone: Browser, people: People, now: datetime
) -> None:
    code_made(session, people, now)

    for page in ("/account", "/history", "/sharing"):
        assert "/account/recovery/stopping" in anas_phone.get(page).text


def test_nobody_elses_pages_say_it(
    app: Flask, session: Session, people: People, now: datetime
) -> None:
    code_made(session, people, now)

    for other in (people.ben, people.bose):
        page = signed_in(app, session, other).get("/account").text
        assert "/account/recovery/stopping" not in page


@pytest.mark.assures("A16")
def test_one_tap_stops_it(
    session: Session, anas_phone: Browser, stranger: Browser, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - DAY)

    anas_phone.send_form("/account/recovery/stopping")

    answer = stranger.send_form(f"/recover/{code}", password=NEW)
    assert answer.status_code == 410
    assert "was stopped" in answer.text
    assert actions(session, people.ana)[-1] == "recovery.stopped"


def test_where_there_is_none_a_tap_stops_nothing(
    session: Session, anas_phone: Browser, ana: Account
) -> None:
    anas_phone.send_form("/account/recovery/stopping")

    assert "recovery.stopped" not in actions(session, ana)


@pytest.mark.assures("A15")
def test_ben_does_not_stop_anas(
    app: Flask, session: Session, stranger: Browser, people: People, now: datetime
) -> None:
    code = code_made(session, people, now - DAY)

    signed_in(app, session, people.ben).send_form("/account/recovery/stopping")

    assert stranger.get(f"/recover/{code}").status_code == 200


def test_a_second_code_replaces_the_first_and_ana_stopped_nothing(
    session: Session, stranger: Browser, people: People, now: datetime
) -> None:
    first = code_made(session, people, now - DAY)
    code_made(session, people, now - DAY)

    assert stranger.get(f"/recover/{first}").status_code == 410
    assert "recovery.stopped" not in actions(session, people.ana)


@pytest.mark.assures("A16", "D03")
def test_it_stands_in_her_list_of_looks(
    session: Session, anas_phone: Browser, people: People, now: datetime
) -> None:
    code_made(session, people, now)
    anas_phone.send_form("/account/recovery/stopping")

    page = anas_phone.get("/sharing").text

    assert "Dr Bose made a code to let you back in" in page
    assert "You stopped a code" in page


def test_someone_new_of_a_care_team_chooses_a_password(
    session: Session, stranger: Browser, dr_cole: Account, now: datetime
) -> None:
    session.execute(update(Account).where(Account.id == dr_cole.id).values(password_hash=None))
    token = recovery.first_password(session, dr_cole, now)
    session.commit()

    stranger.send_form(f"/recover/{token}", password=NEW)

    assert sign_in(stranger, dr_cole.email, NEW).status_code == 303


def test_without_a_mail_server_the_page_says_who_helps(stranger: Browser) -> None:
    page = stranger.get("/recover").text

    assert "Call your clinic" in page
    assert 'name="email"' not in page
    assert stranger.send_form("/recover", email="ana@example.org").status_code == 400
