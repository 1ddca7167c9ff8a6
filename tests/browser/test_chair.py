"""Dr Bose at the chair-side: what she writes down arrives, once, whatever the network does."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, Response, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.infusions.models import Infusion, InfusionEdit
from tests.browser.conftest import PHONE, Enters, Opens, sign_in
from tests.browser.phones import EVERYTHING, SOON, flush, says
from tests.browser.test_axe import SCHEMES, found_in
from tests.browser.until import NOTHING_KEPT, until
from tests.clinic.desk import give, join
from tests.infusions.letters import wall
from tests.people import People

TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
DAY = timedelta(days=1)
DATED = re.compile(r"^\w+day \d+ \w+$")
NUMBERED = re.compile(r"An infusion of \w+day \d+ \w+, \d+:\d\d.*, no\. 4471")
FOCUSED = "document.activeElement.name || document.activeElement.textContent.trim()"


@pytest.fixture
def tablet(opens: Opens, enter: Enters) -> Page:
    return enter(opens(**TABLET), "dr.bose")


@pytest.fixture
def form(tablet: Page, people: People) -> Page:
    """A new infusion of Ana's, open on the tablet."""
    return open_form(tablet, people.ana.id)


def open_form(page: Page, patient: UUID) -> Page:
    page.goto(f"/clinic/patients/{patient}/infusions/new")
    says(page, "empty", "Not recorded yet")
    return page


def write(page: Page, dose: str = "35") -> Page:
    """The least that an infusion needs."""
    page.get_by_label("Racemic ketamine").check(force=True)
    page.get_by_label("Dose").fill(dose)
    return page


def record(page: Page) -> None:
    page.get_by_role("button", name="Record it").click()


def is_put(answer: Response) -> bool:
    return answer.request.method == "PUT"


def offline(page: Page) -> Page:
    page.context.set_offline(True)
    return page


def online(page: Page) -> None:
    page.context.set_offline(False)
    flush(page)


def doses(session: Session) -> list[float | None]:
    found = session.scalars(select(Infusion).order_by(Infusion.given_at)).all()
    session.rollback()
    return [one.dose_mg for one in found]


def edits(session: Session) -> int:
    count = len(session.scalars(select(InfusionEdit)).all())
    session.rollback()
    return count


def test_in_a_few_taps_it_is_recorded(form: Page, session: Session) -> None:
    record(write(form))

    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    expect(form.locator("main")).to_contain_text("35 mg, racemic ketamine")
    assert doses(session) == [35]


def test_without_a_network_it_waits_on_the_tablet_and_arrives_once(
    form: Page, session: Session
) -> None:
    record(write(offline(form)))
    says(form, "kept", "Saved on this device, 1 waiting")
    assert doses(session) == []

    online(form)

    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    assert (doses(session), edits(session)) == ([35], 1)


def test_written_on_meanwhile_the_rest_goes_in_another_letter(form: Page, session: Session) -> None:
    record(write(offline(form)))
    says(form, "kept", "1 waiting")

    form.get_by_label("Minutes").fill("40")
    record(form)
    says(form, "kept", "2 waiting")
    online(form)

    expect(form.locator("main")).to_contain_text("35 mg in 40 minutes", timeout=SOON)
    assert (doses(session), edits(session)) == ([35], 2)


def test_a_form_left_without_a_network_sends_from_the_next_page(
    form: Page, session: Session, people: People
) -> None:
    record(write(offline(form)))
    says(form, "kept", "1 waiting")
    form.context.set_offline(False)

    with form.expect_response(is_put):
        form.goto("/clinic")

    form.goto(f"/clinic/patients/{people.ana.id}/infusions")
    expect(form.locator("main")).to_contain_text("35 mg")
    assert (doses(session), edits(session)) == ([35], 1)


