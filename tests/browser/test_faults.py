"""Ana's phone, its disk and its network fail: nothing she typed is lost, and the line is true."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.browser.conftest import Enters
from tests.browser.phones import (
    SOON,
    edits,
    flush,
    kept,
    newer,
    numbers,
    portal,
    puts_to,
    says,
    tap,
    tap_offline,
)
from tests.people import Browser, People
from tests.waiting import until

REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
SILENT = "IDBFactory.prototype.open = () => new EventTarget()"
FULL = (
    "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }; 0"
)
# Its answer comes when a page has given up waiting for it.
LATE = """
const { open } = IDBFactory.prototype;
IDBFactory.prototype.open = function (...call) {
  const request = open.apply(this, call);
  const late = new EventTarget();
  request.onsuccess = () =>
    setTimeout(() => late.onsuccess(Object.assign(late, { result: request.result })), 5000);
  return late;
};"""
AHEAD = "const now = Date.now; Date.now = () => now() + 2 * 86_400_000"
BACK = "() => { const now = Date.now; Date.now = () => now() - 86_400_000 }"
# Said at noon of each of the last sixty days.
SIXTY = """
  const outbox = outboxOf(STEPS);
  for (let n = 1; n <= 60; n += 1) {
    const noon = new Date(Date.now() - n * 86_400_000);
    noon.setUTCHours(17, 0, 0, 0);
    const [edited_at, day] = [noon.toISOString(), noon.toISOString().slice(0, 10)];
    const whose = { zone: "America/New_York", reason: null, account };
    const said = { edit_id: crypto.randomUUID(), edited_at, items: { mood: n % 11 } };
    await outbox.keep({ url: `/entries/${day}`, day, edit: { ...said, ...whose } });
  }
