"""The curtain of a phone: drawn after five minutes away, opened by a PIN, never over help."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Opens, sign_in
from tests.browser.until import NOTHING_KEPT, until

PIN = "4711"
SMALL = {**PHONE, "viewport": {"width": 320, "height": 640}}
GO_AWAY = "localStorage.seen = String(Date.now() - 5 * 60_000)"
TURN = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
SOON = 15_000


@pytest.fixture
def page(anas_phone_screen: Page) -> Page:
    """Ana's phone, with a curtain; it can open without a network."""
    hang(anas_phone_screen)
    return anas_phone_screen


@pytest.fixture
def offline(page: Page) -> Iterator[Page]:
    """The same, after five minutes without a network."""
    page.goto("/today")
    page.evaluate(GO_AWAY)
    page.context.set_offline(True)
    page.goto("/today")
    yield page
    page.context.set_offline(False)


def hang(page: Page) -> None:
    page.goto("/devices")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.get_by_label("A PIN of 4 to 8 digits").fill(PIN)
    page.get_by_label("The same once more").fill(PIN)
    page.get_by_role("button", name="Hang the curtain").click()
    expect(page.get_by_text("The curtain hangs here.")).to_be_visible()


def come_back(page: Page, path: str = "/today") -> None:
    """Open a page five minutes after the last one was left."""
    page.goto(path)
    page.evaluate(GO_AWAY)
    page.goto(path)


def curtain(page: Page) -> Locator:
    return page.locator("#curtain")


def pin(page: Page) -> Locator:
    return page.locator("#curtain-pin")


def type_pin(page: Page, digits: str = PIN) -> None:
    pin(page).fill(digits)
    page.keyboard.press("Enter")


def try_ten(page: Page) -> None:
    for _ in range(10):
        type_pin(page, "0000")
        expect(page.locator("#curtain form")).to_have_attribute("aria-busy", "false")


def test_after_five_minutes_the_page_is_covered_until_the_pin_is_typed(page: Page) -> None:
    come_back(page)

    expect(pin(page)).to_be_focused()
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator("header")).to_be_hidden()

    type_pin(page)

    expect(curtain(page)).to_be_hidden()
    page.locator("#mood-6").tap()
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=SOON)


def test_within_five_minutes_nothing_is_asked(page: Page) -> None:
    page.goto("/today")
    page.evaluate("localStorage.seen = String(Date.now() - 4 * 60_000)")

    page.reload()

    expect(page.locator("#mood-6")).to_be_visible()
    expect(curtain(page)).to_be_hidden()
    page.wait_for_function("Date.now() - localStorage.seen < 60_000")


def test_it_is_drawn_before_anything_is_seen_even_where_no_module_comes(page: Page) -> None:
    page.goto("/history")
    page.evaluate(GO_AWAY)
    page.context.route("**/js/app.js", lambda route: route.abort())

    page.reload(wait_until="commit")
    page.wait_for_selector("h1", state="attached")

    expect(page.locator("main")).to_be_hidden()
    expect(curtain(page)).to_be_visible()


def test_a_page_that_sleeps_for_five_minutes_is_covered_when_it_wakes(page: Page) -> None:
    page.clock.install()
    page.goto("/today")
    expect(page.locator("#mood-6")).to_be_visible()
    page.clock.run_for(20_000)
    expect(curtain(page)).to_be_hidden()

    page.clock.fast_forward(301_000)

    expect(pin(page)).to_be_focused()
    expect(page.locator("main")).to_be_hidden()


def test_while_nobody_looks_it_lies_over_the_page_and_the_keyboard_keeps_its_place(
    page: Page,
) -> None:
    page.goto("/today")
    page.wait_for_function("Date.now() - localStorage.seen < 60_000")
    page.locator("#mood-6").focus()

    page.evaluate(TURN, True)
    expect(curtain(page)).to_be_visible()
    page.evaluate(TURN, False)

    expect(curtain(page)).to_be_hidden()
    expect(page.locator("#mood-6")).to_be_focused()


def test_who_is_in_another_tab_is_not_away(page: Page) -> None:
    come_back(page)
    other = page.context.new_page()
    other.goto("/history")
    expect(pin(other)).to_be_visible()

    type_pin(other)

    expect(curtain(other)).to_be_hidden()
    expect(curtain(page)).to_be_hidden()


def test_escape_does_not_open_it_and_the_keyboard_stays_inside(page: Page) -> None:
    come_back(page)
    expect(pin(page)).to_be_focused()

    for _ in range(3):
        page.keyboard.press("Escape")

    expect(curtain(page)).to_be_visible()
    within = "document.activeElement.closest('#curtain, body:focus') !== null"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{within} || document.activeElement === document.body")


def test_help_opens_in_front_of_it_and_opens_nothing_else(page: Page) -> None:
    come_back(page)

    curtain(page).get_by_role("link", name="Help now").click()

    expect(page.locator("h1")).to_have_text("Help now")
    expect(page.get_by_role("link", name="Call 988").first).to_be_visible()
    page.wait_for_timeout(300)
    page.goto("/today")
    expect(pin(page)).to_be_visible()


def test_a_wrong_pin_is_said_kindly_and_from_the_third_on_how_many_are_left(page: Page) -> None:
    come_back(page)
    said = curtain(page).get_by_role("alert")

    type_pin(page, "1")
    expect(said).to_have_text("That was not it. Try once more.")
    for digits in ("0001", "0002"):
        expect(page.locator("#curtain form")).to_have_attribute("aria-busy", "false")
        type_pin(page, digits)

    expect(said).to_contain_text("You can try 7 more times")
    expect(pin(page)).to_be_focused()
    expect(pin(page)).to_have_value("")


