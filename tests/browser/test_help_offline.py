"""Help without a network knows Ana's own clinic, as long as her journal is open on the phone."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from tests.browser.conftest import sign_in
from tests.browser.until import NOTHING_KEPT, until
from tests.people import People

KNOWN = """() => import("/static/js/store.js").then(async ({ storeOf, whoIsHere }) =>
    Boolean(whoIsHere() && await storeOf(whoIsHere()).known("clinics")))"""
CALL = "Call (555) 010-0100"


@pytest.fixture
def page(session: Session, people: People, phone: Page) -> Page:
    """Ana's phone; it has heard whom she can call."""
    riverbend = people.riverbend
    riverbend.telephone, riverbend.hours = "(555) 010-0100", "Weekdays, 9 to 17"
    session.commit()
    page = sign_in(phone, "ana@example.org")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    until(page, KNOWN)
    return page


def open_help_offline(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/help-now")
    expect(page.get_by_role("link", name="Call 988").first).to_be_visible()


def test_her_clinic_stands_below_the_lines_for_everybody(page: Page) -> None:
    open_help_offline(page)

    riverbend = page.get_by_role("region", name="Riverbend")
    expect(riverbend).to_contain_text("Weekdays, 9 to 17")
    expect(riverbend.get_by_role("link", name=CALL)).to_have_attribute("href", "tel:5550100100")


def test_with_a_network_it_is_there_once(page: Page) -> None:
    page.goto("/help-now")
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("link", name=CALL)).to_have_count(1)


def test_after_she_signed_out_nobody_finds_it(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Sign out here").click()
    expect(page.locator("h1")).to_have_text("You are signed out")
    until(page, NOTHING_KEPT)

    open_help_offline(page)

    page.wait_for_timeout(300)
    expect(page.get_by_text("Riverbend")).to_have_count(0)


def test_where_her_session_has_run_out_it_is_hidden_too(
    session: Session, people: People, now: datetime, page: Page
) -> None:
    sign_ins.end_all(session, people.ana.id, now)
    session.commit()
    page.goto("/help-now")
    page.wait_for_load_state("networkidle")

    page.wait_for_timeout(1200)
    expect(page.get_by_text("Riverbend")).to_have_count(0)
    open_help_offline(page)
    page.wait_for_timeout(300)
    expect(page.get_by_text("Riverbend")).to_have_count(0)


def test_someone_elses_phone_shows_someone_elses_clinic(page: Page) -> None:
    page.context.clear_cookies()
    with page.expect_response("**/help-now/clinics"):
        sign_in(page, "ben@example.org")
    until(page, KNOWN)

    open_help_offline(page)

    expect(page.get_by_role("region", name="Hillside")).to_be_visible()
    expect(page.get_by_text("Riverbend")).to_have_count(0)
