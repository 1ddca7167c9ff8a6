"""What pages do in a real browser: taps, keys, no network, signing out, being installed."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.browsers import chromium
from tests.browser.conftest import PHONE, Enters, Opens
from tests.browser.until import NOTHING_KEPT, until
from tests.browser.ways import WAYS

SMALL = {**PHONE, "viewport": {"width": 320, "height": 640}}


def test_arrow_keys_choose_and_the_page_stays_where_it_is(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.locator("#pain_avg-3").focus()
    before = page.evaluate("scrollY")

    page.keyboard.press("ArrowRight")

    expect(page.locator("#pain_avg-4")).to_be_checked()
    assert page.evaluate("scrollY") == before


def test_what_a_screen_reader_chooses_leaves_the_page_where_it_is(
    anas_phone_screen: Page,
) -> None:
    page = anas_phone_screen
    page.goto("/today")
    before = page.evaluate("scrollY")

    # Assistive technology clicks without a finger coming down.
    page.locator("#pain_avg-4").evaluate("(radio) => radio.click()")

    expect(page.locator("#truth")).to_have_text("In your journal", timeout=10_000)
    expect(page.locator("#pain_avg-4")).to_be_checked()
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("who", WAYS)
def test_every_page_fits_a_small_phone_and_leads_to_help(
    opens: Opens, enter: Enters, addresses: Mapping[str, object], who: str
) -> None:
    page = enter(opens(**SMALL), who)

    for way in WAYS[who]:
        way.take(page, addresses)

        assert (way, page.evaluate("document.documentElement.scrollWidth")) == (way, 320)
        expect(page.locator("a[href='/help-now']:visible")).not_to_have_count(0)


def test_a_tap_is_in_the_journal_a_moment_later(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")

    page.locator("#mood-6").tap()

    expect(page.locator("#truth")).to_have_text("In your journal", timeout=10_000)
    page.reload()
    expect(page.locator("#mood-6")).to_be_checked()


def test_what_was_cleared_stays_cleared(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.locator("#mood-6").tap()
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=10_000)

    page.locator("fieldset[data-item=mood] [data-clear]").tap()

    expect(page.locator("#truth")).to_have_attribute("data-state", "empty", timeout=10_000)
    page.reload()
    expect(page.locator("#mood-6")).not_to_be_checked()


def test_without_a_network_the_page_says_so_and_sends_later(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.context.set_offline(True)
    page.locator("#pain_avg-5").tap()
    expect(page.locator("#truth")).to_have_attribute("data-state", "kept", timeout=15_000)

    page.context.set_offline(False)

    expect(page.locator("#truth")).to_have_text("In your journal", timeout=20_000)


def test_a_correction_without_a_reason_comes_back_to_the_reason(
    anas_phone_screen: Page, now: datetime
) -> None:
    page = anas_phone_screen
    page.goto(f"/entries/{now.date() - timedelta(days=5)}")
    page.locator("#mood-6").tap()

    page.get_by_role("button", name="Save this correction").click()

    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#mood-6")).to_be_checked()


def test_what_needs_another_look_is_said_at_once_and_shown(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/account")
    page.locator("[name=telephone]").fill("call me")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Show me where").click()
    expect(page.locator("[name=telephone]")).to_be_focused()


def test_j_goes_to_a_patient_and_enter_opens_her(dr_boses_screen: Page) -> None:
    page = dr_boses_screen
    page.goto("/clinic")

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Ana")


def test_help_opens_without_a_network(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.context.set_offline(True)

    page.goto("/help-now")

    expect(page.get_by_role("link", name=re.compile("988")).first).to_be_visible()
    page.goto("/history")
    expect(
        page.locator("main a[href='/help-now'], header a[href='/help-now']").first
    ).to_be_visible()


def test_after_sign_out_nothing_is_left_and_back_shows_nothing(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.evaluate("localStorage.setItem('x', 'marker-of-ana')")
    page.locator("summary.menu__open").click()

    page.get_by_role("button", name="Sign out").click()

    expect(page.locator("h1")).to_have_text("You are signed out")
    until(page, NOTHING_KEPT)
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
    page.go_back()
    expect(page.locator("#pain_avg-5")).to_have_count(0)


def test_it_can_be_installed(playwright: Playwright, live: str, tmp_path: Path) -> None:
    context = _persistent(playwright, str(tmp_path))
    page = context.new_page()
    page.goto(f"{live}/sign-in")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")

    found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")

    assert found["installabilityErrors"] == []
    context.close()


def _persistent(playwright: Playwright, folder: str) -> BrowserContext:
    # A fresh context counts as incognito, where nothing can be installed.
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium(), args=["--no-sandbox"]
    )