def test_without_a_network_it_covers_what_the_phone_opens_and_the_pin_opens_it(
    offline: Page,
) -> None:
    expect(pin(offline)).to_be_focused()
    expect(offline.locator("main")).to_be_hidden()

    type_pin(offline)

    expect(curtain(offline)).to_be_hidden()
    expect(offline.locator("#mood-6")).to_be_visible()


def test_help_opens_in_front_of_it_without_a_network_too(offline: Page) -> None:
    curtain(offline).get_by_role("link", name="Help now").click()

    expect(offline.get_by_role("link", name="Call 988").first).to_be_visible()


def test_after_ten_wrong_ones_her_password_opens_it_and_nothing_is_lost(page: Page) -> None:
    page.goto("/today")
    page.context.set_offline(True)
    page.locator("#mood-6").tap()
    expect(page.locator("#truth")).to_contain_text("Saved on this phone", timeout=SOON)
    page.evaluate(GO_AWAY)
    page.goto("/today")
    try_ten(page)
    page.context.set_offline(False)
    expect(page.get_by_text("Sign in to open your journal")).to_be_visible()

    curtain(page).get_by_role("button", name="Sign in again").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.get_by_text("Waiting on this phone: 1.")).to_be_visible()
    sign_in(page, "ana@example.org")

    expect(curtain(page)).to_be_hidden()
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=SOON)
    page.reload()
    expect(page.locator("#mood-6")).to_be_checked()


def test_after_ten_wrong_ones_the_session_is_over_and_the_phone_shows_nothing(page: Page) -> None:
    come_back(page)

    with page.expect_response(re.compile("/locking$")) as told:
        try_ten(page)

    assert told.value.status == 204
    page.goto("/history")
    expect(page.locator("h1")).to_have_text("Sign in")
    page.context.set_offline(True)
    for path in ("/history", "/waiting"):
        page.goto(path)
        expect(page.get_by_text("Sign in to open your journal")).to_be_visible()
        expect(page.locator("#sheet")).to_have_count(1)
        expect(page.locator(".calendar, [data-file]")).to_have_count(0)


def test_ten_wrong_ones_without_a_network_are_told_when_there_is_one(offline: Page) -> None:
    try_ten(offline)
    expect(curtain(offline).get_by_role("button", name="Sign in again")).to_be_focused()
    curtain(offline).get_by_role("button", name="Sign in again").click()
    expect(curtain(offline).get_by_role("alert")).to_contain_text("needs the internet")

    with offline.expect_response(re.compile("/locking$")) as told:
        offline.context.set_offline(False)

    assert told.value.status == 204


def test_a_page_of_the_server_stays_covered_until_the_session_is_over(page: Page) -> None:
    page.context.route("**/locking", lambda route: route.abort())
    come_back(page)
    try_ten(page)

    page.goto("/history")

    expect(page.get_by_text("Sign in to open your journal")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.context.unroute("**/locking")
    curtain(page).get_by_role("button", name="Sign in again").click()
    expect(page.locator("h1")).to_have_text("Sign in")


def test_who_does_not_know_it_signs_in_and_the_curtain_still_hangs(page: Page) -> None:
    come_back(page)

    page.get_by_role("button", name="I do not know it").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    sign_in(page, "ana@example.org")

    expect(curtain(page)).to_be_hidden()
    come_back(page)
    type_pin(page)
    expect(curtain(page)).to_be_hidden()


def test_another_patient_on_the_same_phone_is_not_asked(page: Page) -> None:
    page.evaluate(GO_AWAY)
    page.context.clear_cookies()

    sign_in(page, "ben@example.org")

    expect(curtain(page)).to_be_hidden()


def test_it_is_taken_down_with_the_pin_only(page: Page) -> None:
    page.goto("/devices")
    old = page.get_by_label("Your PIN, to take it down")
    old.fill("0000")
    page.keyboard.press("Enter")
    expect(page.locator("#pin-old-said")).to_have_text("That was not it. Try once more.")

    old.fill(PIN)
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Hang the curtain")).to_be_visible()
    come_back(page)
    expect(page.locator("#mood-6")).to_be_visible()


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("123", "123", "It needs 4 to 8 digits"),
        ("12a4", "12a4", "It needs 4 to 8 digits"),
        ("1234", "4321", "The two are not the same"),
    ],
)
def test_what_is_no_pin_hangs_nothing(
    anas_phone_screen: Page, one: str, other: str, said: str
) -> None:
    page = anas_phone_screen
    page.goto("/devices")
    page.get_by_label("A PIN of 4 to 8 digits").fill(one)
    page.get_by_label("The same once more").fill(other)

    page.get_by_role("button", name="Hang the curtain").click()

    expect(page.locator("#pin-hang-said")).to_contain_text(said)
    assert page.evaluate("localStorage.curtain") is None


def test_signing_out_takes_it_away(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Sign out here").click()
    expect(page.locator("h1")).to_have_text("You are signed out")
    until(page, NOTHING_KEPT)

    sign_in(page, "ana@example.org")

    come_back(page)
    expect(page.locator("#mood-6")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_small_phone_and_axe_finds_nothing(opens: Opens, scheme: str) -> None:
    page = sign_in(opens(**SMALL, color_scheme=scheme, bypass_csp=True), "ana@example.org")
    hang(page)
    assert Axe().run(page).response["violations"] == []
    come_back(page)
    type_pin(page, "0000")
    expect(curtain(page).get_by_role("alert")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert Axe().run(page).response["violations"] == []
