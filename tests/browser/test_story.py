"""The journey that everything else stands on, in a real browser, from a running server."""

import re

from playwright.sync_api import Page, expect

PASSPHRASE = "seven quiet foxes"
SIX = ("pain_avg", "pain_worst", "interference", "mood", "sleep_hours", "sleep_quality")


def test_ana_logs_her_first_day_and_only_dr_bose_sees_it(
    phone: Page, dr_boses_screen: Page, dr_coles_screen: Page
) -> None:
    link = _invite(dr_boses_screen, "Ana Moreno")

    _join(phone, link)
    taps = _log_six_items(phone)
    page = _find(dr_boses_screen, "Ana Moreno")

    assert taps <= 8
    expect(dr_boses_screen.locator("figure.chart--pain table")).to_contain_text("5")
    assert dr_coles_screen.goto(page).status == 404  # type: ignore[union-attr]
    _goto(phone, "/sharing")
    expect(phone.locator("body")).to_contain_text(re.compile(r"Dr Bose .*looked at your journal"))
    phone.get_by_role("button", name="Stop sharing").click()
    expect(phone.get_by_role("link", name=re.compile("Let .* see your journal"))).to_be_visible()
    assert dr_boses_screen.goto(page).status == 404  # type: ignore[union-attr]


def _invite(desk: Page, name: str) -> str:
    _goto(desk, "/clinic/invitations")
    desk.locator("[name=label]").fill(name)
    desk.get_by_role("button", name=re.compile("nvit")).last.click()
    found = re.search(r"http://\S+/join/[\w-]+", desk.locator("main").inner_text())
    assert found
    return found.group()


def _join(phone: Page, link: str) -> None:
    phone.goto(link)
    phone.locator("[name=name]").fill("Ana Moreno")
    phone.locator("[name=email]").fill("ana@story.example")
    phone.locator("[name=password]").fill(PASSPHRASE)
    phone.locator("[name=scopes][value=numbers], [name=numbers]").check()
    phone.locator("main form button[type=submit]").last.click()
    phone.wait_for_url("**/entries/*")


def _log_six_items(phone: Page) -> int:
    """Tap the six items and Done, as a thumb would; answers how many taps it took."""
    for item in SIX:
        phone.locator(f"#{item}-5").tap()
    phone.locator("[data-done]").tap()
    phone.wait_for_url("**done**")
    return len(SIX) + 1


def _find(desk: Page, name: str) -> str:
    _goto(desk, "/clinic")
    desk.get_by_role("link", name=name).click()
    desk.wait_for_url("**/clinic/patients/*")
    return desk.url


def _goto(page: Page, path: str) -> None:
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}{path}")
