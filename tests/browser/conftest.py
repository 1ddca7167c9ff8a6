"""A running server, and people's real browsers in front of it."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from journal.config import Config
from tests.browser.browsers import chromium, free_port
from tests.browser.firefox import Firefox
from tests.browser.phones import carry, ready, says
from tests.browser.ways import furnish
from tests.databases import Databases
from tests.people import PASSWORD, People
from tests.people import Browser as Browserless
from tests.push.firefox_service import FirefoxPushService
from tests.push.service import judge

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
Opens = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid or item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # As long as it runs, nothing else in this process can run an event loop of its own.
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
    )
    yield browser
    browser.close()


@pytest.fixture
def database_url(sqlite_databases: Databases) -> Iterator[str]:
    url = sqlite_databases.make()
    yield url
    sqlite_databases.drop(url)


@pytest.fixture
def config(base_config: Config, database_url: str) -> Config:
    return replace(
        base_config,
        database_url=database_url,
        base_url=f"http://127.0.0.1:{free_port()}",
        smtp_url="smtp://127.0.0.1:25",  # pages offer e-mail; no worker runs that would send it
    )


@pytest.fixture
def live(app: Flask, config: Config) -> Iterator[str]:
    """The address of a running server."""
    port = int(config.base_url.rsplit(":", 1)[1])
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield config.base_url
    server.shutdown()
    thread.join()


@pytest.fixture
def opens(browser: Browser, live: str) -> Iterator[Opens]:
    """Open a browser of its own for someone; whatever a page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**settings: object) -> Page:
        context = browser.new_context(base_url=live, reduced_motion="reduce", **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.extend(_serious(str(error), error=True)))
        page.on("console", lambda said: complaints.extend(_serious(said.text)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def addresses(app: Flask, session: Session, people: People, now: datetime) -> Mapping[str, object]:
    """What stands in the addresses of ways.py, in a journal with something in it."""
    return furnish(app, session, people, now)


@pytest.fixture
def phone(opens: Opens) -> Page:
    """A phone on which nobody is signed in."""
    return opens(**PHONE)


@pytest.fixture
def anas_phone_screen(opens: Opens) -> Page:
    return sign_in(opens(**PHONE), "ana@example.org")


@pytest.fixture
def anas_new_tab(opens: Opens, app: Flask, anas_phone: Browserless) -> Page:
    """A tab of Ana's with nothing in it yet, and no worker between it and the network."""
    return carry(opens(**PHONE, service_workers="block"), anas_phone, app)


@pytest.fixture
def anas_today(anas_new_tab: Page) -> Page:
    """The same with today's page in it."""
    anas_new_tab.goto("/today")
    says(anas_new_tab, "empty")
    return anas_new_tab


@pytest.fixture
def anas_kept_phone(opens: Opens, app: Flask, anas_phone: Browserless) -> Page:
    """Ana's phone on today's page, with all that it needs to open without a network."""
    page = carry(opens(**PHONE), anas_phone, app)
    page.goto("/today")
    ready(page)
    return page


@pytest.fixture
def dr_boses_screen(opens: Opens) -> Page:
    return sign_in(opens(**DESK), "dr.bose@example.org")


@pytest.fixture
def dr_coles_screen(opens: Opens) -> Page:
    return sign_in(opens(**DESK), "dr.cole@example.org")


@pytest.fixture(scope="module")
def kept_push_service() -> Iterator[FirefoxPushService]:
    with FirefoxPushService(judge) as service:
        yield service


@pytest.fixture(scope="module")
def kept_firefox(
    kept_push_service: FirefoxPushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Firefox]:
    with Firefox(tmp_path_factory.mktemp("firefox"), kept_push_service.origin) as firefox:
        yield firefox


@pytest.fixture
def push_service(kept_push_service: FirefoxPushService) -> FirefoxPushService:
    """Where Firefox's endpoints are; as if nothing had been sent yet."""
    kept_push_service.tidy()
    return kept_push_service


@pytest.fixture
def firefox(kept_firefox: Firefox) -> Firefox:
    """One Firefox for a whole module, since starting it takes seconds; as if it were new."""
    kept_firefox.tidy()
    return kept_firefox


def sign_in(page: Page, email: str) -> Page:
    """Sign someone in by the form, as she would."""
    page.goto("/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def enter(page: Page, who: str) -> Page:
    """Sign in whose ways these are, if they are anybody's."""
    return page if who == "nobody" else sign_in(page, f"{who}@example.org")


def _serious(said: str, *, error: bool = False) -> list[str]:
    """What a page complained of, if it is ours to mend; a cut cross-fade is the browser's own."""
    if "ransition was" in said:
        return []
    return [said] if error or "Content Security Policy" in said or "Refused to" in said else []
