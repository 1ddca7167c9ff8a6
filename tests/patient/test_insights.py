"""What Ana's days show her: how things were after each series, and never what is to come."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.goals import set_goal
from journal.entries.models import How
from journal.infusions.models import Standing
from journal.sharing.models import Clinic
from tests.clinic.desk import every_day, figure, give, rows_of, text, write
from tests.clinic.series import told
from tests.people import Browser, People

ONE = timedelta(days=1)
WELL = (2,) * 12
GONE = (2,) * 15 + (7,) * 20
FADING = (2,) * 15 + (7,) * 5


@pytest.fixture
def riverbend(people: People) -> Clinic:
    return people.riverbend


def seen_by(phone: Browser) -> str:
    answer = phone.get("/insights")
    assert answer.status_code == 200
    return answer.text


def part_of(page: str, key: str) -> str:
    """What is said of pain, or of mood."""
    return text(page.split(f'aria-labelledby="{key}"')[1].split("</section>")[0])


def test_it_is_one_of_the_places_under_the_thumb(anas_phone: Browser) -> None:
    page = anas_phone.get("/insights").text

    assert re.findall(
        r'href="([^"]+)"', page.split('<nav class="places"')[1].split("</nav>")[0]
    ) == [
        "/today",
        "/history",
        "/insights",
        "/sharing",
        "/help-now",
    ]
    assert '<a href="/insights" aria-current="page">' in page


def test_before_the_first_day_it_says_what_will_be_here(anas_phone: Browser) -> None:
    page = seen_by(anas_phone)

    assert "Nothing here yet" in page
    assert "<figure" not in page


def test_from_the_first_day_on_there_is_a_line_and_a_true_sentence(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 0, 0, pain_avg=4))

    page = seen_by(anas_phone)

    assert "You have written down 1 of 101 days so far." in page
    assert rows_of(figure(page, "pain")) == [(str(today), "4", "")]
    assert "Nothing is written down about it" in part_of(page, "mood")


def test_a_chart_says_of_itself_only_what_it_draws(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    earlier, drawn = every_day(today, 60, 40, pain_avg=9), every_day(today, 8, 1, pain_avg=4)
    write(session, ana, earlier | drawn | every_day(today, 0, 0, pain_avg=2))

    said = figure(seen_by(anas_phone), "pain").findtext(".//desc") or ""

    assert said.startswith("9 days between ")
    assert said.endswith("from 2 to 4; on the newest of them 2.")


def test_a_diary_without_an_infusion_claims_nothing(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 40, 0, pain_avg=4, mood=5))

    page = text(seen_by(anas_phone))

    assert "better" not in page.replace("lower is better", "").replace("higher is better", "")
    assert "not why" not in page


def test_pain_and_mood_each_have_their_sentence_and_their_chart(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (*(4,) * 20,))

    page = seen_by(anas_phone)

    assert "Day 20, and still better so far." in part_of(page, "pain")
    assert "too early to say" in part_of(page, "mood")
    assert "clearly better: 4.9 or lower" in part_of(page, "pain")
    assert "clearly better: 6.5 or higher" in part_of(page, "mood")


def test_how_things_were_after_is_said_and_never_why(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, GONE)

    page = text(seen_by(anas_phone))

    assert "For about 17 days after the last infusion" in page
    assert "not why" in page
    assert [word for word in ("because", "wears off", "wear off", "fading") if word in page] == []


def test_all_values_equal_have_no_best_week(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (7,) * 30)

    page = part_of(seen_by(anas_phone), "pain")

    assert "pain was no lower than before" in page
    assert "best week" not in page


def test_a_scale_at_its_floor_leaves_little_to_measure(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (0,) * 30, before=(0,) * 14)

    page = seen_by(anas_phone)

    assert "You started with little pain" in part_of(page, "pain")
    assert "Your mood was good to begin with" in part_of(page, "mood")


def test_a_series_without_any_diary_has_too_few_days(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    give(session, riverbend, ana, today - 40 * ONE)
    write(session, ana, every_day(today, 0, 0, mood=5))

    page = seen_by(anas_phone)

    assert "Not enough days to compare (0 of the 4 needed" in part_of(page, "pain")


def test_days_added_later_are_hollow_and_counted(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (*WELL, None))
    write(session, ana, {today: {"pain_avg": 3, "mood": 7}}, How.CORRECTED)

    page = seen_by(anas_phone)

    assert "1 of 13 days was added later" in part_of(page, "pain")
    assert rows_of(figure(page, "pain"))[0] == (str(today), "3", "added later")


@pytest.fixture
def again(session: Session, ana: Account, riverbend: Clinic, today: date) -> None:
    """Relief that ended after 17 days; another infusion, and twelve days of relief so far."""
    told(session, riverbend, ana, today, (*GONE, None, *WELL))
    give(session, riverbend, ana, today - 12 * ONE)


@pytest.mark.usefixtures("again")
def test_this_time_stands_beside_last_time(anas_phone: Browser) -> None:
    page = part_of(seen_by(anas_phone), "pain")

    assert "This time beside last time" in page
    assert "day 12 this time 2" in page
    assert "each day, this time up to day 12 after the last infusion, and on the same days" in page


@pytest.mark.usefixtures("again")
def test_last_time_is_shown_as_far_as_this_time_has_come(anas_phone: Browser) -> None:
    page = seen_by(anas_phone)

    assert '<th scope="row">day 12</th>' in page
    assert '<th scope="row">day 13</th>' not in page
    assert "Day 12, and still better so far." in page


def test_right_after_an_infusion_the_last_time_stays_open_and_drawn(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    given = told(session, riverbend, ana, today, (*GONE, None, 7))
    give(session, riverbend, ana, today - ONE)

    page = seen_by(anas_phone)

    assert "too early to say" in part_of(page, "pain")
    assert "For about 17 days after the last infusion" in part_of(page, "pain")
    assert "insight__earlier" not in page
    assert rows_of(figure(page, "pain"))[-1][0] == str(given - 14 * ONE)


def test_until_there_is_a_line_of_this_time_the_two_before_stand_beside_each_other(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, (*GONE, None, *GONE, None, 7))
    give(session, riverbend, ana, today - (len(GONE) + 2) * ONE)
    give(session, riverbend, ana, today - ONE)

    page = part_of(seen_by(anas_phone), "pain")

    assert "Last time beside the time before" in page
    assert "This time beside last time" not in page
    assert "day 35 last time 7 the time before 7" in page


@pytest.mark.usefixtures("again")
def test_the_times_before_are_folded_away(anas_phone: Browser) -> None:
    page = seen_by(anas_phone)

    earlier = page.split('class="insight__earlier"')[1].split("</details>")[0]
    assert "For about 17 days after the last infusion" in text(earlier)


def test_relief_that_may_be_fading_is_for_her_care_team_to_raise(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, FADING)

    page = text(seen_by(anas_phone))

    assert "what came after is too recent to say" in page
    assert "fading" not in page


def test_a_thousand_infusions_are_still_a_page(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    write(session, ana, every_day(today, 99, 0, pain_avg=5, mood=5))
    for n in range(1000):
        give(session, riverbend, ana, today - n * ONE)

    assert "1000 infusions" in text(seen_by(anas_phone))


def test_weeks_are_counted_from_the_last_infusion(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    given = told(session, riverbend, ana, today, GONE)

    page = text(seen_by(anas_phone))

    first, last = given + ONE, given + 7 * ONE
    assert f"{first.day} {first:%b} to {last.day} {last:%b %Y} 2.0 8.0" in page


def test_the_best_and_the_hardest_week_are_named(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, GONE)

    page = part_of(seen_by(anas_phone), "pain")

    assert "2.0 on average. Your hardest:" in page


def test_two_weeks_are_said_as_two_numbers_and_their_difference(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 13, 7, pain_avg=5) | every_day(today, 6, 0, pain_avg=4))

    page = part_of(seen_by(anas_phone), "pain")

    assert "The last seven days: 4.0 on average. The seven before: 5.0. That is 1.0 lower" in page


def test_and_which_way_is_better_is_said_with_them(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    write(session, ana, every_day(today, 13, 7, mood=5) | every_day(today, 6, 0, mood=7))

    page = part_of(seen_by(anas_phone), "mood")

    assert "That is 2.0 higher; higher is better." in page


@pytest.mark.parametrize("path", ["/insights", "/today"])
def test_before_the_first_infusion_she_sees_how_far_she_is(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date, path: str
) -> None:
    write(session, ana, every_day(today, 1, 0, pain_avg=5, mood=5))
    give(session, riverbend, ana, today + 5 * ONE, standing=Standing.PLANNED)

    page = anas_phone.client.get(path, follow_redirects=True, base_url="http://127.0.0.1").text

    assert "Baseline: 2 of 4 days, first infusion in 5 days" in page


def test_after_the_first_infusion_no_day_of_the_next_is_counted_down(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    give(session, riverbend, ana, today - 9 * ONE)
    give(session, riverbend, ana, today + 5 * ONE, standing=Standing.PLANNED)

    page = anas_phone.get(f"/entries/{today}").text

    assert "infusion in" not in page


def test_one_that_was_taken_back_or_cancelled_is_no_first_infusion(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date,
    now: datetime,
) -> None:  # fmt: skip
    give(session, riverbend, ana, today + 5 * ONE, standing=Standing.CANCELLED)
    give(session, riverbend, ana, today + 6 * ONE, standing=Standing.PLANNED, struck_at=now)

    assert "first infusion" not in anas_phone.get(f"/entries/{today}").text


@pytest.mark.usefixtures("again")
def test_it_can_be_put_away_on_every_device_and_shown_again(anas_phone: Browser) -> None:
    anas_phone.send_form("/insights/hiding")
    hidden = seen_by(anas_phone)

    anas_phone.send_form("/insights/hiding/ending")

    assert "You have put this page away" in hidden
    assert "<figure" not in hidden
    assert "<figure" in seen_by(anas_phone)


def test_her_goal_stands_with_the_weeks_she_answered(
    session: Session, anas_phone: Browser, ana: Account, today: date
) -> None:
    set_goal(session, ana, "Walk the dog", today - 8 * ONE)
    write(session, ana, {today - 9 * ONE: {"goal_met": "no"}, today - ONE: {"goal_met": "yes"}})

    page = seen_by(anas_phone)

    assert "Walk the dog Weeks answered: yes 1, partly 0, no 0; last: yes on" in text(page)
    assert 'href="/goal"' in page


def test_without_a_goal_there_is_none(anas_phone: Browser) -> None:
    assert "Your goal" not in seen_by(anas_phone)


def test_it_is_said_that_her_clinic_may_count_otherwise(
    session: Session, anas_phone: Browser, ana: Account, riverbend: Clinic, today: date
) -> None:
    told(session, riverbend, ana, today, WELL)

    assert "so its numbers can differ" in seen_by(anas_phone)


def test_on_paper_it_says_whose_days_these_are_and_when_it_was_printed(
    anas_phone: Browser, today: date
) -> None:
    page = seen_by(anas_phone).split('<p class="for-paper">')[1].split("</p>")[0]

    assert text(page) == f"Ana · printed on {today.day} {today:%B %Y}"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_moving_across_zones_changes_nothing_of_what_was(
    session: Session,
    anas_phone: Browser,
    ana: Account,
    riverbend: Clinic,
    today: date,
    zone: str,
) -> None:
    told(session, riverbend, ana, today - 3 * ONE, GONE)
    before = lasted(seen_by(anas_phone))

    ana.zone = zone
    session.commit()

    assert before
    assert lasted(seen_by(anas_phone)) == before


def lasted(page: str) -> list[str]:
    """What the page says of how long relief held."""
    return re.findall(r"For about \d+ days after the last infusion", page)
