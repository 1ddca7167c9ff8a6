"""Without a network: open, log today and yesterday, close, open again, be back, once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.gate import public
from journal.clock import diary_day
from journal.entries.models import Day, Edit
from tests.browser.browsers import chromium
from tests.browser.conftest import PHONE, Opens, Server, sign_in
from tests.browser.firefox import Firefox
from tests.browser.phones import says
from tests.people import PASSWORD, ZONE
from tests.waiting import until

ONE = timedelta(days=1)
Phone = Callable[[], Page]
# In milliseconds; anything faster on two questions is one tap that was doubled.
A_THUMBS_TIME = 400
WORKER = "machines.service_worker"
READY = "navigator.serviceWorker.ready.then(() => undefined)"
STATE = "return document.getElementById('truth')?.dataset.state;"
TRUTH = "return document.getElementById('truth')?.textContent;"
TAP = """
const radio = document.querySelector(arguments[0]);
radio?.click();
return radio !== null;"""
CHECKED = "return document.querySelector(arguments[0])?.checked;"


@pytest.fixture
def today(now: datetime) -> date:
    return diary_day(now, ZONE)


@pytest.fixture
def phone(playwright: Playwright, live: str, tmp_path: Path) -> Iterator[Phone]:
    """Ana's browser, whose closing it outlives; opened again, it is where it was."""
    opened: list[BrowserContext] = []

    def open_phone() -> Page:
        for context in opened:
            context.close()
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-background-networking"],
            base_url=live,
            reduced_motion="reduce",
            **PHONE,  # type: ignore[arg-type]
        )
        opened[:] = [context]
        return context.pages[0]

    yield open_phone
    for context in opened:
        context.close()


def test_what_is_written_without_a_network_arrives_once(
    phone: Phone, server: Server, dr_boses_screen: Page, session: Session, today: date
) -> None:
    page = sign_in(phone(), "ana@example.org")
    page.evaluate(READY)
    truth = page.locator("#truth")
    server.stop()

    page.goto("/today")
    page.locator("#pain_avg-7").tap()
    page.wait_for_timeout(A_THUMBS_TIME)
    page.locator("#mood-3").tap()
    expect(truth).to_have_attribute("data-state", "kept", timeout=15_000)
    page.goto(f"/entries/{today - ONE}")
    page.locator("#pain_avg-5").tap()
    expect(truth).to_have_attribute("data-state", "kept", timeout=15_000)
    page.goto("/today")
    expect(page.locator("#pain_avg-7")).to_be_checked()
    page.locator("#pain_avg-6").tap()
    expect(truth).to_have_attribute("data-state", "kept", timeout=15_000)

    page = phone()
    page.goto("/today")
    expect(page.locator("#pain_avg-6")).to_be_checked()
    expect(page.locator("#mood-3")).to_be_checked()
    page.goto("/waiting")
    expect(page.locator("[data-waits] li").first).to_be_visible()
    page.goto("/history")
    expect(page.locator(".told").first).to_contain_text("Pain 6, mood 3 (not in your journal yet)")

    server.start()
    page.goto("/today")
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=20_000)
    assert journal(session) == {today: (6, 3), today - ONE: (5, None)}
    assert told(session) == [("mood", 3), *(("pain_avg", n) for n in (5, 6, 7))]
    dr_boses_screen.goto("/clinic")
    dr_boses_screen.get_by_role("link", name="Ana").click()
    newest = dr_boses_screen.locator("figure.chart--pain tbody td").first
    expect(newest).to_have_text("6")


