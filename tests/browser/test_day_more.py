"""What Ana writes around an infusion, about a night, and about what she noticed, on her phone."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from journal.clock import diary_day
from journal.entries.goals import set_goal
from journal.entries.store import one_day
from journal.infusions.models import InfusionDay
from journal.sharing.access import own
from tests.browser.conftest import PHONE, Enters, Opens
from tests.browser.phones import edits, flush, ready, says
from tests.browser.test_axe import SCHEMES, found_in
from tests.browser.until import until
from tests.clinic.desk import give
from tests.people import ZONE, People

ONE = timedelta(days=1)
NIGHT = {
    "into_bed": "22:30",
    "try_sleep": "23:00",
    "sol": "30",
    "awakenings": "2",
    "waso": "45",
    "final_awake": "06:30",
    "out_bed": "07:00",
}
KNOWN = """(fact) => import("/static/js/store.js").then(async ({ storeOf, whoIsHere }) =>
    Boolean(await storeOf(whoIsHere()).known(fact)))"""


@pytest.fixture
def today(now: datetime) -> date:
    return diary_day(now, ZONE)


@pytest.fixture
def clinic(session: Session, people: People) -> None:
    """Riverbend can be called, and has said what to see to before an infusion."""
    riverbend = people.riverbend
    riverbend.telephone, riverbend.hours = "(555) 010-0100", "Weekdays, 9 to 17"
    checklist = ["Nothing eaten for six hours", "Someone takes you home"]
    session.add(InfusionDay(clinic_id=riverbend.id, checklist=checklist, quiet_hours=4))
    session.commit()


@pytest.fixture
def infused_yesterday(session: Session, people: People, clinic: None, today: date) -> None:
    give(session, people.riverbend, people.ana, today - ONE)


@pytest.fixture
def infused_today(session: Session, people: People, clinic: None, today: date) -> None:
    """Her goal is a week old, too."""
    give(session, people.riverbend, people.ana, today)
    set_goal(session, people.ana, "Walk the dog", today - 7 * ONE)
    session.commit()


@pytest.fixture
def infused_again_today(session: Session, people: People, today: date) -> None:
    give(session, people.riverbend, people.ana, today)
    set_goal(session, people.ana, "Walk the dog", today - 7 * ONE)
    session.commit()


@pytest.fixture
def infused_a_month_ago(session: Session, people: People, today: date) -> None:
    give(session, people.riverbend, people.ana, today - 30 * ONE)


@pytest.fixture
def no_emergency_line(session: Session, people: People) -> None:
    people.riverbend.crisis_lines = [{"label": "Samaritans", "call": "116 123"}]
    session.commit()


@pytest.fixture
def page(opens: Opens, enter: Enters) -> Page:
    """Ana's phone on today's page."""
    page = enter(opens(**PHONE), "ana")
    page.goto("/today")
    return page


def unplug(page: Page) -> None:
    """All that a day needs is on the phone, and from now on there is no network."""
    ready(page)
    for fact in ("clinics", "asks"):
        until(page, f"({KNOWN})('{fact}')")
    page.context.set_offline(True)
    page.goto("/today")
    expect(page.locator("form#day")).to_be_visible()


def section(page: Page, name: str) -> Locator:
    return page.locator(f"[data-section={name}]")


def unfold(page: Page, name: str) -> Locator:
    section(page, name).locator("summary").first.click()
    return section(page, name)


def tick(page: Page, effect: str, strength: int) -> None:
    page.locator(f"#noticed-{effect}").check()
    page.locator(f"#noticed-{effect}-{strength}").check()


def said(session: Session) -> dict[str, Any]:
    """The items of all letters that have arrived, newest over older."""
    return {item: value for letter in edits(session) for item, value in letter.items()}


def test_without_a_network_she_is_told_at_once_to_call_her_clinic(
    infused_yesterday: None, page: Page, session: Session
) -> None:
    unplug(page)
    noticed = section(page, "noticed")
    expect(noticed).to_have_attribute("open", "")

    tick(page, "chest", 1)

    expect(noticed.get_by_text("Please call your clinic about this now.")).to_be_visible()
    call = noticed.get_by_role("link", name="Call Riverbend, (555) 010-0100")
    expect(call).to_have_attribute("href", "tel:5550100100")
    says(page, "kept", "1 waiting")
    page.context.set_offline(False)
    flush(page)
    says(page, "saved")
    assert said(session) == {"noticed": {"chest": 1}}


def test_from_moderate_on_it_is_the_emergency_line(infused_yesterday: None, page: Page) -> None:
    unplug(page)

    tick(page, "breathing", 2)

    noticed = section(page, "noticed")
    expect(noticed.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(noticed.get_by_text("Please call your clinic")).to_be_hidden()


def test_a_clinic_without_an_emergency_line_leaves_one_to_call(
    infused_yesterday: None, no_emergency_line: None, page: Page
) -> None:
    unplug(page)

    tick(page, "breathing", 2)

    noticed = section(page, "noticed")
    said = "Please call now: 911, or the emergency number where you are."
    expect(noticed.get_by_text(said)).to_be_visible()
    expect(noticed.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")


def test_by_the_month_what_a_long_treatment_can_bring_comes_first_without_a_network(
    infused_a_month_ago: None, page: Page, session: Session
) -> None:
    unplug(page)
    expect(page.get_by_label("None of these, and nothing else")).to_be_visible()
    expect(page.locator("#noticed-urinary")).to_be_visible()
    expect(page.locator("#noticed-nausea")).to_be_hidden()

    page.get_by_text("Something else you noticed").click()
    tick(page, "nausea", 1)

    says(page, "kept", "1 waiting")
    page.goto("/today")
    expect(page.locator("#noticed-nausea")).to_be_visible()
    page.context.set_offline(False)
    flush(page)
    says(page, "saved")
    assert said(session) == {"noticed": {"nausea": 1}}


def test_wanting_more_never_warns_her(infused_yesterday: None, page: Page) -> None:
    tick(page, "craving", 3)
    tick(page, "nausea", 3)

    says(page, "saved")
    expect(page.locator("[data-due]:visible")).to_have_count(0)


def test_none_of_these_is_one_tap(infused_yesterday: None, page: Page, session: Session) -> None:
    tick(page, "dizzy", 2)

    page.get_by_label("None of these").check()

    expect(page.locator("#noticed-dizzy")).not_to_be_checked()
    says(page, "saved")
    assert said(session) == {"noticed": {}}


def test_done_waits_until_it_is_said_how_strong_it_was(
    infused_yesterday: None, page: Page, session: Session
) -> None:
    says(page, "empty")
    page.locator("#noticed-dizzy").check()

    page.get_by_role("button", name="Done").click()

    assert page.locator("#noticed-dizzy-1:invalid").count() == 1
    page.locator("#noticed-dizzy-2").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("This day is in your journal.")).to_be_visible()
    assert said(session) == {"noticed": {"dizzy": 2}}


def test_a_tick_without_its_strength_is_not_said_to_be_kept(
    infused_yesterday: None, page: Page, session: Session
) -> None:
    tick(page, "dizzy", 1)
    says(page, "saved")

    page.locator("#noticed-chest").check()

    says(page, "refused", "Not kept yet: say how strong it was.")
    page.locator("#noticed-chest").uncheck()
    says(page, "saved")
    assert said(session) == {"noticed": {"dizzy": 1}}


def test_whoever_leaves_is_shown_once_what_is_not_kept(infused_yesterday: None, page: Page) -> None:
    page.locator("#noticed-dizzy").check()
    says(page, "refused", "Not kept yet")
    page.get_by_role("link", name="Days", exact=True).click()

    expect(page.locator("#noticed-dizzy-1")).to_be_focused()
    message = page.locator("#noticed-dizzy-1").evaluate("(radio) => radio.validationMessage")
    assert message == "Not kept yet: say how strong it was."
    page.get_by_role("link", name="Days", exact=True).click()
    page.wait_for_url("**/history")


def test_nothing_holds_her_back_on_the_way_to_help(infused_yesterday: None, page: Page) -> None:
    page.locator("#noticed-chest").check()

    page.get_by_role("link", name="whom you can call now").click()

    page.wait_for_url("**/help-now")


@pytest.mark.parametrize(("item", "most"), [("sol", 720), ("awakenings", 50)])
def test_a_number_that_is_too_high_is_said_and_stays(
    page: Page, session: Session, item: str, most: int
) -> None:
    unfold(page, "sleep")
    page.locator(f"#{item}").press_sequentially("900")

    says(page, "refused", f"Not kept yet: choose a number from 0 to {most}.")
    page.get_by_role("button", name="Done").click()

    field = page.locator(f"#{item}")
    expect(field).to_have_value("900")
    message = field.evaluate("(field) => field.validationMessage")
    assert message == f"Not kept yet: choose a number from 0 to {most}."
    field.fill("9")
    says(page, "saved")
    assert said(session) == {item: 9}


def test_half_a_time_is_said_and_stays(page: Page) -> None:
    unfold(page, "sleep")
    page.locator("#into_bed").press_sequentially("10")

    page.locator("#sol").focus()

    says(page, "refused", "Not kept yet: write the whole time, like 22:30.")
    page.get_by_role("button", name="Done").click()
    message = page.locator("#into_bed").evaluate("(field) => field.validationMessage")
    assert message == "Not kept yet: write the whole time, like 22:30."


def test_none_of_these_can_be_taken_back(
    infused_yesterday: None, page: Page, session: Session
) -> None:
    tick(page, "dizzy", 2)
    tick(page, "chest", 1)
    page.get_by_label("None of these").check()

    page.get_by_label("None of these").uncheck()

    expect(page.locator("#noticed-dizzy-2")).to_be_checked()
    expect(page.get_by_text("Please call your clinic about this now.")).to_be_visible()
    says(page, "saved")
    assert said(session) == {"noticed": {"dizzy": 2, "chest": 1}}


def test_a_warning_is_read_out_once(infused_yesterday: None, page: Page) -> None:
    tick(page, "chest", 1)
    page.evaluate(
        """() => {
          window.moves = 0;
          const options = { childList: true, subtree: true, attributes: true };
          const isIt = ({ target, addedNodes }) =>
            [target, ...addedNodes].some((one) => one.matches?.("[data-calls], [data-calls] *"));
          new MutationObserver((seen) => (window.moves += seen.filter(isIt).length))
            .observe(document.querySelector("[data-item=noticed]"), options);
        }"""
    )

    tick(page, "nausea", 2)

    assert page.evaluate("window.moves") == 0
    tick(page, "faint", 1)
    assert page.evaluate("window.moves") == 1


def test_done_without_a_network_says_at_the_top_whom_to_call(
    infused_yesterday: None, page: Page
) -> None:
    unplug(page)
    tick(page, "chest", 2)
    says(page, "kept")

    page.get_by_role("button", name="Done").click()

    again = page.locator("#truth + [data-calls]")
    expect(again).to_be_focused()
    expect(again).to_contain_text("Please call 911 now.")
    expect(again).to_be_in_viewport()


def test_done_without_a_network_and_without_a_warning_ends_at_the_line(
    infused_yesterday: None, page: Page
) -> None:
    unplug(page)
    page.get_by_label("None of these").check()
    says(page, "kept")

    page.get_by_role("button", name="Done").click()

    expect(page.locator("#truth")).to_be_focused()


def test_without_a_network_a_night_is_reckoned_later(page: Page) -> None:
    unplug(page)
    sleep = unfold(page, "sleep")

    for item, value in NIGHT.items():
        page.locator(f"#{item}").fill(value)

    expect(sleep).to_contain_text("Reckoned when you are back online.")
    page.context.set_offline(False)
    flush(page)
    expect(sleep).to_contain_text("asleep about 6 h 15 min")


def test_a_whole_night_is_reckoned_as_soon_as_it_is_there(page: Page, session: Session) -> None:
    sleep = unfold(page, "sleep")

    for item, value in NIGHT.items():
        page.locator(f"#{item}").fill(value)

    expect(sleep).to_contain_text("In bed 8 h 30 min, asleep about 6 h 15 min (73.5 % of")
    assert said(session) == {**NIGHT, "sol": 30, "awakenings": 2, "waso": 45}


def test_a_night_that_does_not_add_up_is_kept_and_she_is_told(page: Page, session: Session) -> None:
    sleep = unfold(page, "sleep")

    for item, value in {**NIGHT, "awakenings": "0"}.items():
        page.locator(f"#{item}").fill(value)

    expect(sleep).to_contain_text("Kept as you wrote it. There are minutes awake here, but")
    assert said(session)["waso"] == 45


def test_on_the_day_of_an_infusion_all_of_it_opens_without_a_network(
    infused_today: None, page: Page, session: Session, people: People, today: date
) -> None:
    unplug(page)
    infusion = section(page, "infusion")

    infusion.get_by_label("Someone takes you home").check()
    page.locator("#before_pain-6").check()
    page.locator("#after_pain-3").check()
    expect(section(page, "goal")).to_contain_text("Walk the dog")
    page.locator("#goal_met-partly").check()

    expect(infusion).to_contain_text("Pain: 6 before, 3 two hours after.")
    page.goto("/waiting")
    expect(page.get_by_text("Could you reach your goal in the past week?: Partly")).to_be_visible()
    page.context.set_offline(False)
    flush(page)
    expect(page.get_by_text("Nothing is waiting.")).to_be_visible()
    assert said(session) == {"before_pain": 6, "after_pain": 3, "goal_met": "partly"}
    kept: Mapping[str, object] = one_day(session, own(people.ana), today).items
    assert kept["ready"] == ["Someone takes you home"]


def test_on_a_usual_day_nothing_more_is_asked(page: Page) -> None:
    expect(page.locator("[data-asked] > *")).to_have_count(0)
    expect(section(page, "infusion")).to_have_count(0)
    expect(page.locator("details[open]")).to_have_count(0)


def test_it_is_a_plain_form_as_well(
    opens: Opens, enter: Enters, infused_yesterday: None, session: Session
) -> None:
    page = enter(opens(**PHONE, java_script_enabled=False), "ana")
    page.goto("/today")
    tick(page, "faint", 2)
    sleep = unfold(page, "sleep")
    sleep.locator("#into_bed").fill("22:30")
    sleep.locator("#sol").fill("30")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Please call 911 now.")).to_be_visible()
    assert said(session) == {"noticed": {"faint": 2}, "into_bed": "22:30", "sol": 30}


def test_axe_finds_nothing_in_any_of_it(
    opens: Opens, enter: Enters, infused_yesterday: None, infused_again_today: None
) -> None:
    page = enter(opens(**PHONE, bypass_csp=True), "ana")
    page.goto("/today")
    unfold(page, "sleep")
    for item, value in NIGHT.items():
        page.locator(f"#{item}").fill(value)
    tick(page, "chest", 1)
    on_the_day = [complaint for scheme in SCHEMES for complaint in found_in(page, scheme)]
    tick(page, "chest", 3)
    page.goto("/goal")

    on_the_goal = [complaint for scheme in SCHEMES for complaint in found_in(page, scheme)]

    assert on_the_day + on_the_goal == []
