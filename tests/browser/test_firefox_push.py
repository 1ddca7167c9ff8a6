"""The unbroken chain, in a stock Firefox: our page, our worker process, its push service, a tap."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import jwt
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal import serve
from journal.accounts.models import Account, SignIn
from journal.config import Config
from journal.push.models import Delivery, Device, Outcome
from journal.reminders.models import Due
from journal.reminders.store import Wanted, change
from tests.apps import running
from tests.browser.browsers import free_port
from tests.browser.conftest import served
from tests.browser.firefox import Alert, Firefox
from tests.people import PASSWORD
from tests.push.firefox_service import FirefoxPushService
from tests.reminders.conftest import EVERY_DAY, zone_where_it_is_noon
from tests.waiting import until

ASK, TEST = "A minute for your day?", "This is a test. It works."
GONE_FROM_PAGE = "return !document.querySelector('[data-test]');"


@pytest.fixture
def config(base_config: Config, database_url: str, push_service: FirefoxPushService) -> Config:
    return replace(
        base_config,
        database_url=database_url,
        base_url=f"http://127.0.0.1:{free_port()}",
        push_also=frozenset({push_service.origin}),
    )


@pytest.fixture
def live(config: Config) -> Iterator[str]:
    """A server at an address of its own: what Firefox kept for another is of no use here."""
    with running(config) as app, served(app, config):
        yield config.base_url


@pytest.fixture
def worker(config: Config) -> Iterator[None]:
    """`journal worker`, in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=serve.work, args=(config,))
    process.start()
    yield
    process.terminate()
    process.join(30)


@pytest.fixture
def phone(firefox: Firefox, live: str, session: Session, ana: Account, worker: None) -> Firefox:
    """Ana's, on which she turned notifications on; where she lives it is noon."""
    ana.zone = zone_where_it_is_noon(datetime.now(UTC))
    session.commit()
    page = firefox.page
    page.goto(f"{live}/sign-in?next=/devices")
    page.fill("[name=email]", "ana@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.follow("/devices")
    page.click("[data-turn-on]")
    page.until("return document.querySelector('[data-test]') !== null;")
    return firefox


@pytest.fixture
def due(session: Session, ana: Account, phone: Firefox) -> None:
    ask(session, ana)


def ask(session: Session, ana: Account) -> None:
    """Her reminder is due now."""
    now = datetime.now(UTC).replace(microsecond=0)
    rule = change(session, ana, Wanted(time(12), EVERY_DAY, on=True, nudge=False), now)
    session.execute(update(Due).where(Due.rule_id == rule.id).values(at=now, for_at=now))
    session.commit()


def delivery(session: Session) -> Delivery:
    """The newest one. Whoever only looks must not keep the worker from writing."""
    newest = select(Delivery).order_by(Delivery.due_at.desc())
    found = session.scalars(newest.execution_options(populate_existing=True)).first()
    session.commit()
    return found or Delivery()


def test_a_reminder_is_shown_confirmed_and_leads_to_today(
    session: Session, phone: Firefox, due: None
) -> None:
    assert phone.screen.alert(ASK) == Alert("Journal", ASK)
    until(lambda: delivery(session).shown_at, "the receipt")
    # A fast phone says so before the worker has written down that it sent.
    until(lambda: delivery(session).outcome == Outcome.SENT, "its outcome")

    phone.screen.tap(ASK)

    phone.page.follow(f"/entries/{delivery(session).day}")


def test_its_receipt_makes_the_phone_known_to_hear(
    session: Session, phone: Firefox, due: None
) -> None:
    phone.screen.alert(ASK)
    until(lambda: delivery(session).shown_at, "the receipt")

    device = session.scalars(select(Device)).one()
    assert device.unanswered == 0
    assert device.confirmed_at is not None


def test_the_proof_names_the_service_with_its_port(
    phone: Firefox, push_service: FirefoxPushService, due: None
) -> None:
    [posted] = push_service.posts(1)

    token = posted.headers["Authorization"].removeprefix("vapid t=").partition(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["aud"] == push_service.origin
    assert claims["sub"] == "mailto:journal@example.org"


def test_a_test_says_that_it_was_shown(phone: Firefox) -> None:
    phone.page.click("[data-test] button")

    phone.screen.alert(TEST)
    phone.page.until("return document.body.textContent.includes('It was shown.');")


def test_a_closed_browser_shows_it_when_it_is_opened_again(
    session: Session, ana: Account, phone: Firefox, push_service: FirefoxPushService
) -> None:
    phone.close()
    ask(session, ana)
    push_service.posts(1)

    phone.open()

    phone.screen.alert(ASK)
    until(lambda: delivery(session).shown_at, "the receipt")


def test_a_device_that_is_gone_is_forgotten(
    session: Session, ana: Account, phone: Firefox, push_service: FirefoxPushService
) -> None:
    push_service.answer_next(410)
    ask(session, ana)

    until(lambda: delivery(session).outcome == Outcome.GONE, "that it is gone")
    assert session.scalars(select(Device)).all() == []


def test_a_busy_service_gets_it_later(
    session: Session, ana: Account, phone: Firefox, push_service: FirefoxPushService
) -> None:
    push_service.answer_next(429, retry_after=120)
    ask(session, ana)
    until(lambda: delivery(session).cause, "that it was busy")
    waits = delivery(session).next_at - datetime.now(UTC)

    session.execute(update(Delivery).values(next_at=datetime.now(UTC)))
    session.commit()

    assert waits > timedelta(seconds=100)
    phone.screen.alert(ASK)


def test_a_changed_subscription_is_told_and_used(
    session: Session, ana: Account, phone: Firefox, push_service: FirefoxPushService
) -> None:
    before = session.scalars(select(Device.endpoint)).one()
    session.commit()
    push_service.forget_browsers()
    until(lambda: _endpoint(session) != before, "a new endpoint")

    ask(session, ana)

    phone.screen.alert(ASK)


def test_what_goes_out_twice_is_on_the_screen_once(
    session: Session, phone: Firefox, push_service: FirefoxPushService, due: None
) -> None:
    until(lambda: delivery(session).shown_at, "the receipt")
    until(lambda: delivery(session).outcome, "its outcome")

    once_more = {"outcome": None, "shown_at": None, "next_at": datetime.now(UTC)}
    session.execute(update(Delivery).values(once_more))
    session.commit()

    push_service.posts(2)
    until(lambda: delivery(session).shown_at, "the second receipt")
    assert phone.screen.alerts() == [Alert("Journal", ASK)]
    assert len(phone.page.notifications()) == 1


def test_a_session_that_ran_out_is_reminded_all_the_same(
    session: Session, ana: Account, phone: Firefox
) -> None:
    session.execute(update(SignIn).values(seen_at=datetime.now(UTC) - timedelta(days=500)))
    session.commit()

    ask(session, ana)

    phone.screen.alert(ASK)
    until(lambda: delivery(session).shown_at, "the receipt")


def test_whoever_signs_out_is_not_reminded_there(
    session: Session, ana: Account, phone: Firefox
) -> None:
    phone.page.click("summary.menu__open")
    phone.page.click("[data-sign-out] button")
    phone.page.until("return document.body.matches('[data-signed-out]');")

    ask(session, ana)

    until(lambda: delivery(session).outcome == Outcome.UNREACHABLE, "that nobody is there")
    assert phone.screen.alerts() == []


def _endpoint(session: Session) -> str | None:
    found = session.scalars(select(Device.endpoint)).first()
    session.commit()
    return found
