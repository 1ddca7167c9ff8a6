"""Journal in an iPhone's engine: over TLS, with its worker, with the line cut and restored."""

from dataclasses import replace
from datetime import datetime

import pytest

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.config import Config
from tests.browser.browsers import free_port
from tests.browser.page import Page
from tests.browser.relay import Relay
from tests.browser.webkit import WebKit
from tests.people import PASSWORD, ZONE

QUESTION = "Your pain on average"
AT_WORK = "return navigator.serviceWorker.controller?.state === 'activated';"
WAITS = "return document.querySelector('#truth').dataset.state === 'waiting';"
ARRIVED = """
return fetch("/entries?since=0").then((answer) => answer.json())
  .then(({ days }) => days.some(({ items }) => items.mood === 6));"""
OPEN = """
const opened = indexedDB.open("drawer");
opened.onupgradeneeded = () => opened.result.createObjectStore("letters");
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const drawer = await done(opened);
const letters = drawer.transaction("letters", "readwrite").objectStore("letters");
"""
PUT = f"return (async () => {{ {OPEN} await done(letters.put('kept', 'first')); }})();"
GET = f"return (async () => {{ {OPEN} return done(letters.get('first')); }})();"


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


def test_ana_signs_in_and_sees_today(page: Page, relay: Relay, now: datetime) -> None:
    page.shows("main", QUESTION)

    assert page.url == f"{relay.origin}/entries/{diary_day(now, ZONE)}"


def test_the_worker_is_at_work(page: Page) -> None:
    page.until(AT_WORK)


def test_help_opens_with_the_line_cut(page: Page, relay: Relay) -> None:
    relay.cut()

    page.goto(f"{relay.origin}/help-now")

    page.shows("main", "988")
    assert page.attribute("main a[href^='tel:']", "href") == "tel:988"


def test_with_the_line_cut_a_page_says_so_and_opens_once_it_is_restored(
    page: Page, relay: Relay
) -> None:
    relay.cut()
    page.goto(f"{relay.origin}/today")
    page.shows("h1", "No connection just now")

    relay.restore()
    page.click("main .button--primary")

    page.shows("main", QUESTION)


def test_a_tap_with_the_line_cut_arrives_once_it_is_restored(page: Page, relay: Relay) -> None:
    relay.cut()
    page.click("#mood-6")
    page.until(WAITS)

    relay.restore()

    page.until(ARRIVED)


def test_what_a_page_put_away_outlives_its_window(webkit: WebKit, page: Page, relay: Relay) -> None:
    page.run(PUT)
    relay.cut()

    webkit.close_window()

    page.goto(f"{relay.origin}/help-now")
    assert page.run(GET) == "kept"


def test_she_is_still_signed_in_when_she_opens_it_again(
    webkit: WebKit, page: Page, relay: Relay
) -> None:
    webkit.close_window()

    page.goto(f"{relay.origin}/today")

    page.shows("main", QUESTION)


def test_a_second_window_is_hers_as_well(webkit: WebKit, page: Page, relay: Relay) -> None:
    webkit.open_window()
    page.goto(f"{relay.origin}/account")

    page.shows("h1", "Account")
    page.follow("/entries/")
    page.shows("main", QUESTION)


def test_what_she_sees_can_be_looked_at(page: Page) -> None:
    assert page.screenshot().startswith(b"\x89PNG")