def test_the_same_in_firefox(
    firefox: Firefox, server: Server, live: str, session: Session, today: date
) -> None:
    page = firefox.page
    page.goto(f"{live}/sign-in")
    page.fill("[name=email]", "ana@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.follow("/entries/")
    page.until("return navigator.serviceWorker.ready.then((one) => one.active !== null);")
    # Whose phone it is has been written down.
    page.until("return document.querySelector('#truth:not([data-untold])') !== null;")
    server.stop()

    page.goto(f"{live}/today")
    page.until(TAP, "#pain_avg-7")
    page.until(TAP, "#mood-3")
    until(lambda: page.run(STATE) == "kept", "the day kept")
    page.goto(f"{live}/entries/{today - ONE}")
    page.until(TAP, "#pain_avg-5")
    until(lambda: page.run(STATE) == "kept", "yesterday kept")

    firefox.close()
    firefox.open()
    page = firefox.page
    page.goto(f"{live}/today")
    until(lambda: page.run(CHECKED, "#pain_avg-7"), "today as it was")
    server.start()
    page.goto(f"{live}/today")
    until(lambda: page.run(TRUTH) == "In your journal", "all of it in the journal", 45)

    assert journal(session) == {today: (7, 3), today - ONE: (5, None)}
    assert told(session) == [("mood", 3), ("pain_avg", 5), ("pain_avg", 7)]


def test_what_was_tapped_the_moment_before_a_reload_is_still_there(
    anas_phone_screen: Page,
) -> None:
    page = anas_phone_screen
    page.goto("/today")

    page.locator("#mood-6").tap()
    page.reload()

    expect(page.locator("#mood-6")).to_be_checked()


def test_a_phone_nobody_signed_in_on_offers_the_way_in_and_help(phone: Phone) -> None:
    page = phone()
    page.goto("/sign-in")
    page.evaluate(READY)
    page.context.set_offline(True)

    page.goto("/today")

    expect(page.locator("main")).to_contain_text("Nobody is signed in on this phone.")
    expect(page.locator("main a[href='/help-now']")).to_be_visible()


def test_an_older_day_says_that_it_needs_the_internet(phone: Phone, today: date) -> None:
    page = sign_in(phone(), "ana@example.org")
    page.evaluate(READY)
    # By then it knows whose phone it is.
    says(page, "empty")
    page.context.set_offline(True)

    page.goto(f"/entries/{today - 5 * ONE}")

    expect(page.locator("main")).to_contain_text("This day needs the internet")


def test_what_another_device_said_is_there_the_next_time_without_a_network(
    phone: Phone, opens: Opens, today: date
) -> None:
    page = sign_in(phone(), "ana@example.org")
    page.evaluate(READY)
    other = sign_in(opens(**PHONE), "ana@example.org")
    other.locator("#mood-8").tap()
    expect(other.locator("#truth")).to_have_text("In your journal", timeout=15_000)
    with page.expect_response("**/entries?since=*"):
        page.goto("/history")
    page.context.set_offline(True)

    page.goto("/today")

    expect(page.locator("#mood-8")).to_be_checked()
    expect(page.locator("#truth")).to_have_text("In your journal")


def test_a_newer_version_waits_until_she_takes_it(
    app: Flask, anas_phone_screen: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = anas_phone_screen
    page.goto("/today")
    page.evaluate(READY)
    page.reload()
    monkeypatch.setitem(app.view_functions, WORKER, newer(app.view_functions[WORKER]))
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    offer = page.get_by_role("button", name="Use it now")
    expect(offer).to_be_visible(timeout=15_000)
    page.locator("#mood-6").tap()
    assert page.evaluate("navigator.serviceWorker.ready.then((one) => one.waiting !== null)")

    with page.expect_navigation():
        offer.click()

    expect(page.locator("#mood-6")).to_be_checked()
    expect(page.locator("#truth")).to_have_text("In your journal", timeout=15_000)
    assert page.evaluate("navigator.serviceWorker.ready.then((one) => one.waiting === null)")


def newer(served: Callable[..., Any]) -> Callable[[], Response]:
    """A worker of another version."""

    def answers() -> Response:
        answer: Response = served()
        answer.set_data(answer.get_data(as_text=True).replace('"version": "', '"version": "newer-'))
        return answer

    return public(answers)


def journal(session: Session) -> dict[date, tuple[int | None, int | None]]:
    """Pain on average and mood, by day. Nobody must be kept from writing by it."""
    found = session.execute(select(Day.day, Day.pain_avg, Day.mood)).all()
    session.rollback()
    return {day: (pain, mood) for day, pain, mood in found}


def told(session: Session) -> list[tuple[str, Any]]:
    """Everything that all letters said: what was said once stands there once."""
    found = session.scalars(select(Edit.numbers)).all()
    session.rollback()
    return sorted(pair for numbers in found for pair in numbers.items())
