"""A phone that is nearly full says so in time; an installed app asks to be kept."""

from playwright.sync_api import Page, expect

FULL = "navigator.storage.estimate = async () => ({ quota: 1e9, usage: 999e6 })"
WARNING = "This phone is nearly full."
INSTALLED = """
    window.asked = 0;
    navigator.storage.persisted = async () => false;
    navigator.storage.persist = async () => Boolean((window.asked += 1));
"""


def test_a_phone_that_is_nearly_full_says_so_below_the_line(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.add_init_script(FULL)

    page.goto("/today")

    expect(page.locator("#truth + .notice")).to_contain_text(WARNING)
    expect(page.locator("#mood-6")).to_be_visible()


def test_where_there_is_room_nothing_is_said_and_nothing_is_asked(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.add_init_script(INSTALLED)

    page.goto("/today")
    page.wait_for_load_state("networkidle")

    expect(page.get_by_text(WARNING)).to_have_count(0)
    assert page.evaluate("window.asked") == 0


def test_put_on_the_home_screen_it_asks_to_be_kept_once(anas_phone_screen: Page) -> None:
    page = anas_phone_screen
    page.add_init_script(INSTALLED)
    page.goto("/today")
    page.wait_for_load_state("networkidle")

    for _ in range(2):
        page.evaluate("dispatchEvent(new Event('appinstalled'))")
    page.wait_for_function("window.asked > 0")

    assert page.evaluate("window.asked") == 1