def test_what_waits_is_listed_by_its_day_and_no_name(form: Page, people: People) -> None:
    form.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    record(write(offline(form)))
    says(form, "kept", "1 waiting")

    form.locator("#truth a").click()

    waiting = form.locator("[data-waits] li")
    expect(waiting).to_contain_text(NUMBERED, timeout=SOON)
    expect(waiting).to_contain_text("Dose: 35")
    expect(form.locator("body")).not_to_contain_text("Ana")
    expect(form.get_by_role("link", name="Today")).to_have_count(0)
    expect(form.get_by_role("link", name="Patients")).to_be_visible()


def test_without_a_network_the_tablet_opens_no_page_with_a_patient_in_it(
    form: Page, people: People
) -> None:
    form.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    form.reload()
    offline(form)

    form.goto("/today")

    expect(form.locator("main")).to_contain_text("Your patients' pages need the internet")
    assert "4471" not in form.evaluate(EVERYTHING)
    assert str(people.ana.id) not in form.evaluate(EVERYTHING)


def test_what_lies_on_the_tablet_cannot_be_read(form: Page, people: People) -> None:
    write(offline(form))
    form.get_by_label("Prescribed by").fill("Dr Marmalade")
    record(form)
    says(form, "kept", "1 waiting")

    everything = form.evaluate(EVERYTHING)

    assert str(people.bose.id) in everything
    assert "Marmalade" not in everything
    assert "4471" not in everything
    assert str(people.ana.id) not in everything


def test_signing_out_asks_first_and_leaves_nothing(form: Page, session: Session) -> None:
    record(write(offline(form)))
    says(form, "kept", "1 waiting")

    form.get_by_role("button", name="Sign out").click()
    expect(form.locator("dialog")).to_contain_text("One infusion is only on this device.")
    form.context.set_offline(False)
    form.get_by_role("button", name="Send now, then sign out").click()

    expect(form.locator("h1")).to_have_text("You are signed out", timeout=SOON)
    until(form, NOTHING_KEPT)
    assert doses(session) == [35]


def test_a_session_that_is_over_keeps_the_letter_until_she_signs_in(
    form: Page, session: Session, people: People, now: datetime
) -> None:
    write(form)
    sign_ins.end_all(session, people.bose.id, now)
    session.commit()

    record(form)

    says(form, "waiting", "Sign in, and it is sent.")
    form.locator("#truth a").click()
    expect(form.locator("main")).to_contain_text("Waiting on this phone: 1")
    with form.expect_response(is_put):
        sign_in(form, "dr.bose@example.org")
    assert doses(session) == [35]


def test_until_she_signs_in_again_the_tablet_says_only_how_many_wait(
    form: Page, session: Session, people: People, now: datetime
) -> None:
    write(form)
    form.locator("summary", has_text="After").click()
    form.get_by_label("Note").fill("Marmalade")
    sign_ins.end_all(session, people.bose.id, now)
    session.commit()
    record(form)
    says(form, "waiting", "Sign in, and it is sent.")

    form.goto("/waiting")

    expect(form.locator("main")).to_contain_text("One infusion is waiting on this device:")
    expect(form.locator("[data-days] li")).to_have_text(DATED)
    expect(form.locator("main")).to_contain_text("signs in, and it is sent.")
    seen = form.locator("body").inner_text()
    assert [word for word in ("Marmalade", "35", "4471", "Save as a file") if word in seen] == []
    expect(form.locator("form[data-sign-out]")).to_have_count(0)
    expect(form.locator("[data-said], [data-save]")).to_have_count(0)


def test_a_session_that_ends_while_the_list_is_open_closes_it(
    form: Page, session: Session, people: People, now: datetime
) -> None:
    form.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    record(write(offline(form)))
    says(form, "kept", "1 waiting")
    form.locator("#truth a").click()
    expect(form.locator("[data-waits] li")).to_contain_text("Dose: 35", timeout=SOON)
    sign_ins.end_all(session, people.bose.id, now)
    session.commit()

    online(form)

    expect(form.locator("main")).to_contain_text("One infusion is waiting", timeout=SOON)
    expect(form.locator("main")).not_to_contain_text("Dose")


