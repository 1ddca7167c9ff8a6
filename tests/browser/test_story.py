"""The journey that everything else stands on, in a real browser, from a running server."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opens
from tests.people import PASSWORD

MOST_TAPS = 8
# In milliseconds; anything faster on two questions is one tap that was doubled, and is ignored.
A_THUMBS_TIME = 400
SAID = {
    "pain_avg": 4,
    "pain_worst": 6,
    "interference": 3,
    "mood": 7,
    "sleep_hours": 5,
    "sleep_quality": 2,
}


@pytest.fixture
def anas_new_phone(opens: Opens) -> Page:
    """A phone in Berlin on which nobody ever signed in."""
    return opens(**PHONE, timezone_id="Europe/Berlin")


@pytest.fixture
def taps(anas_new_phone: Page) -> list[str]:
    """Every touch of a finger on that phone, counted by the phone itself."""
    touched: list[str] = []
    anas_new_phone.expose_function("touched", lambda tag: touched.append(tag))
    anas_new_phone.add_init_script(
        "addEventListener('pointerdown', (e) => e.isTrusted && touched(e.target.tagName), true)"
    )
    return touched


def test_ana_logs_her_first_day_and_only_dr_bose_sees_it(
    anas_new_phone: Page, dr_boses_screen: Page, dr_coles_screen: Page, taps: list[str]
) -> None:
    phone, desk = anas_new_phone, dr_boses_screen

    _join(phone, _invite(desk, "Ana Moreno"))
    taps.clear()
    _log(phone, SAID)
    assert len(SAID) < len(taps) <= MOST_TAPS
    expect(phone.locator(".done__sentence")).to_have_text("This day is in your journal.")

    record = _find(desk, "Ana Moreno")
    assert _day_by_day(desk) == [str(value) for value in SAID.values()]
    expect(desk.locator("figure.chart--pain tbody td").first).to_have_text("4")
    assert _status(dr_coles_screen, record) == 404

    phone.goto("/today")
    expect(phone.locator("main")).to_contain_text("Riverbend looked at your journal today.")
    phone.goto("/sharing")
    phone.get_by_role("button", name="Stop sharing").tap()
    expect(phone.get_by_role("link", name="Let Riverbend see your journal")).to_be_visible()

    assert _status(desk, record) == 404
    assert _status(desk, f"{record}/infusions") == 200
    assert _status(dr_coles_screen, f"{record}/infusions") == 404
    desk.goto("/clinic")
    expect(desk.get_by_role("table")).not_to_contain_text("Ana Moreno")
    expect(phone.locator(".looks")).to_contain_text(
        re.compile(r"Dr Bose looked at your journal today at \d")
    )
    expect(phone.locator(".looks")).not_to_contain_text("Dr Cole")


def _invite(desk: Page, name: str) -> str:
    desk.goto("/clinic/invitations")
    desk.locator("[name=label]").fill(name)
    desk.get_by_role("button", name="Make an invitation").click()
    expect(desk.locator(".handout__code svg")).to_be_visible()
    return desk.locator(".handout__link").inner_text()


def _join(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("Nobody watches this in real time")
    expect(phone.locator("[name=zone]")).to_have_value("Europe/Berlin")
    phone.locator("[name=name]").fill("Ana Moreno")
    phone.locator("[name=email]").fill("ana@story.example")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=numbers]").check()
    phone.get_by_role("button", name="Begin my journal").click()
    phone.wait_for_url("**/entries/*")


def _log(phone: Page, said: Mapping[str, int]) -> None:
    """Tap an answer to each, and Done, as a thumb would."""
    expect(phone.locator("main input:checked")).to_have_count(0)
    for item, value in said.items():
        phone.locator(f"#{item}-{value}").tap()
        expect(phone.locator(f"#{item}-{value}")).to_be_checked()
        phone.wait_for_timeout(A_THUMBS_TIME)
    phone.locator("[data-done]").tap()
    phone.wait_for_url("**done**")


def _find(desk: Page, name: str) -> str:
    desk.goto("/clinic")
    desk.get_by_role("link", name=name).click()
    desk.wait_for_url("**/clinic/patients/*")
    return desk.url


def _day_by_day(desk: Page) -> list[str]:
    """The cells of the newest day in the table of numbers."""
    table = desk.locator("details.numbers", has=desk.get_by_text("Day by day")).last
    table.locator("summary").click()
    return table.locator("tbody tr").first.locator("td").all_inner_texts()[: len(SAID)]


def _status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer
    return answer.status
