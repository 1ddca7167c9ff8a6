"""What is asked around infusions, and the hours after one in which nothing is."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import Day
from journal.infusions.models import Infusion, InfusionDay, Standing
from journal.push import queue
from journal.push.models import Device, Outcome
from journal.reminders.look import Look
from journal.reminders.models import Asks, Due, Kind, Rule
from journal.reminders.store import Wanted, change, later_on_phone, pause, rules_of
from tests.people import People
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, TODAY, Plans

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Half past seven and nine in the morning in New York, on the day after TODAY.
HALF_PAST_SEVEN = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)
Infuses = Callable[..., Infusion]


@pytest.fixture
def infuses(session: Session, people: People) -> Infuses:
    """Ana's clinic plans or gives one, of 40 minutes."""

    def put(at: datetime, standing: Standing = Standing.GIVEN) -> Infusion:
        infusion = Infusion(
            clinic_id=people.riverbend.id,
            patient_id=people.ana.id,
            standing=standing,
            given_at=at,
            day=(at - 5 * HOUR).date(),
            dose_mg=35.0,
            minutes=40,
            recorded_by=people.bose.id,
            recorded_at=at,
        )
        session.add(infusion)
        session.flush()
        return infusion

    return put


@pytest.fixture
def before(session: Session, ana: Account) -> Rule:
    """Ana wants to be asked at half past seven on the day of an infusion."""
    wanted = Wanted(time(7, 30), EVERY_DAY, on=True, nudge=False)
    return change(session, ana, wanted, AFTERNOON, Asks.INFUSION)


@pytest.fixture
def after(session: Session, ana: Account) -> Rule:
    """And at nine on the morning after one."""
    wanted = Wanted(time(9), EVERY_DAY, on=True, nudge=False)
    return change(session, ana, wanted, AFTERNOON, Asks.MORNING)


def outcomes(plans: Plans, at: datetime) -> list[str | None]:
    return [one.outcome for one in plans(at)]


@pytest.mark.usefixtures("before", "after", "phone")
def test_without_an_infusion_nothing_is_asked_and_nothing_is_counted(plans: Plans) -> None:
    assert plans(NINE) == []


@pytest.mark.usefixtures("before", "phone")
def test_on_the_day_of_a_planned_one_she_is_asked(plans: Plans, infuses: Infuses) -> None:
    infuses(NINE + HOUR, Standing.PLANNED)

    assert outcomes(plans, HALF_PAST_SEVEN) == [None]


@pytest.mark.usefixtures("before", "phone")
def test_one_that_is_called_off_in_the_last_minute_is_not_asked_about(
    session: Session, plans: Plans, infuses: Infuses
) -> None:
    infusion = infuses(NINE + HOUR, Standing.PLANNED)
    plans(HALF_PAST_SEVEN)

    infusion.standing = Standing.CANCELLED
    session.flush()

    claimed = queue.claim(session, "one", HALF_PAST_SEVEN, HOUR, 100)
    said = Look("https://journal.example.org")(session, claimed, HALF_PAST_SEVEN)
    assert list(said.values()) == [Outcome.NO_REASON]


@pytest.mark.usefixtures("before", "phone")
@pytest.mark.parametrize("standing", [Standing.CANCELLED, Standing.MISSED])
def test_not_for_one_that_is_off(plans: Plans, infuses: Infuses, standing: Standing) -> None:
    infuses(NINE + HOUR, standing)

    assert plans(HALF_PAST_SEVEN) == []


@pytest.mark.usefixtures("before", "phone")
def test_one_taken_back_is_no_reason(plans: Plans, infuses: Infuses) -> None:
    infuses(NINE + HOUR, Standing.PLANNED).struck_at = AFTERNOON

    assert plans(HALF_PAST_SEVEN) == []


@pytest.mark.usefixtures("after", "phone")
def test_the_morning_after_one_she_is_asked(plans: Plans, infuses: Infuses) -> None:
    infuses(AFTERNOON - 5 * HOUR)

    assert outcomes(plans, NINE) == [None]


@pytest.mark.usefixtures("after", "phone")
def test_the_morning_after_one_that_was_only_planned_she_is_not(
    plans: Plans, infuses: Infuses
) -> None:
    infuses(AFTERNOON - 5 * HOUR, Standing.PLANNED)

    assert plans(NINE) == []


