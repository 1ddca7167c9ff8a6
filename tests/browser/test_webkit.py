"""Journal in an iPhone's engine: over TLS, with its worker, with the line cut and restored."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.config import Config
from journal.entries.models import Day, Edit
from tests.browser.browsers import free_port
from tests.browser.page import Page
from tests.browser.relay import Relay
from tests.browser.webkit import WebKit
from tests.people import PASSWORD, ZONE

ONE = timedelta(days=1)
QUESTION = "Your pain on average"
AT_WORK = "return navigator.serviceWorker.controller?.state === 'activated';"
# A thumb's tap on one question too soon after another is one that was doubled; a click is not.
TAP = "document.querySelector(arguments[0]).click();"
# By then it is written down whose phone it is.
TOLD = "return document.querySelector('#truth:not([data-untold])') !== null;"
KEPT = "return document.querySelector('#truth[data-state=kept]') !== null;"
CHECKED = "return document.querySelector(arguments[0]).checked;"


@pytest.fixture
def config(base_config: Config, database_url: str) -> Config:
    address = f"https://127.0.0.1:{free_port()}"
    return replace(base_config, database_url=database_url, base_url=address, proxies=1)


@pytest.fixture
def page(webkit: WebKit, relay: Relay, ana: Account) -> Page:
    """Ana's, on which she signed in and is on today's; the worker is at work."""
    page = webkit.page
    page.goto(f"{relay.origin}/sign-in")
    page.fill("[name=email]", "ana@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.shows("main", QUESTION)
    page.run("return navigator.serviceWorker.ready.then(() => true);")
    page.goto(f"{relay.origin}/today")
    return page


def test_ana_signs_in_and_the_worker_is_at_work(page: Page, relay: Relay, now: datetime) -> None:
    page.shows("main", QUESTION)

    assert page.url == f"{relay.origin}/entries/{diary_day(now, ZONE)}"
    page.until(AT_WORK)


def test_with_the_line_cut_help_opens_and_other_pages_say_what_is_wrong(
    page: Page, relay: Relay
) -> None:
    relay.cut()

    page.goto(f"{relay.origin}/help-now")
    page.shows("main", "988")
    page.goto(f"{relay.origin}/sharing")

    page.shows("h1", "No connection just now")


def test_what_is_written_with_the_line_cut_outlives_the_window_and_arrives_once(
    webkit: WebKit, page: Page, relay: Relay, session: Session, now: datetime
) -> None:
    today = diary_day(now, ZONE)
    page.until(AT_WORK)
    page.until(TOLD)
    relay.cut()

    page.goto(f"{relay.origin}/today")
    page.shows("main", QUESTION)
    page.run(TAP, "#pain_avg-7")
    page.run(TAP, "#mood-3")
    page.until(KEPT)
    page.goto(f"{relay.origin}/entries/{today - ONE}")
    page.shows("main", QUESTION)
    page.run(TAP, "#pain_avg-5")
    page.until(KEPT)
    page.goto(f"{relay.origin}/today")
    page.shows("main", QUESTION)
    page.run(TAP, "#pain_avg-6")
    page.until(KEPT)
    webkit.close_window()

    page.goto(f"{relay.origin}/today")
    page.shows("main", QUESTION)
    assert page.until(CHECKED, "#pain_avg-6")
    assert page.until(CHECKED, "#mood-3")
    relay.restore()
    page.goto(f"{relay.origin}/today")
    page.shows("#truth", "In your journal")
    found = session.execute(select(Day.day, Day.pain_avg, Day.mood)).all()
    assert {tuple(row) for row in found} == {(today, 6, 3), (today - ONE, 5, None)}
    said = [pair for numbers in session.scalars(select(Edit.numbers)) for pair in numbers.items()]
    assert sorted(said) == [("mood", 3), ("pain_avg", 5), ("pain_avg", 6), ("pain_avg", 7)]
