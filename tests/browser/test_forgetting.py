"""Forgetting a phone: all that it kept of Ana goes, and nothing that was not sent goes unasked."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.accounts.models import SignIn
from tests.browser.conftest import sign_in
from tests.browser.until import NOTHING_KEPT, until
from tests.people import People

SOON = 15_000
KEPT = "JSON.stringify({ ...localStorage, ...sessionStorage })"


@pytest.fixture
def page(anas_phone_screen: Page) -> Page:
    """The page of devices, on a phone that keeps her days."""
    page = anas_phone_screen
    page.goto("/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.locator("#mood-6").tap()
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=SOON)
    page.goto("/devices")
    return page


@pytest.fixture
def waiting(page: Page) -> Page:
    """The same, without a network, and with a letter that waits; it was written in another tab."""
    other = page.context.new_page()
    other.goto("/today")
    page.context.set_offline(True)
    other.locator("#mood-7").tap()
    expect(other.locator("#truth")).to_contain_text("1 waiting", timeout=SOON)
    other.close()
    return page


def button(page: Page) -> Locator:
    return page.locator("#forget-card").get_by_role("button")


def test_with_a_network_she_is_signed_out_and_nothing_is_left(page: Page) -> None:
    button(page).tap()

    expect(page.locator("h1")).to_have_text("You are signed out")
    until(page, NOTHING_KEPT)
    assert page.evaluate(KEPT) == "{}"
    page.goto("/today")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_what_waits_is_asked_about_first(waiting: Page) -> None:
    button(waiting).tap()

    dialog = waiting.get_by_role("dialog", name="Not everything is in your journal yet")
    expect(dialog).to_contain_text("One entry is only on this phone.")
    dialog.get_by_role("button", name="Send now, then sign out").click()
    expect(dialog.get_by_role("alert")).to_have_text("It could not be sent just now.")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    assert "account" in waiting.evaluate(KEPT)


def test_what_waits_can_be_saved_as_a_file(waiting: Page, tmp_path: Path) -> None:
    button(waiting).tap()

    with waiting.expect_download() as download:
        waiting.get_by_role("button", name="Save as a file").click()

    download.value.save_as(tmp_path / "letters")
    assert re.search(r'"mood":\s*7', (tmp_path / "letters").read_text())


def test_thrown_away_it_is_gone_at_once_and_the_server_hears_of_it_later(waiting: Page) -> None:
    button(waiting).tap()
    waiting.get_by_role("button", name="Throw it away and sign out").click()

    expect(waiting.locator("h1")).to_have_text("Help now")
    until(waiting, NOTHING_KEPT)
    waiting.context.set_offline(False)
    waiting.goto("/history")
    expect(waiting.locator("h1")).to_have_text("You are signed out", timeout=SOON)


def test_with_the_network_back_what_waits_is_sent_first(waiting: Page) -> None:
    button(waiting).tap()
    waiting.context.set_offline(False)

    waiting.get_by_role("button", name="Send now, then sign out").click()

    expect(waiting.locator("h1")).to_have_text("You are signed out", timeout=SOON)


def test_whoever_signs_in_anew_before_the_server_has_heard_stays_signed_in(
    waiting: Page, session: Session, people: People, now: datetime
) -> None:
    button(waiting).tap()
    waiting.get_by_role("button", name="Throw it away and sign out").click()
    expect(waiting.locator("h1")).to_have_text("Help now")
    session.execute(update(SignIn).values(ended_at=now))
    session.commit()

    waiting.context.set_offline(False)
    sign_in(waiting, people.ana.email)

    waiting.goto("/history")
    expect(waiting.locator("#truth")).to_contain_text("Everything is in your journal")
    until(waiting, "localStorage.getItem('leaving') === null")
    expect(waiting.locator("h1")).to_have_text("Your days")
