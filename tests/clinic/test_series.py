"""What each of Ana's series did, on her page at the desk, and on the panel."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import How
from journal.infusions.models import Course, Standing
from journal.outcomes import store
from journal.outcomes.reckon import reckoned
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Scope
from tests.clinic.desk import every_day, figure, give, join, listed, row_of, text, write
from tests.clinic.series import told
from tests.people import Browser, People

ONE = timedelta(days=1)
WELL = (2,) * 12
GONE = (2,) * 15 + (7,) * 20
FADING = (2,) * 15 + (7,) * 5
TBODY = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)


def table_of(page: str) -> str:
    """The table of series, without its tags."""
    return text(page.split('id="series"')[1].split("</section>")[0])


def reckon(session: Session, clinic: Clinic) -> None:
    """What the worker does once a day."""
    now = datetime.now(UTC)
    store.keep(session, clinic, reckoned(session, clinic, now))
    session.commit()


def now_of(page: str) -> str:
    return text(page.split('id="present"')[1].split("</section>")[0])


def test_without_an_infusion_there_is_no_table(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 9, 0, pain_avg=5))

    assert 'id="series"' not in dr_boses_desk.get(page).text


def test_pain_stands_beside_mood_each_with_its_threshold(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, GONE)

    said = table_of(dr_boses_desk.get(page).text)

    assert "Pain, from 30 % better 17 days ended" in said
    assert re.search(r"Mood, from 50 % better \d+ days ended", said)
    assert "71.4 % better 7, mean of 14 days 35 of 35 days (100 %)" in said
    assert "71.4 % better 3, mean of 14 days 35 of 35 days (100 %)" in said


def test_who_is_still_well_has_held_so_far(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL)

    seen = dr_boses_desk.get(page).text

    assert "≥ 12 days still holding" in table_of(seen)
    assert "Pain Day 12, still holding" in now_of(seen)


@pytest.mark.parametrize(
    ("low", "table", "now"),
    [
        (
            11,
            "17 days ended, by what is told so far",
            "ended after 17 days, by what is told so far",
        ),
        (12, "17 days ended", "Day 27, ended after 17 days"),
    ],
)
def test_a_loss_that_is_not_final_is_said_as_so_far(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date, low: int, table: str, now: str,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, (2,) * 15 + (7,) * low)

    seen = dr_boses_desk.get(page).text

    assert table in table_of(seen)
    assert now in now_of(seen)
    assert ("so far" in seen) is ("so far" in now)


def test_before_a_gap_it_held_at_least_so_long(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, (*(2,) * 19, *(None,) * 9))

    assert "Pain Day 28, held at least 19 days, then a gap" in now_of(dr_boses_desk.get(page).text)


def test_coverage_is_rounded_half_up(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, (*(2,) * 10, *(None,) * 3, *(2,) * 27))

    assert "37 of 40 days (93 %)" in table_of(dr_boses_desk.get(page).text)


def test_little_pain_has_no_line_for_clearly_better(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL, before=(2,) * 14)

    assert "clearly better" not in "".join(figure(dr_boses_desk.get(page).text, "pain").itertext())


def test_days_without_enough_entries_make_a_range(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, (*(2,) * 10, *(None,) * 4, *(7,) * 20))

    assert re.search(r"\d+ to \d+ days ended", table_of(dr_boses_desk.get(page).text))


def test_the_present_names_how_long_the_last_series_held(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, (*GONE, None, *WELL))
    give(session, riverbend, ana, today - 12 * ONE)

    assert "Pain Day 12, still holding; last series held 17 days" in now_of(
        dr_boses_desk.get(page).text
    )


def test_what_was_added_later_is_counted(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL, How.LATE)

    assert "12 of 12 days were added later" in table_of(dr_boses_desk.get(page).text)


def test_charts_have_the_lines_that_are_compared_with(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL)

    seen = dr_boses_desk.get(page).text

    pain, mood = ("".join(figure(seen, key).itertext()) for key in ("pain", "mood"))
    assert "clearly better: 4.9 or lower" in pain
    assert "clearly better: 6.5 or higher" in mood
    assert figure(seen, "sleep").find(".//line[@class]") is None


def test_a_baseline_that_was_set_is_named_and_dated(
    session: Session,
    dr_boses_desk: Browser,
    people: People,
    page: str,
    today: date,
    now: datetime,
) -> None:
    told(session, people.riverbend, people.ana, today, WELL)
    course = Course(clinic_id=people.riverbend.id, patient_id=people.ana.id, changed_at=now)
    course.pain_baseline, course.baseline_by, course.baseline_on = 8.0, people.kim.id, today
    session.add(course)
    session.commit()

    said = table_of(dr_boses_desk.get(page).text)

    assert f"8, set by Kim on {today.day} {today:%b %Y}" in said
    assert "3, mean of 14 days" in said


@pytest.mark.assures("A03")
def test_without_numbers_nothing_is_said_of_series(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date, only_notes: None,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, FADING)

    seen = dr_boses_desk.get(page).text

    assert 'id="series"' not in seen
    assert "fading" not in seen
    assert "fading" not in dr_boses_desk.get("/clinic").text


@pytest.mark.assures("A03")
def test_days_before_the_shared_period_are_no_baseline(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    today: date,
    now: datetime,
) -> None:
    given = told(session, riverbend, ana, today, WELL)
    consent = Consent(frozenset({Scope.NUMBERS}), given - 3 * ONE)
    grants.give(session, ana, riverbend.id, consent, now)
    session.commit()

    assert "too few days before it: 3 of 4" in table_of(dr_boses_desk.get(page).text)


def test_an_infusion_of_another_clinic_makes_no_series_here(
    session: Session, dr_boses_desk: Browser, people: People, page: str, today: date
) -> None:
    told(session, people.hillside, people.ana, today, WELL)

    assert 'id="series"' not in dr_boses_desk.get(page).text


@pytest.mark.parametrize("standing", [Standing.PLANNED, Standing.CANCELLED, Standing.MISSED])
def test_what_was_not_given_makes_none_either(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date, standing: Standing,
) -> None:  # fmt: skip
    give(session, riverbend, ana, today - 9 * ONE, standing=standing)

    assert 'id="series"' not in dr_boses_desk.get(page).text
    assert "day 9" not in row_of(dr_boses_desk.get("/clinic").text, "Ana")


@pytest.mark.parametrize(
    ("pains", "said"), [(FADING, True), (WELL, False), (GONE, False), ((7,) * 20, False)]
)
def test_the_panel_says_when_relief_may_be_fading(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, today: date,
    pains: tuple[int, ...], said: bool,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, pains)
    reckon(session, riverbend)

    row = row_of(dr_boses_desk.get("/clinic").text, "Ana")

    assert ("Relief may be fading: day 20" in row) is said


def test_the_panel_looks_at_the_last_series_only(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (*GONE, None, *FADING))
    give(session, riverbend, ana, today - 20 * ONE)
    reckon(session, riverbend)

    assert "Relief may be fading: day 20" in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_an_infusion_that_came_since_is_an_answer(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, FADING)
    reckon(session, riverbend)
    give(session, riverbend, ana, today)

    assert "fading" not in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_who_may_be_fading_comes_before_those_who_are_well(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic, today: date
) -> None:
    abe, bea = join(session, riverbend, "Abe", "Bea")
    told(session, riverbend, abe, today, WELL)
    told(session, riverbend, bea, today, FADING)
    reckon(session, riverbend)

    names = listed(dr_boses_desk.get("/clinic").text)

    assert names.index("Bea") < names.index("Abe")


@pytest.mark.assures("A03")
def test_what_was_reckoned_is_not_shown_once_consent_has_changed(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    given = told(session, riverbend, ana, today, FADING)
    reckon(session, riverbend)
    consent = Consent(frozenset({Scope.NUMBERS}), given)
    grants.give(session, ana, riverbend.id, consent, datetime.now(UTC) + ONE)
    session.commit()

    assert "fading" not in row_of(dr_boses_desk.get("/clinic").text, "Ana")


@pytest.mark.parametrize(
    ("days", "planned", "said"),
    [
        (2, 5, "Baseline: 2 of 4 days, first infusion in 5 days"),
        (0, 1, "Baseline: 0 of 4 days, first infusion in 1 day"),
        (3, 20, "First infusion in 20 days"),
        (3, 0, "First infusion today"),
    ],
)
def test_the_panel_says_how_far_she_is_before_her_first_infusion(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, today: date,
    days: int, planned: int, said: str,
) -> None:  # fmt: skip
    write(session, ana, every_day(today, days - 1, 0, pain_avg=5, mood=5))
    give(session, riverbend, ana, today + planned * ONE, standing=Standing.PLANNED)

    assert said in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_who_waits_for_a_first_infusion_comes_before_those_without_a_reason(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic, today: date
) -> None:
    abe, bea, cyd = join(session, riverbend, "Abe", "Bea", "Cyd")
    for one in (abe, bea, cyd):
        write(session, one, every_day(today, 2, 0, pain_avg=5, mood=5))
    give(session, riverbend, abe, today - 9 * ONE)
    give(session, riverbend, abe, today + 2 * ONE, standing=Standing.PLANNED)
    give(session, riverbend, bea, today + 9 * ONE, standing=Standing.PLANNED)
    give(session, riverbend, cyd, today + 6 * ONE, standing=Standing.PLANNED)

    names = listed(dr_boses_desk.get("/clinic").text)

    assert [name for name in names if name != "Ana"] == ["Cyd", "Bea", "Abe"]


def test_her_page_says_it_too(
    session: Session, dr_boses_desk: Browser, ana: Account, riverbend: Clinic, page: str,
    today: date,
) -> None:  # fmt: skip
    write(session, ana, every_day(today, 1, 0, pain_avg=5, mood=5))
    give(session, riverbend, ana, today + 5 * ONE, standing=Standing.PLANNED)

    assert "Baseline: 2 of 4 days, first infusion in 5 days" in now_of(dr_boses_desk.get(page).text)


@pytest.mark.parametrize(
    ("mood", "hours", "days", "said"),
    [(9, 4, 2, True), (10, 0, 2, True), (9, 4, 1, False), (8, 3, 5, False), (10, 4.25, 5, False)],
)
def test_high_mood_with_little_sleep_is_a_reason_for_a_look(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date,
    mood: int, hours: float, days: int, said: bool,
) -> None:  # fmt: skip
    write(session, ana, every_day(today, days, 1, mood=mood, sleep_hours=hours))

    row = row_of(dr_boses_desk.get("/clinic").text, "Ana")

    assert ("High mood with little sleep, two days running" in row) is said


def test_her_page_says_why_she_needs_a_look(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 34, 7, pain_avg=3, mood=9))
    write(session, ana, every_day(today, 6, 1, pain_avg=6, mood=9, sleep_hours=3))

    said = now_of(dr_boses_desk.get(page).text)

    assert "High mood with little sleep, two days running" in said
    assert "Pain 3 higher than in the four weeks before" in said


def test_her_page_says_that_she_is_silent(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date
) -> None:
    write(session, ana, every_day(today, 9, 5, mood=5))

    assert "Nothing for 5 days" in now_of(dr_boses_desk.get(page).text)


@pytest.mark.assures("A03")
def test_without_her_numbers_her_page_gives_no_reason(
    session: Session, dr_boses_desk: Browser, ana: Account, page: str, today: date,
    only_notes: None,
) -> None:  # fmt: skip
    write(session, ana, every_day(today, 2, 1, mood=10, sleep_hours=3))

    seen = dr_boses_desk.get(page).text

    assert "High mood" not in seen
    assert 'id="present"' not in seen


def test_who_is_very_well_and_hardly_sleeps_comes_first(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic, today: date
) -> None:
    abe, bea = join(session, riverbend, "Abe", "Bea")
    write(session, abe, every_day(today, 60, 40, mood=5))
    write(session, bea, every_day(today, 2, 1, mood=10, sleep_hours=3))

    assert listed(dr_boses_desk.get("/clinic").text)[0] == "Bea"


def test_two_such_days_last_week_are_none(
    session: Session, dr_boses_desk: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 8, 5, mood=10, sleep_hours=3))

    assert "High mood" not in row_of(dr_boses_desk.get("/clinic").text, "Ana")


def test_it_is_said_that_she_may_see_it_otherwise(
    session: Session, dr_boses_desk: Browser, riverbend: Clinic, ana: Account, page: str,
    today: date,
) -> None:  # fmt: skip
    told(session, riverbend, ana, today, WELL)

    said = table_of(dr_boses_desk.get(page).text)

    assert "so what they see of themselves can differ" in said