"""
OLD_TAB = "() => new Promise((done) => { indexedDB.open(%r, 1).onsuccess = done }).then(() => {})"


@pytest.fixture
def puts(app: Flask) -> Iterator[list[str]]:
    with puts_to(app) as paths:
        yield paths


@pytest.mark.parametrize("broken", [REFUSED, SILENT, FULL])
def test_what_the_phone_cannot_keep_is_sent_when_it_can_be_and_the_page_says_so(
    anas_new_tab: Page, session: Session, broken: str
) -> None:
    phone = anas_new_tab
    phone.add_init_script(broken)
    phone.goto("/today")
    tap(phone, "mood", 6)
    says(phone, "saved")

    phone.context.set_offline(True)
    tap(phone, "pain_avg", 3)

    says(phone, "waiting", "Leave this page open")
    phone.context.set_offline(False)
    says(phone, "saved")
    assert numbers(session) == {"mood": 6, "pain_avg": 3}


def test_what_lies_on_a_disk_that_answers_late_goes_once_it_does(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    portal(phone)
    tap(phone, "mood", 6)
    flush(phone)
    says(phone, "kept", "1 waiting")
    phone.unroute_all()
    phone.context.add_init_script(LATE)

    phone.reload()

    expect(phone.locator("#mood-6")).to_be_checked(timeout=SOON)
    says(phone, "saved")
    assert numbers(session) == {"mood": 6}


def test_a_page_that_alone_knows_what_was_typed_asks_before_it_goes(anas_new_tab: Page) -> None:
    phone = anas_new_tab
    phone.add_init_script(REFUSED)
    phone.goto("/today")
    phone.context.set_offline(True)
    tap(phone, "mood", 6)
    says(phone, "waiting")

    with phone.expect_event("dialog") as asked:
        phone.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_what_lies_on_a_disk_that_is_full_goes_all_the_same(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    tap_offline(phone, "mood", 6)

    phone.evaluate(FULL)
    phone.context.set_offline(False)

    says(phone, "saved")
    assert edits(session) == [{"mood": 6}]
    assert kept(phone, "return (await outboxOf(STEPS).waiting()).length") == 0


def test_a_disk_that_fills_up_between_two_taps_loses_neither(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    tap_offline(phone, "mood", 6)

    phone.evaluate(FULL)
    tap(phone, "pain_avg", 3)

    says(phone, "waiting")
    phone.context.set_offline(False)
    says(phone, "saved")
    assert numbers(session) == {"mood": 6, "pain_avg": 3}


def test_a_tab_that_holds_the_database_in_an_older_form_keeps_nobody_from_writing(
    anas_new_tab: Page, session: Session, people: People
) -> None:
    phone = anas_new_tab
    other = phone.context.new_page()
    other.goto("/healthz")
    other.evaluate(OLD_TAB % f"journal-{people.ana.id}")
    newer(phone)
    phone.goto("/today")

    phone.context.set_offline(True)
    tap(phone, "mood", 6)

    says(phone, "waiting", "Leave this page open")
    phone.context.set_offline(False)
    says(phone, "saved")
    assert edits(session) == [{"mood": 6}]


def test_what_an_older_version_kept_is_sent_by_a_newer_one(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    tap_offline(phone, "mood", 6)
    phone.close()

    later = phone.context.new_page()
    newer(later)
    phone.context.set_offline(False)
    later.goto("/today")

    says(later, "saved")
    expect(later.locator("#mood-6")).to_be_checked()
    assert edits(session) == [{"mood": 6}]


def test_an_old_page_beside_a_newer_one_loses_nothing_and_says_what_is_so(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    portal(phone)
    tap(phone, "mood", 6)
    flush(phone)
    says(phone, "kept", "1 waiting")
    later = phone.context.new_page()
    newer(later)
    portal(later)
    later.goto("/today")
    says(later, "kept", "1 waiting")

    tap(phone, "pain_avg", 3)

    says(phone, "waiting", "Leave this page open")
    later.close()
    phone.unroute_all()
    flush(phone)
    says(phone, "saved")
    assert numbers(session) == {"mood": 6, "pain_avg": 3}


def test_two_tabs_that_hear_of_the_network_at_once_send_once(
    anas_today: Page, session: Session, puts: list[str]
) -> None:
    phone = anas_today
    second = phone.context.new_page()
    second.goto("/today")
    tap_offline(phone, "mood", 6)
    says(second, "kept", "1 waiting")

    phone.context.set_offline(False)

    says(phone, "saved")
    says(second, "saved")
    expect(second.locator("#mood-6")).to_be_checked()
    assert len(puts) == 1
    assert edits(session) == [{"mood": 6}]


def test_a_clock_set_back_a_day_between_two_taps_leaves_the_second_the_last_word(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    tap(phone, "mood", 6)
    flush(phone)
    says(phone, "saved")

    phone.evaluate(BACK)
    tap(phone, "mood", 2)

    says(phone, "saved")
    phone.reload()
    expect(phone.locator("#mood-2")).to_be_checked()
    assert edits(session) == [{"mood": 6}, {"mood": 2}]


def test_a_token_that_ran_out_is_renewed_as_the_page_goes(
    anas_today: Page, session: Session, enter: Enters, puts: list[str]
) -> None:
    phone = anas_today
    tap(phone, "mood", 6)
    # The same session, and another token in its cookie.
    enter(phone, "ana")

    phone.get_by_role("link", name="Days").click()

    says(phone, "saved", "Everything is in your journal")
    assert edits(session) == [{"mood": 6}]
    assert len(puts) > 1


def test_a_portals_login_page_is_no_yes(anas_today: Page, session: Session) -> None:
    phone = anas_today
    portal(phone)
    tap(phone, "mood", 6)
    flush(phone)
    says(phone, "kept", "1 waiting")
    assert edits(session) == []

    phone.unroute_all()
    flush(phone)

    says(phone, "saved")
    assert edits(session) == [{"mood": 6}]


def test_an_answer_that_found_the_page_closed_is_asked_for_again_and_counts_once(
    anas_today: Page, session: Session, puts: list[str]
) -> None:
    phone = anas_today
    phone.route("**/entries/*", lambda route: route.fetch() and None)
    tap(phone, "mood", 6)
    with phone.expect_request("**/entries/*"):
        flush(phone)
    phone.close()
    again = phone.context.new_page()
    again.goto("/history")

    says(again, "saved")
    assert len(puts) > 1
    assert edits(session) == [{"mood": 6}]


def test_what_was_not_accepted_needs_her_and_the_rest_arrives(
    anas_today: Page, session: Session
) -> None:
    phone = anas_today
    phone.locator("[data-more] summary").tap()
    note = phone.locator("[name=note]")
    note.evaluate("(field) => field.removeAttribute('maxlength')")
    note.fill("x" * 1001)
    tap(phone, "mood", 6)
    flush(phone)

    says(phone, "refused", "That is 1001 characters; there is room for 1000.")

    until(lambda: numbers(session) == {"mood": 6}, "the rest of the letter")
    phone.locator("#truth a").tap()
    wrong = phone.locator("[data-aside]")
    expect(wrong).to_contain_text("That is 1001 characters; there is room for 1000.")
    wrong.get_by_role("button", name="Throw away").tap()
    wrong.get_by_role("button", name="Keep it after all").tap()
    phone.reload()
    expect(wrong).to_contain_text("That is 1001 characters")
    wrong.get_by_role("button", name="Throw away").tap()
    phone.goto("/history")
    says(phone, "saved")


def test_a_day_that_has_not_come_is_set_aside_with_its_reason(anas_kept_phone: Page) -> None:
    phone = anas_kept_phone
    phone.add_init_script(AHEAD)
    phone.context.set_offline(True)
    phone.goto("/today")
    tap(phone, "mood", 6)
    says(phone, "kept")

    phone.context.set_offline(False)

    says(phone, "refused", "That day has not begun yet")


def test_what_waits_can_be_saved_as_a_file_that_the_journal_takes(
    anas_kept_phone: Page, session: Session, anas_phone: Browser
) -> None:
    phone = anas_kept_phone
    tap_offline(phone, "mood", 6)
    phone.goto("/waiting")

    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Save as a file").tap()

    answer = anas_phone.send_json("PUT", "/entries", json.loads(saved.value.path().read_text()))
    assert [one["status"] for one in answer.get_json()["answers"]] == [200]
    assert edits(session) == [{"mood": 6}]
    phone.context.set_offline(False)
    says(phone, "saved")
    assert edits(session) == [{"mood": 6}]


def test_a_phone_that_was_away_for_sixty_days_sends_them_all_once_thirty_at_a_time(
    anas_today: Page, session: Session, puts: list[str]
) -> None:
    phone = anas_today
    phone.goto("/history")
    portal(phone)
    kept(phone, SIXTY)
    flush(phone)
    says(phone, "kept", "60 waiting")

    phone.unroute_all()
    flush(phone)

    says(phone, "saved")
    assert puts == ["/entries", "/entries"]
    assert [one["mood"] for one in edits(session)] == [n % 11 for n in range(60, 0, -1)]
