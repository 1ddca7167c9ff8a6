"""An e-mail instead, when no phone of hers shows our reminders; and no more of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.config import Config
from journal.mail.models import OutgoingMail
from journal.push.models import Delivery, Outcome
from journal.reminders import stops, store
from journal.reminders.asking import Asking
from journal.reminders.letters import sign
from journal.reminders.models import Rule
from journal.sharing.access import member_of
from journal.worker import Worker
from tests.accounts.test_letters import HEALTH
from tests.letterbox import Letterbox, serving
from tests.people import BASE, Browser, People
from tests.reminders.conftest import AFTERNOON, EIGHT, TODAY, device, log

TO = "ana@example.com"
Posts = Callable[[], list[EmailMessage]]


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def posting(config: Config, letterbox: Letterbox) -> Iterator[Config]:
    """An installation that can send e-mail."""
    with serving(letterbox) as url:
        yield replace(config, smtp_url=url, mail_from="Journal <journal@example.org>")


@pytest.fixture
def posts(session: Session, posting: Config, letterbox: Letterbox) -> Posts:
    """Plan what is due at eight, and have the worker carry the e-mails away; what arrived."""

    def run() -> list[EmailMessage]:
        Asking(posting).plan(session, EIGHT, 100)
        session.commit()
        worker = Worker(posting)
        worker.turn(EIGHT)
        worker.close()
        return [_read(text) for text in letterbox.texts()]

    return run


@pytest.fixture
def reachable(session: Session, ana: Account, rule: Rule) -> str:
    """Ana said where to write."""
    store.keep_email(session, ana.id, TO)
    return TO


def _read(text: str) -> EmailMessage:
    read = message_from_string(text, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def outcomes(session: Session) -> set[tuple[str, str | None]]:
    return {(one.target[:6], one.outcome) for one in session.scalars(select(Delivery))}


def test_without_a_phone_she_gets_an_e_mail(session: Session, reachable: str, posts: Posts) -> None:
    [letter] = posts()

    assert letter["To"] == TO
    assert letter["Subject"] == "A minute for your day?"
    lines = letter.get_content().splitlines()
    assert {"http://127.0.0.1:8000/today", "http://127.0.0.1:8000/devices"} <= set(lines)
    assert outcomes(session) == {("mail", Outcome.MAILED)}


def test_a_deaf_phone_is_tried_all_the_same(
    session: Session, ana: Account, reachable: str, posts: Posts
) -> None:
    deaf = device(session, ana, unanswered=3)

    assert len(posts()) == 1
    assert outcomes(session) == {("mail", Outcome.MAILED), (deaf.id.hex[:6], None)}


def test_while_one_phone_answers_nothing_is_written(
    session: Session, ana: Account, reachable: str, posts: Posts
) -> None:
    device(session, ana, unanswered=3)
    device(session, ana, unanswered=2)

    assert posts() == []


def test_whoever_has_logged_gets_none(
    session: Session, ana: Account, reachable: str, posts: Posts
) -> None:
    log(session, ana, TODAY, pain_avg=3)

    assert posts() == []
    assert outcomes(session) == {("nobody", Outcome.LOGGED)}


def test_nor_does_she_whose_clinic_stopped_all_messages(
    session: Session, people: People, reachable: str, posts: Posts
) -> None:
    stops.stop(session, member_of(session, people.bose), people.ana.id, AFTERNOON)

    assert posts() == []


def test_whoever_gave_no_address_gets_none(session: Session, rule: Rule, posts: Posts) -> None:
    assert posts() == []
    assert outcomes(session) == {("nobody", Outcome.UNREACHABLE)}


def test_where_no_e_mail_can_be_sent_none_waits(
    session: Session, config: Config, reachable: str
) -> None:
    Asking(config).plan(session, EIGHT, 100)

    assert session.scalars(select(OutgoingMail)).all() == []
    assert outcomes(session) == {("nobody", Outcome.UNREACHABLE)}


@pytest.mark.assures("C02")
def test_it_says_nothing_of_health(reachable: str, posts: Posts) -> None:
    [letter] = posts()

    assert not HEALTH.search(str(letter.get_content()))
    assert not HEALTH.search(" ".join(f"{name}: {text}" for name, text in letter.items()))


def test_a_mail_program_can_stop_them_by_itself(reachable: str, posts: Posts) -> None:
    [letter] = posts()

    link = _stop_link(letter)
    assert letter["List-Unsubscribe"] == f"<{link}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.fixture
def stop(session: Session, reachable: str, posts: Posts) -> str:
    """The path of the link in her e-mail."""
    [letter] = posts()
    return _stop_link(letter).removeprefix("http://127.0.0.1:8000")


def _stop_link(letter: EmailMessage) -> str:
    [link] = re.findall(r"http\S+/mail/stop/\S+", letter.get_content())
    return str(link)


def address(session: Session, ana: Account) -> str | None:
    session.expire_all()
    found = store.email_of(session, ana.id)
    session.commit()  # the pages want to write too
    return found


@pytest.mark.assures("A12")
def test_looking_at_the_link_changes_nothing(
    session: Session, ana: Account, app: Flask, stranger: Browser, stop: str
) -> None:
    seen = stranger.get(stop)
    stranger.client.head(stop, base_url=BASE)

    assert "Shall we stop?" in seen.text
    assert address(session, ana) == TO


def test_one_button_stops_them(
    session: Session, ana: Account, app: Flask, stranger: Browser, stop: str
) -> None:
    answer = stranger.send_form(stop)

    assert "We do not write to you about your day any more." in answer.text
    assert address(session, ana) is None


def test_a_mail_program_stops_them_without_a_cookie(
    session: Session, ana: Account, app: Flask, stranger: Browser, stop: str
) -> None:
    answer = one_click(stranger, stop)

    assert answer.status_code == 200
    assert address(session, ana) is None
    assert one_click(stranger, stop).status_code == 200


def test_whoever_never_had_settings_stops_them_too(
    session: Session, people: People, config: Config, app: Flask, stranger: Browser
) -> None:
    session.commit()

    answer = one_click(stranger, f"/mail/stop/{sign(config.secret_key, people.ben.id)}")

    assert answer.status_code == 200
    assert address(session, people.ben) is None


@pytest.mark.assures("A04")
@pytest.mark.parametrize("ending", ["x", ".x", "%00"])
def test_a_link_that_we_never_wrote_stops_nothing(
    session: Session, ana: Account, app: Flask, stranger: Browser, stop: str, ending: str
) -> None:
    assert stranger.get(stop + ending).status_code == 404
    assert one_click(stranger, stop + ending).status_code == 404
    assert address(session, ana) == TO


@pytest.mark.assures("A04")
def test_a_link_signed_with_another_key_stops_nothing(
    session: Session, ana: Account, app: Flask, stranger: Browser, stop: str
) -> None:
    assert one_click(stranger, f"/mail/stop/{sign('another', ana.id)}").status_code == 404
    assert address(session, ana) == TO


def test_the_link_of_someone_who_is_gone_leads_nowhere(
    session: Session, people: People, app: Flask, stranger: Browser, config: Config
) -> None:
    link = f"/mail/stop/{sign(config.secret_key, people.riverbend.id)}"
    session.commit()

    assert stranger.get(link).status_code == 404


def one_click(stranger: Browser, path: str) -> TestResponse:
    """What a mail program posts (RFC 8058)."""
    data = {"List-Unsubscribe": "One-Click"}
    return stranger.client.post(path, base_url=BASE, data=data)
