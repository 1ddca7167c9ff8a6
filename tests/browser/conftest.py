"""A running server, and people's real browsers in front of it."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from journal.accounts.people import by_email
from journal.config import Config
from tests import certificate
from tests.apps import running
from tests.browser.browsers import chromium, free_port
from tests.browser.firefox import Firefox
from tests.browser.phones import ready, says
from tests.browser.relay import Relay
from tests.browser.ways import furnish
from tests.browser.webkit import WebKit
from tests.databases import Databases
from tests.people import BASE, PASSWORD, People, signed_in
from tests.push.firefox_service import FirefoxPushService
from tests.push.service import judge

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
HOST = BASE.removeprefix("http://")
DESK = {"viewport": {"width": 1280, "height": 800}}
Opens = Callable[..., Page]
Enters = Callable[[Page, str], Page]


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
def database_url(sqlite_databases: Databases) -> str:
    return sqlite_databases.renewed()


@pytest.fixture(scope="module")
def kept_config(base_config: Config, sqlite_databases: Databases) -> Config:
    return replace(
        base_config,
        database_url=sqlite_databases.renewed(),
        base_url=f"http://127.0.0.1:{free_port()}",
        smtp_url="smtp://127.0.0.1:25",  # pages offer e-mail; no worker runs that would send it
    )


class Server:
    """Ours, running; it can go away for a while and come back."""

    def __init__(self, app: Flask, port: int) -> None:
        self._app, self._port = app, port

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def kept_server(kept_config: Config) -> Iterator[Server]:
    with running(kept_config) as app, served(app, kept_config) as server:
        yield server


@pytest.fixture
def config(kept_config: Config, database_url: str) -> Config:
    """One for a whole module, on a database that is as new."""
    return kept_config


@pytest.fixture
def server(kept_server: Server, app: Flask) -> Server:
    """What runs `app`; a test that stops it starts it again."""
    return kept_server


@pytest.fixture
def live(server: Server, config: Config) -> str:
    """The address of `app`, which runs."""
    return config.base_url


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
def enter(app: Flask, session: Session) -> Enters:
    """Have someone be signed in on a page already, without the work that a password makes."""

    def enters(page: Page, who: str) -> Page:
        if who != "nobody":
            name, value = _cookie(app, session, who)
            kept = {"name": name, "value": value, "url": f"https://{HOST}", "httpOnly": True}
            page.context.add_cookies([kept])  # type: ignore[list-item]
        return page

    return enters


@pytest.fixture
def anas_phone_screen(opens: Opens, enter: Enters) -> Page:
    return enter(opens(**PHONE), "ana")


@pytest.fixture
def anas_new_tab(opens: Opens, enter: Enters) -> Page:
    """A tab of Ana's with nothing in it yet, and no worker between it and the network."""
    return enter(opens(**PHONE, service_workers="block"), "ana")


@pytest.fixture
def anas_today(anas_new_tab: Page) -> Page:
    """The same with today's page in it."""
    anas_new_tab.goto("/today")
    says(anas_new_tab, "empty")
    return anas_new_tab


@pytest.fixture
def anas_kept_phone(opens: Opens, enter: Enters) -> Page:
    """Ana's phone on today's page, with all that it needs to open without a network."""
    page = enter(opens(**PHONE), "ana")
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
def relay(app: Flask, config: Config, tmp_path: Path) -> Iterator[Relay]:
    """What answers by TLS at a base URL that is https, before a running server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = Server(app, port := free_port())
    server.start()
    with Relay(config.base_url, f"http://127.0.0.1:{port}", certificate.make(tmp_path)) as relay:
        yield relay
    server.stop()


@pytest.fixture
def webkit(tmp_path: Path) -> Iterator[WebKit]:
    """A new one: what a WebKit keeps, it keeps only as long as it runs."""
    with WebKit(tmp_path) as webkit:
        yield webkit


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


@contextmanager
def served(app: Flask, config: Config) -> Iterator[Server]:
    """Meanwhile `app` answers where its configuration says."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = Server(app, int(config.base_url.rsplit(":", 1)[1]))
    server.start()
    yield server
    server.stop()


def _cookie(app: Flask, session: Session, who: str) -> tuple[str, str]:
    """What the browser of somebody has who signed in: her e-mail begins with `who`."""
    account = by_email(session, f"{who}@example.org")
    assert account
    name = app.config["SESSION_COOKIE_NAME"]
    kept = signed_in(app, session, account).client.get_cookie(name, domain=HOST)
    assert kept
    return name, kept.value


def _serious(said: str, *, error: bool = False) -> list[str]:
    """What a page complained of, if it is ours to mend; a cut cross-fade is the browser's own."""
    if "ransition was" in said:
        return []
    return [said] if error or "Content Security Policy" in said or "Refused to" in said else []
