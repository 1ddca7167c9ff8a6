"""Sessions end, people change, and go: what is whose on a phone, and what is left on it."""

from datetime import datetime

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account
from tests.browser.conftest import sign_in
from tests.browser.phones import (
    EVERYTHING,
    edits,
    flush,
    kept,
    numbers,
    portal,
    says,
    tap,
    tap_offline,
)
from tests.browser.until import NOTHING_KEPT, until
from tests.people import PASSWORD, People

WAITING = "return (await outboxOf(STEPS).waiting()).length"
DAYS = """
  const days = new Days(new Store(new Database(account)));
  return (await days.between("2000-01-01", "2999-12-31")).length;
"""
ANA, BEN = "ana@example.org", "ben@example.org"
MARKER = "marker-of-ana"


def test_an_account_that_is_gone_leaves_what_was_typed_and_the_page_asks_to_sign_in(
    anas_today: Page, session: Session, people: People
) -> None:
    phone = anas_today
    tap_offline(phone, "mood", 6)
    session.execute(delete(Account).where(Account.id == people.ana.id))
    session.commit()

    phone.context.set_offline(False)

    says(phone, "waiting", "Sign in, and it is sent")
    expect(phone.locator("#truth a")).to_have_attribute("href", "/sign-in")
    assert kept(phone, WAITING) == 1


def test_a_session_ended_elsewhere_wipes_the_days_and_keeps_what_waits_until_she_is_back(
    anas_today: Page, session: Session, people: People, now: datetime
) -> None:
    phone = anas_today
    _write(phone, "mood", 6)
    tap_offline(phone, "pain_avg", 3)
    _end_elsewhere(session, people.ana, now)

    phone.context.set_offline(False)

    says(phone, "waiting", "Sign in, and it is sent")
    assert [kept(phone, DAYS), kept(phone, WAITING)] == [0, 1]
    phone.locator("#truth a").tap()
    expect(phone.locator("main")).to_contain_text("Waiting on this phone: 1")
    with phone.expect_response(lambda answer: answer.request.method == "PUT"):
        _enter(phone, ANA)
    assert numbers(session) == {"mood": 6, "pain_avg": 3}


def test_a_session_ended_elsewhere_leaves_nothing_where_nothing_waits(
    anas_today: Page, session: Session, people: People, now: datetime
) -> None:
    phone = anas_today
    _write(phone, "mood", 6)
    _end_elsewhere(session, people.ana, now)

    phone.goto("/history")

    expect(phone.locator("main")).to_contain_text("signed out from somewhere else")
    until(phone, NOTHING_KEPT)
    assert str(people.ana.id) not in phone.evaluate(EVERYTHING)


def test_a_changed_password_hides_the_days_until_she_signs_in(
    anas_kept_phone: Page, session: Session, people: People, now: datetime
) -> None:
    phone = anas_kept_phone
    _write(phone, "mood", 6)
    tap_offline(phone, "pain_avg", 3)
    sign_ins.end_all(session, people.ana.id, now)
    session.commit()
    phone.context.set_offline(False)
    says(phone, "waiting", "Sign in, and it is sent")

    phone.context.set_offline(True)
    phone.goto("/today")

    expect(phone.locator("main")).to_contain_text("Sign in to see your journal on this phone.")
    expect(phone.locator("#mood-6")).to_have_count(0)
    phone.context.set_offline(False)
    sign_in(phone, ANA)
    says(phone, "saved")
    phone.context.set_offline(True)
    phone.goto("/today")
    expect(phone.locator("#mood-6")).to_be_checked()
    expect(phone.locator("#pain_avg-3")).to_be_checked()


