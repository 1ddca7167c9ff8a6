"""From what is due to deliveries, on both databases."""

import logging
from datetime import time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.push.models import Device, Outcome
from journal.reminders import stops, store
from journal.reminders.models import Due, Kind, Rule
from journal.reminders.plan import plan
from journal.reminders.schedule import Quiet
from journal.reminders.store import Wanted
from journal.sharing.access import member_of
from tests.people import People
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, TODAY, Plans, device, log

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FOUR = EIGHT + 8 * HOUR


def test_before_its_time_nothing_is_due(rule: Rule, phone: Device, plans: Plans) -> None:
    assert plans(EIGHT - MINUTE) == []


def test_at_its_time_each_phone_gets_one(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    other = device(session, ana)

    made = plans(EIGHT)

    assert {one.device_id for one in made} == {phone.id, other.id}
    assert {(one.due_at, one.day, one.outcome) for one in made} == {(EIGHT, TODAY, None)}


def test_its_use_ends_with_quiet_hours(rule: Rule, phone: Device, plans: Plans) -> None:
    assert plans(EIGHT)[0].expires_at == EIGHT + 2 * HOUR


def test_it_comes_again_tomorrow(session: Session, rule: Rule, phone: Device, plans: Plans) -> None:
    plans(EIGHT)

    due = session.scalars(select(Due).where(Due.kind == Kind.CHOSEN)).one()
    assert due.at == EIGHT + DAY


def test_planned_twice_it_is_one(rule: Rule, phone: Device, plans: Plans) -> None:
    plans(EIGHT)

    assert len(plans(EIGHT + MINUTE)) == 1


def test_whoever_has_logged_is_not_asked(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    log(session, ana, TODAY, pain_avg=3)

    assert [one.outcome for one in plans(EIGHT)] == [Outcome.LOGGED]


def test_yesterdays_entry_is_not_todays(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    log(session, ana, TODAY - DAY, pain_avg=3)

    assert [one.outcome for one in plans(EIGHT)] == [None]


def test_a_nudge_follows_an_hour_later(rule: Rule, phone: Device, plans: Plans) -> None:
    plans(EIGHT)

    nudge = plans(EIGHT + HOUR)[0]

    assert (nudge.kind, nudge.outcome, nudge.day) == (Kind.NUDGE, None, TODAY)


def test_a_nudge_in_quiet_hours_is_counted_and_not_sent(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    store.keep_quiet(session, ana.id, Quiet(time(21), time(7)))
    plans(EIGHT)

    nudge = plans(EIGHT + HOUR)[0]

    assert (nudge.kind, nudge.outcome) == (Kind.NUDGE, Outcome.QUIET)


def test_quiet_hours_that_are_over_by_then_do_not_silence_a_nudge(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    store.keep_quiet(session, ana.id, Quiet(time(20, 15), time(20, 45)))
    plans(EIGHT)

    nudge = plans(EIGHT + HOUR)[0]

    assert (nudge.kind, nudge.outcome) == (Kind.NUDGE, None)


def test_a_time_she_chose_wins_over_quiet_hours(
    session: Session, ana: Account, phone: Device, plans: Plans
) -> None:
    store.change(session, ana, Wanted(time(23), EVERY_DAY, on=True, nudge=False), AFTERNOON)

    assert [one.outcome for one in plans(EIGHT + 3 * HOUR)] == [None]


@pytest.mark.parametrize("items", [{"pain_avg": 0}, {"too_much": True}])
def test_no_nudge_after_an_entry(
    session: Session,
    ana: Account,
    rule: Rule,
    phone: Device,
    plans: Plans,
    items: dict[str, int],
) -> None:
    plans(EIGHT)
    log(session, ana, TODAY, **items)

    nudge = plans(EIGHT + HOUR)[0]

    assert (nudge.kind, nudge.outcome) == (Kind.NUDGE, Outcome.LOGGED)


def test_nobody_is_nudged_who_does_not_want_it(
    session: Session, ana: Account, phone: Device, plans: Plans
) -> None:
    store.change(session, ana, Wanted(time(20), EVERY_DAY, on=True, nudge=False), AFTERNOON)
    plans(EIGHT)

    assert len(plans(EIGHT + HOUR)) == 1


def test_a_pause_is_kept_until_its_day(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    store.pause(session, ana, TODAY + DAY, AFTERNOON)

    outcomes = [one.outcome for one in plans(EIGHT)]

    assert outcomes == [Outcome.PAUSED]
    assert plans(EIGHT + DAY)[0].outcome is None


def test_a_clinic_stops_all_of_it(
    session: Session, people: People, rule: Rule, phone: Device, plans: Plans
) -> None:
    stops.stop(session, member_of(session, people.bose), people.ana.id, AFTERNOON)

    assert [one.outcome for one in plans(EIGHT)] == [Outcome.STOPPED]


@pytest.mark.assures("E08")
def test_what_is_past_its_use_is_dropped_and_counted(
    rule: Rule, phone: Device, plans: Plans
) -> None:
    assert [one.outcome for one in plans(FOUR + MINUTE)] == [Outcome.LATE]


@pytest.mark.assures("E08")
def test_after_days_without_a_worker_each_is_counted_once(
    rule: Rule, phone: Device, plans: Plans
) -> None:
    late = EIGHT + 3 * DAY + 30 * MINUTE
    for _ in range(5):
        made = plans(late)

    assert [one.outcome for one in made] == [None, Outcome.LATE, Outcome.LATE, Outcome.LATE]


def test_without_a_phone_it_is_counted(rule: Rule, plans: Plans) -> None:
    assert [(one.target, one.outcome) for one in plans(EIGHT)] == [("nobody", Outcome.UNREACHABLE)]


def test_put_off_it_comes_in_an_hour(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    plans(EIGHT)
    store.later(session, ana, EIGHT + MINUTE)

    later = plans(EIGHT + MINUTE + HOUR)[0]

    assert (later.kind, later.outcome) == (Kind.LATER, None)


def test_put_off_into_quiet_hours_it_comes_all_the_same(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    at = EIGHT + 90 * MINUTE
    store.later(session, ana, at)

    later = next(one for one in plans(at + HOUR) if one.kind == Kind.LATER)

    assert later.outcome is None


@pytest.mark.assures("E09")
def test_a_rule_that_raises_is_pushed_forward_and_stops_nobody(
    session: Session,
    people: People,
    rule: Rule,
    phone: Device,
    plans: Plans,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bens = store.change(
        session, people.ben, Wanted(time(20), EVERY_DAY, on=True, nudge=False), AFTERNOON
    )
    session.execute(update(Account).where(Account.id == people.ben.id).values(zone="Mars/Base"))

    with caplog.at_level(logging.ERROR):
        made = plans(EIGHT)

    due = session.scalars(select(Due).where(Due.rule_id == bens.id)).one()
    assert [one.account_id for one in made] == [people.ana.id]
    assert (due.at, due.fault) == (EIGHT + HOUR, "ValueError")
    assert "rule pushed forward" in caplog.text


def test_a_rule_that_was_mended_is_on_time_again(
    session: Session, ana: Account, rule: Rule, phone: Device, plans: Plans
) -> None:
    session.execute(update(Account).where(Account.id == ana.id).values(zone="Mars/Base"))
    plans(EIGHT)
    session.execute(update(Account).where(Account.id == ana.id).values(zone="America/New_York"))

    made = plans(EIGHT + HOUR)

    due = session.scalars(select(Due).where(Due.kind == Kind.CHOSEN)).one()
    assert [one.outcome for one in made] == [None]
    assert (due.at, due.fault) == (EIGHT + DAY, None)


def test_only_so_much_at_once(session: Session, people: People, rule: Rule) -> None:
    wanted = Wanted(time(20), EVERY_DAY, on=True, nudge=False)
    store.change(session, people.ben, wanted, AFTERNOON)

    assert plan(session, EIGHT, 1) == 1
    assert plan(session, EIGHT, 1) == 1
    assert plan(session, EIGHT, 1) == 0