@pytest.mark.usefixtures("before", "phone")
@pytest.mark.parametrize("said", [{"before_pain": 6}, {"before_mood": 4}])
def test_not_once_she_has_said_how_she_is_before_it(
    session: Session, ana: Account, plans: Plans, infuses: Infuses, said: dict[str, int]
) -> None:
    infuses(AFTERNOON + DAY, Standing.PLANNED)
    there = {"account_id": ana.id, "day": TODAY + DAY, "revision": 1, "answered": False}
    session.add(Day(**there, more=said, told={}))
    session.flush()

    assert outcomes(plans, HALF_PAST_SEVEN) == [Outcome.LOGGED]


@pytest.mark.usefixtures("after", "phone")
def test_not_once_she_has_said_what_she_noticed(
    session: Session, ana: Account, plans: Plans, infuses: Infuses
) -> None:
    infuses(AFTERNOON - 5 * HOUR)
    session.add(
        Day(
            account_id=ana.id,
            day=TODAY + DAY,
            revision=1,
            answered=False,
            more={"noticed": {}},
            told={},
        )
    )
    session.flush()

    assert outcomes(plans, NINE) == [Outcome.LOGGED]


@pytest.mark.usefixtures("before", "rule", "phone")
def test_what_is_said_before_an_infusion_does_not_stop_the_evening(
    session: Session, ana: Account, plans: Plans
) -> None:
    said = {"before_pain": 6}
    session.add(Day(account_id=ana.id, day=TODAY, revision=1, answered=False, more=said, told={}))
    session.flush()

    assert outcomes(plans, EIGHT) == [None]


@pytest.mark.usefixtures("rule", "phone")
def test_in_the_hours_after_one_nothing_is_sent_and_it_comes_when_they_are_over(
    session: Session, plans: Plans, infuses: Infuses
) -> None:
    infuses(EIGHT - 4 * HOUR)

    assert outcomes(plans, EIGHT) == [Outcome.RESTING]
    rested = EIGHT + timedelta(minutes=40)
    again = session.scalars(select(Due).where(Due.kind == Kind.LATER)).one()
    assert again.at == rested
    assert outcomes(plans, rested)[0] is None


@pytest.mark.usefixtures("rule", "phone")
def test_it_does_not_come_where_it_would_be_of_no_use_any_more(
    session: Session, plans: Plans, infuses: Infuses
) -> None:
    infuses(EIGHT - HOUR)

    assert outcomes(plans, EIGHT) == [Outcome.RESTING]
    assert session.scalars(select(Due).where(Due.kind == Kind.LATER)).all() == []


@pytest.mark.usefixtures("rule", "phone")
def test_the_clinic_says_how_many_hours(
    session: Session, people: People, plans: Plans, infuses: Infuses
) -> None:
    session.add(InfusionDay(clinic_id=people.riverbend.id, checklist=[], quiet_hours=0))
    infuses(EIGHT - HOUR)

    assert outcomes(plans, EIGHT) == [None]


def test_her_phone_puts_off_what_it_shows_and_nothing_else(
    session: Session, rule: Rule, before: Rule, plans: Plans, infuses: Infuses, phone: Device
) -> None:
    infuses(NINE + HOUR, Standing.PLANNED)
    shown = next(one for one in plans(HALF_PAST_SEVEN) if one.subject_id == before.id)

    later_on_phone(session, shown.id, HALF_PAST_SEVEN)

    due = session.scalars(select(Due).where(Due.kind == Kind.LATER)).one()
    assert due.rule_id == before.id


def test_a_pause_holds_for_what_is_asked_anew(session: Session, ana: Account, rule: Rule) -> None:
    until = TODAY + 3 * DAY
    pause(session, ana, until, AFTERNOON)

    wanted = Wanted(time(9), EVERY_DAY, on=True, nudge=False)
    made = change(session, ana, wanted, AFTERNOON, Asks.MORNING)

    assert made.paused_until == until
    assert rules_of(session, ana.id)[Asks.MORNING] is made
    assert rules_of(session, ana.id)[Asks.INFUSION] is None