def test_someone_else_at_the_tablet_neither_sees_nor_sends_it(
    form: Page, session: Session, people: People, now: datetime
) -> None:
    record(write(offline(form)))
    says(form, "kept", "1 waiting")
    sign_ins.end_all(session, people.bose.id, now)
    session.commit()
    form.context.set_offline(False)

    sign_in(form, "kim@example.org")

    expect(form.locator("#truth")).to_have_text("")
    form.goto("/waiting")
    expect(form.locator("main")).to_contain_text("Nothing is waiting.")
    assert doses(session) == []


def test_an_unusual_dose_is_asked_about_without_a_network_too(form: Page) -> None:
    write(offline(form), "0.5")

    record(form)
    expect(form.locator("[data-doubts]")).to_contain_text("Is it the whole dose, in mg?")
    expect(form.locator("#sure")).to_be_focused()
    says(form, "empty")
    form.locator("#sure").check()
    record(form)

    says(form, "kept", "1 waiting")


def test_a_dose_too_high_for_the_weight_is_asked_about(form: Page) -> None:
    write(form, "150")
    form.get_by_label("Weight").fill("50")
    expect(form.locator("[data-each]")).to_have_text("3 mg/kg")

    record(form)

    expect(form.locator("[data-doubts]")).to_contain_text("for each kilogram")


@pytest.mark.parametrize(
    ("label", "wrong", "said"),
    [
        ("Dose", "plenty", "between 0.01 and 5000 mg"),
        ("Weight", "700", "between 10 and 400 kg"),
        ("It began", "2099-01-01T09:30", "in the future"),
        ("or stopped at", "00:00", "cannot stop before it began"),
    ],
)
def test_what_cannot_be_is_said_at_once_and_nothing_typed_is_lost(
    form: Page, session: Session, label: str, wrong: str, said: str
) -> None:
    write(form)
    form.get_by_label("It began").fill("2026-11-02T09:30")
    form.get_by_label(label).fill(wrong)

    record(form)

    expect(form.locator(".field__error:visible")).to_contain_text(said)
    expect(form.get_by_label(label)).to_have_value(wrong)
    assert doses(session) == []


def test_what_the_server_refuses_is_shown_where_it_is_and_sent_anew_as_a_whole(
    form: Page, session: Session, people: People, now: datetime
) -> None:
    form.get_by_label("It began").fill("2026-11-02T09:30")
    write(form)
    give(
        session,
        people.riverbend,
        people.ana,
        now.date(),
        given_at=datetime(2026, 11, 2, 14, 30, tzinfo=now.tzinfo),
    )

    record(form)
    says(form, "refused", "recorded already")
    expect(form.get_by_label("It began")).to_be_focused()
    form.get_by_label("It began").fill("2026-11-03T11:30")
    record(form)

    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    assert doses(session) == [35, 35]


def test_what_was_refused_can_be_mended_later_from_the_list_of_what_needs_her(
    form: Page, session: Session
) -> None:
    form.route(re.compile("/infusions/"), _refuse)
    record(write(form))
    says(form, "refused")
    form.unroute(re.compile("/infusions/"))
    form.goto("/waiting")

    form.locator("[data-aside] a").first.click()

    expect(form.get_by_label("Dose")).to_have_value("35")
    expect(form.locator(".field__error:visible")).to_contain_text("Not like this.")
    record(form)
    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    assert doses(session) == [35]


def _refuse(route: Route) -> None:
    if route.request.method != "PUT":
        return route.fallback()
    said = {"code": "invalid", "message": "Not like this.", "field": "dose_mg"}
    return route.fulfill(status=400, json=said)