def test_ben_on_this_phone_neither_sees_nor_sends_what_ana_wrote(
    anas_today: Page, session: Session, people: People, now: datetime
) -> None:
    phone = anas_today
    tap_offline(phone, "mood", 6)
    sign_ins.end_all(session, people.ana.id, now)
    session.commit()
    phone.context.set_offline(False)
    says(phone, "waiting", "Sign in, and it is sent")

    sign_in(phone, BEN)

    says(phone, "empty")
    expect(phone.locator("#mood-6")).not_to_be_checked()
    phone.goto("/waiting")
    expect(phone.locator("[data-nothing]")).to_be_visible()
    assert edits(session) == []
    phone.goto("/today")
    _ask_to_sign_out(phone)
    expect(phone.locator("h1")).to_have_text("You are signed out")
    sign_in(phone, ANA)
    says(phone, "saved")
    assert edits(session) == [{"mood": 6}]


def test_an_open_page_of_anas_sends_nothing_while_ben_is_signed_in(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    phone.context.clear_cookies()
    sign_in(phone.context.new_page(), BEN)

    tap(phone, "mood", 6)
    flush(phone)

    says(phone, "stranger", "Someone else is signed in here now")
    assert edits(session) == []


def test_signing_out_with_something_waiting_asks_first(anas_today: Page, session: Session) -> None:
    phone = anas_today
    _have_waiting(phone)

    dialog = _ask_to_sign_out(phone)
    expect(dialog).to_contain_text("One entry is only on this phone.")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    _ask_to_sign_out(phone)
    with phone.expect_download():
        dialog.get_by_role("button", name="Save as a file").click()
    dialog.get_by_role("button", name="Send now").click()
    expect(dialog.get_by_text("It could not be sent just now.")).to_be_visible()
    phone.unroute_all()
    dialog.get_by_role("button", name="Send now").click()

    expect(phone.locator("h1")).to_have_text("You are signed out")
    assert edits(session) == [{"mood": 6}]


def test_what_is_thrown_away_as_she_signs_out_is_gone(anas_today: Page, session: Session) -> None:
    phone = anas_today
    _have_waiting(phone)

    _ask_to_sign_out(phone).get_by_role("button", name="Throw it away").tap()

    expect(phone.locator("h1")).to_have_text("You are signed out")
    sign_in(phone, ANA)
    says(phone, "empty")
    assert edits(session) == []


def test_what_she_typed_lies_nowhere_in_the_open_and_after_sign_out_nowhere_at_all(
    anas_kept_phone: Page, people: People
) -> None:
    phone = anas_kept_phone
    _write_note(phone, MARKER)
    phone.goto("/history")
    phone.goto("/today")
    phone.context.set_offline(True)
    _write_note(phone, f"{MARKER} once more", "kept")
    phone.context.set_offline(False)
    says(phone, "saved")
    assert MARKER not in phone.evaluate(EVERYTHING)

    _ask_to_sign_out(phone)

    expect(phone.locator("h1")).to_have_text("You are signed out")
    until(phone, NOTHING_KEPT)
    left = phone.evaluate(EVERYTHING)
    assert MARKER not in left
    assert str(people.ana.id) not in left
    phone.go_back()
    expect(phone.locator("h1")).to_have_text("Sign in")
    assert MARKER not in phone.content()


def _write(phone: Page, item: str, value: int) -> None:
    tap(phone, item, value)
    flush(phone)
    says(phone, "saved")


def _write_note(phone: Page, text: str, state: str = "saved") -> None:
    phone.locator("[name=note]").evaluate("(note) => note.closest('details').open = true")
    phone.locator("[name=note]").fill(text)
    flush(phone)
    says(phone, state)


def _have_waiting(phone: Page) -> None:
    portal(phone)
    tap(phone, "mood", 6)
    flush(phone)
    says(phone, "kept", "1 waiting")


def _ask_to_sign_out(phone: Page) -> Locator:
    phone.locator("summary.menu__open").click()
    phone.get_by_role("button", name="Sign out", exact=True).click()
    return phone.get_by_role("dialog")


def _enter(phone: Page, email: str) -> None:
    """Sign in on the form that is open."""
    phone.locator("[name=email]").fill(email)
    phone.locator("[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()


def _end_elsewhere(session: Session, account: Account, now: datetime) -> None:
    """She ends all her sessions, on another device."""
    for one in sign_ins.listed(session, account.id, now):
        sign_ins.end(session, account.id, one.id, now)
    session.commit()
