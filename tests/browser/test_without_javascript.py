"""Everything works without JavaScript; and no page breaks the rules it is sent with."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Enters, Opens, sign_in
from tests.browser.ways import WAYS
from tests.people import PASSWORD

EVERYBODY = pytest.mark.parametrize("who", WAYS)


@pytest.fixture
def plain_phone(opens: Opens) -> Page:
    return opens(**PHONE, java_script_enabled=False)


@pytest.fixture
def plain_desk(opens: Opens) -> Page:
    return opens(**DESK, java_script_enabled=False)


@EVERYBODY
def test_no_page_offers_what_only_a_script_could_do(
    plain_phone: Page, enter: Enters, addresses: Mapping[str, object], who: str
) -> None:
    enter(plain_phone, who)

    for way in WAYS[who]:
        way.take(plain_phone, addresses)

        expect(plain_phone.locator("h1")).to_be_visible()
        expect(plain_phone.locator("button[type=button]:visible")).to_have_count(0)
        expect(plain_phone.locator(".with-script:visible")).to_have_count(0)


@pytest.mark.assures("B04")
@EVERYBODY
def test_no_page_breaks_its_own_rules(
    opens: Opens, enter: Enters, addresses: Mapping[str, object], who: str
) -> None:
    # Whatever the browser refuses is a complaint, and `opens` fails for it.
    page = opens(**DESK)
    enter(page, who)

    for way in WAYS[who]:
        way.take(page, addresses)

        expect(page.locator("h1")).to_be_visible()


def test_a_day_is_logged(plain_phone: Page) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto("/today")
    page.locator("#pain_avg-7").check(force=True)
    page.locator("[name=sleep_hours]").fill("6.5")

    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile("done"))
    page.goto("/today")
    expect(page.locator("#pain_avg-7")).to_be_checked()
    expect(page.locator("[name=sleep_hours]")).to_have_value("6.5")


def test_an_answer_is_cleared(plain_phone: Page, addresses: Mapping[str, object]) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto(f"/entries/{addresses['yesterday']}")

    page.locator("#pain_avg-none").check(force=True)
    page.get_by_role("button", name="Save").click()

    page.goto(f"/entries/{addresses['yesterday']}")
    expect(page.locator("#pain_avg-8")).not_to_be_checked()
    expect(page.locator("#mood-5")).to_be_checked()


def test_an_older_day_is_corrected_with_a_reason(
    plain_phone: Page, addresses: Mapping[str, object]
) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto(f"/entries/{addresses['older']}")

    page.locator("#pain_avg-9").check(force=True)
    page.locator("[name=reason]").fill("I mixed up two days")
    page.get_by_role("button", name="Save this correction").click()

    page.goto(f"/entries/{addresses['older']}")
    expect(page.locator("#pain_avg-9")).to_be_checked()


def test_days_are_found_in_the_calendar(plain_phone: Page, addresses: Mapping[str, object]) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto("/history")

    page.get_by_role("link", name="Earlier weeks").click()
    page.locator("a.told").first.click()

    expect(page).to_have_url(re.compile(r"/entries/\d{4}"))
    expect(page.locator("#pain_avg-4")).to_be_checked()


def test_someone_joins_by_her_invitation(
    plain_phone: Page, addresses: Mapping[str, object]
) -> None:
    page = plain_phone
    page.goto(f"/join/{addresses['joining']}")

    page.locator("[name=name]").fill("Mia Lind")
    page.locator("[name=email]").fill("mia@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=zone]").select_option("Europe/Berlin")
    page.locator("[name=numbers]").check()
    page.get_by_role("button", name="Begin my journal").click()

    expect(page).to_have_url(re.compile("/entries/"))


def test_sharing_is_changed_and_stopped(plain_phone: Page, addresses: Mapping[str, object]) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto(f"/sharing/clinics/{addresses['clinic']}")

    page.locator("[name=notes]").uncheck()
    page.get_by_role("button", name="Save").click()

    expect(page.locator("main")).to_contain_text("They do not see your notes.")
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.locator("main")).to_contain_text("sees nothing of your journal")


def test_ana_signs_out(plain_phone: Page) -> None:
    page = sign_in(plain_phone, "ana@example.org")
    page.goto("/today")

    page.locator("summary.menu__open").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.locator("h1")).to_have_text("You are signed out")
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_dr_bose_invites_someone_and_takes_it_back(plain_desk: Page) -> None:
    page = sign_in(plain_desk, "dr.bose@example.org")
    page.goto("/clinic/invitations")
    page.locator("[name=label]").fill("Mia")
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.locator(".handout__code svg")).to_be_visible()

    page.get_by_role("link", name="Back to the invitations").click()
    page.get_by_role("button", name="Take back").click()

    expect(page.locator("main")).to_contain_text("Taken back")


def test_dr_bose_finds_ana_and_reads_her_numbers(
    plain_desk: Page, addresses: Mapping[str, object]
) -> None:
    page = sign_in(plain_desk, "dr.bose@example.org")
    page.locator("[name=q]").fill("ana")
    page.get_by_role("button", name="Search").click()

    page.get_by_role("link", name="Ana", exact=True).click()
    page.locator("summary", has_text="Day by day").click()

    expect(page.locator("figure.chart--pain svg").first).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="Pain, worst").last).to_be_visible()


def test_dr_bose_records_an_infusion_and_takes_it_back(
    plain_desk: Page, addresses: Mapping[str, object]
) -> None:
    page = sign_in(plain_desk, "dr.bose@example.org")
    page.goto(f"/clinic/patients/{addresses['ana']}/infusions/new")
    page.get_by_label("Racemic ketamine").check(force=True)
    page.get_by_label("It began").fill(f"{addresses['yesterday']}T14:30")
    page.get_by_label("Dose").fill("42.5")
    page.get_by_label("or stopped at").fill("15:10")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("main")).to_contain_text("42.5 mg in 40 minutes")

    page.get_by_role("link", name="2:30").click()
    page.locator("summary", has_text="Recorded in error?").click()
    page.get_by_label("Why do you take it back?").fill("Another patient's")
    page.get_by_role("button", name="Take it back").click()

    expect(page.locator("main s")).to_contain_text("42.5 mg")