def test_last_times_values_are_taken_over_in_one_tap(
    tablet: Page, session: Session, people: People, now: datetime
) -> None:
    numbers = {"route": "iv", "weight_kg": 70.0, "weight_on": "2026-11-02"}
    give(session, people.riverbend, people.ana, (now - 7 * DAY).date(), numbers=numbers)
    form = open_form(tablet, people.ana.id)
    expect(form.get_by_label("Dose")).to_have_value("")

    form.get_by_role("button", name="The same again").click()

    expect(form.get_by_label("Dose")).to_have_value("35")
    expect(form.get_by_label("Into a vein")).to_be_checked()
    expect(form.get_by_label("Weighed on")).to_have_value("2026-11-02")
    expect(form.locator("[data-each]")).to_have_text("0.5 mg/kg")


def test_who_it_is_about_stays_in_sight(form: Page) -> None:
    for summary in form.locator("details.chair__part summary").all():
        summary.click()

    form.get_by_label("How it ended").scroll_into_view_if_needed()

    expect(form.locator(".head .second")).to_be_in_viewport()
    expect(form.locator(".head .second")).to_contain_text("no. 4471")


def test_by_keyboard_alone(form: Page, session: Session) -> None:
    form.locator("#given_at").focus()
    for keys in ("Now", "agent", "route", "dose_mg"):
        while form.evaluate(FOCUSED) != keys:
            form.keyboard.press("Tab")
        if keys == "agent":
            form.keyboard.press("Space")
    form.keyboard.type("35")

    form.keyboard.press("Enter")

    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    assert doses(session) == [35]


def test_without_scripts_it_is_a_plain_form(
    opens: Opens, enter: Enters, session: Session, people: People
) -> None:
    page = enter(opens(**TABLET, java_script_enabled=False), "dr.bose")
    page.goto(f"/clinic/patients/{people.ana.id}/infusions/new")
    write(page, "0.5")
    page.locator("summary", has_text="After").click()
    page.get_by_label("Note").fill("Calm")

    record(page)
    expect(page.locator("main")).to_contain_text("Is it the whole dose, in mg?")
    expect(page.locator("#note")).to_have_value("Calm")
    page.get_by_label("Dose").fill("50")
    record(page)

    expect(page.locator(".notice--good")).to_contain_text("Recorded.")
    assert doses(session) == [50]


def test_axe_finds_nothing_in_all_of_the_form(
    opens: Opens, enter: Enters, addresses: Mapping[str, object]
) -> None:
    page = enter(opens(**PHONE, bypass_csp=True), "dr.bose")
    page.goto(f"/clinic/patients/{addresses['ana']}/infusions/new")
    for summary in page.locator("details.chair__part summary").all():
        summary.click()
    page.get_by_label("Dose").fill("0.5")
    page.get_by_label("Esketamine").check(force=True)
    record(page)

    found = [complaint for scheme in SCHEMES for complaint in found_in(page, scheme)]

    assert found == []


def test_what_waits_can_be_saved_as_a_file(form: Page, tmp_path: Path, people: People) -> None:
    record(write(offline(form)))
    says(form, "kept", "1 waiting")
    form.get_by_role("button", name="Sign out").click()

    with form.expect_download() as download:
        form.get_by_role("button", name="Save as a file").click()

    download.value.save_as(tmp_path / "letters")
    saved = (tmp_path / "letters").read_text()
    assert f"/clinic/patients/{people.ana.id}/infusions/" in saved
    assert '"dose_mg": 35' in saved


def test_what_is_wrong_with_anas_is_not_said_under_bens_name(
    form: Page, people: People, session: Session
) -> None:
    [ben] = join(session, people.riverbend, "Ben")
    form.route(re.compile("/infusions/"), _refuse)
    record(write(form))
    says(form, "refused", "Not like this.")

    form.goto(f"/clinic/patients/{ben.id}/infusions/new")

    says(form, "empty", "Not recorded yet")
    expect(form.locator("#elsewhere")).to_contain_text("Something else waits on this device")


