"""When a rule is due next, while zones, their rules and clocks change."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.errors import Invalid
from journal.push.models import Device, Outcome
from journal.reminders import store
from journal.reminders.models import Due, Kind, Rule
from journal.reminders.reckoning import catch_up, clock_was_set_back
from journal.reminders.store import Wanted
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, Plans

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


def due_at(session: Session) -> datetime:
    return session.scalars(
        select(Due.at).where(Due.kind == Kind.CHOSEN).execution_options(populate_existing=True)
    ).one()


def test_a_new_rule_is_due_at_its_next_time(session: Session, rule: Rule) -> None:
    assert due_at(session) == EIGHT


def test_off_it_is_never_due(session: Session, ana: Account, rule: Rule) -> None:
    store.change(session, ana, Wanted(time(20), EVERY_DAY, on=False, nudge=True), AFTERNOON)

    assert session.scalars(select(Due)).all() == []


def test_whoever_moves_is_asked_by_the_clock_there(
    session: Session, ana: Account, rule: Rule
) -> None:
    store.move(session, ana, "America/Los_Angeles", AFTERNOON)

    assert due_at(session) == EIGHT + 3 * HOUR


def test_a_move_that_was_told_elsewhere_is_noticed(
    session: Session, ana: Account, rule: Rule
) -> None:
    session.execute(update(Account).where(Account.id == ana.id).values(zone="Europe/Paris"))

    assert catch_up(session, AFTERNOON) == 1
    assert due_at(session) == AFTERNOON + 23 * HOUR
    assert catch_up(session, AFTERNOON) == 0


@pytest.mark.assures("E07")
def test_a_new_edition_of_the_zones_reckons_anew(session: Session, rule: Rule) -> None:
    session.execute(update(Due).values(reckoned_in="America/New_York@2020a", at=EIGHT + HOUR))

    assert catch_up(session, AFTERNOON) == 1
    assert due_at(session) == EIGHT


@pytest.mark.assures("E07")
def test_after_a_year_ahead_and_back_she_is_asked_tonight(session: Session, rule: Rule) -> None:
    session.execute(update(Due).values(at=EIGHT + YEAR))

    catch_up(session, AFTERNOON)

    assert due_at(session) == EIGHT


@pytest.mark.assures("E07")
def test_after_a_day_ahead_and_back_she_is_asked_tonight(
    session: Session, rule: Rule, phone: Device, plans: Plans
) -> None:
    ahead = plans(AFTERNOON + DAY)
    clock_was_set_back(session, AFTERNOON)

    tonight = plans(EIGHT)

    assert [one.outcome for one in ahead] == [Outcome.LATE]
    assert [one.outcome for one in tonight] == [None]


def test_what_is_due_stays_due(session: Session, rule: Rule) -> None:
    clock_was_set_back(session, EIGHT + HOUR)

    assert due_at(session) == EIGHT


def test_a_pause_ends_within_a_year(session: Session, ana: Account, rule: Rule) -> None:
    today = date(2026, 11, 23)
    for wrong in (today, today - DAY, today + timedelta(days=367)):
        with pytest.raises(Invalid):
            store.pause(session, ana, wrong, AFTERNOON)