def test_without_a_network_a_correction_without_its_reason_is_not_kept(
    tablet: Page, session: Session, people: People, now: datetime
) -> None:
    one = give(session, people.riverbend, people.ana, (now - 3 * DAY).date())
    tablet.goto(f"/clinic/patients/{people.ana.id}/infusions/{one.id}")
    offline(tablet).get_by_label("Dose").fill("30")
    why = tablet.get_by_label("Why are you correcting it?")

    tablet.get_by_role("button", name="Record the correction").click()

    expect(why).to_be_focused()
    expect(why).to_have_attribute("aria-invalid", "true")
    expect(tablet.locator("#reason-error")).to_contain_text("Please say in a few words")
    why.fill("A slip of the pen")
    tablet.get_by_role("button", name="Record the correction").click()
    says(tablet, "kept", "1 waiting")


def test_a_text_too_long_is_said_at_once(form: Page) -> None:
    write(form).get_by_label("Prescribed by").fill("x" * 201)

    record(form)

    expect(form.locator(".field__error:visible")).to_contain_text("there is room for 200")
    expect(form.get_by_label("Prescribed by")).to_be_focused()


def test_an_end_before_the_start_is_said_where_it_is(form: Page) -> None:
    form.get_by_label("It began").fill("2026-11-02T09:30")
    write(form).get_by_label("or stopped at").fill("09:00")

    record(form)

    expect(form.locator("#stopped-error")).to_contain_text("It cannot stop before it began.")
    expect(form.get_by_label("or stopped at")).to_be_focused()


def test_what_someone_else_changed_meanwhile_is_said_and_what_was_typed_stays(
    form: Page, session: Session, people: People
) -> None:
    record(write(form))
    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    [one] = session.scalars(select(Infusion.id)).all()
    path = f"/clinic/patients/{people.ana.id}/infusions/{one}"
    session.rollback()
    form.goto(path)
    other = form.context.new_page()
    other.goto(path)
    other.get_by_label("Dose").fill("40")
    other.get_by_role("button", name="Record the correction").click()
    expect(other.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)

    form.get_by_label("Dose").fill("30")
    form.get_by_role("button", name="Record the correction").click()

    expect(form.locator(".field__error:visible")).to_contain_text("now: Dose: 40 mg", timeout=SOON)
    expect(form.locator("[name=was_dose_mg]")).to_have_value("40.0")
    expect(form.get_by_label("Dose")).to_have_value("30")
    form.get_by_role("button", name="Record the correction").click()
    expect(form.locator(".notice--good")).to_contain_text("Recorded.", timeout=SOON)
    session.rollback()
    assert doses(session) == [30]


def test_a_day_before_the_first_is_asked_about_until_the_day_is_another(
    tablet: Page, session: Session, people: People, now: datetime
) -> None:
    give(session, people.riverbend, people.ana, (now - 3 * DAY).date())
    form = write(open_form(tablet, people.ana.id))
    form.get_by_label("It began").fill(f"{(now - 9 * DAY).date()}T09:30")
    offline(form)

    record(form)

    expect(form.locator("[data-doubts]")).to_contain_text("This would be the first infusion")
    form.get_by_label("It began").fill(f"{(now - DAY).date()}T09:30")
    expect(form.locator("[data-doubts]")).to_be_hidden()
    record(form)
    says(form, "kept", "1 waiting")


def test_at_the_minute_of_a_planned_one_that_one_is_offered_without_a_network(
    tablet: Page, session: Session, people: People, now: datetime
) -> None:
    day = (now - DAY).date()
    plan = give(session, people.riverbend, people.ana, day, standing="planned", dose_mg=None)
    form = write(open_form(tablet, people.ana.id))
    offline(form).get_by_label("It began").fill(wall(plan.given_at))

    record(form)

    expect(form.get_by_role("link", name="Is this the planned one?")).to_have_attribute(
        "href", f"/clinic/patients/{people.ana.id}/infusions/{plan.id}"
    )
