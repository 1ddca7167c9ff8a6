"""What a patient wants of her reminders, kept on both databases."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account
from journal.errors import Invalid
from journal.reminders import store
from journal.reminders.models import Due, Rule
from journal.reminders.schedule import Quiet
from journal.reminders.store import Wanted
from journal.vault import Damaged
from tests.people import People
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, TODAY, device

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_whoever_made_no_rule_has_none(session: Session, ana: Account) -> None:
    assert store.rule_of(session, ana.id) is None
    assert store.next_at(session, ana.id) is None


def test_changed_it_is_the_same_rule(session: Session, ana: Account, rule: Rule) -> None:
    wanted = Wanted(time(9), frozenset({6, 0}), on=True, nudge=False)

    again = store.change(session, ana, wanted, AFTERNOON)

    assert again is rule
    assert (rule.at, rule.days, rule.nudge) == (time(9), [0, 6], False)
    assert store.next_at(session, ana.id) == AFTERNOON + 5 * DAY + 18 * HOUR


def test_everybody_has_rules_of_her_own(session: Session, people: People, rule: Rule) -> None:
    bens = store.change(session, people.ben, Wanted(time(9), EVERY_DAY, True, False), AFTERNOON)

    assert store.rule_of(session, people.ana.id) is rule
    assert store.rule_of(session, people.ben.id) is bens


def test_next_is_whatever_comes_first_but_a_nudge(
    session: Session, ana: Account, rule: Rule
) -> None:
    store.later(session, ana, AFTERNOON)

    assert store.next_at(session, ana.id) == AFTERNOON + HOUR


def test_switched_off_nothing_can_be_put_off(session: Session, ana: Account, rule: Rule) -> None:
    store.change(session, ana, Wanted(time(20), EVERY_DAY, on=False, nudge=False), AFTERNOON)

    assert store.later(session, ana, AFTERNOON) is None
    assert session.scalars(select(Due)).all() == []


@pytest.mark.parametrize("days", [1, 366])
def test_a_pause_lasts_from_a_day_to_a_year(
    session: Session, ana: Account, rule: Rule, days: int
) -> None:
    store.pause(session, ana, TODAY + days * DAY, AFTERNOON)

    session.refresh(rule)
    assert rule.paused_until == TODAY + days * DAY


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_no_pause_is_shorter_or_longer(
    session: Session, ana: Account, rule: Rule, days: int
) -> None:
    with pytest.raises(Invalid) as error:
        store.pause(session, ana, TODAY + days * DAY, AFTERNOON)

    assert error.value.field == "until"


def test_quiet_hours_are_the_usual_ones_until_she_changes_them(
    session: Session, ana: Account
) -> None:
    usual = store.settings_of(session, ana.id)
    assert (usual.quiet_begins, usual.quiet_ends) == (time(22), time(7))

    store.keep_quiet(session, ana.id, Quiet(time(23), time(6)))

    hers = store.settings_of(session, ana.id)
    assert (hers.quiet_begins, hers.quiet_ends) == (time(23), time(6))


def test_one_setting_leaves_the_others_alone(session: Session, ana: Account) -> None:
    store.keep_quiet(session, ana.id, Quiet(time(23), time(6)))
    store.keep_email(session, ana.id, "ana@example.com")
    secret = store.new_calendar(session, ana.id)
    session.flush()
    session.expire_all()

    hers = store.settings_of(session, ana.id)

    assert (hers.quiet_begins, hers.quiet_ends) == (time(23), time(6))
    assert store.email_of(session, ana.id) == "ana@example.com"
    assert store.of_calendar(session, secret) is ana


@pytest.mark.assures("C05")
def test_an_address_is_sealed_for_its_own_row(session: Session, people: People) -> None:
    store.keep_email(session, people.ana.id, "ana@example.com")
    store.keep_email(session, people.ben.id, None)
    store.settings_of(session, people.ben.id).email = store.settings_of(
        session, people.ana.id
    ).email

    with pytest.raises(Damaged):
        store.email_of(session, people.ben.id)


@pytest.mark.assures("A12")
def test_a_calendars_secret_is_long_and_only_its_hash_is_kept(
    session: Session, ana: Account
) -> None:
    secret = store.new_calendar(session, ana.id)

    assert len(secret) >= 32
    assert store.settings_of(session, ana.id).calendar_hash not in (None, secret)


@pytest.mark.assures("A12")
def test_a_new_calendar_closes_the_one_before(session: Session, ana: Account) -> None:
    first = store.new_calendar(session, ana.id)
    second = store.new_calendar(session, ana.id)

    assert store.of_calendar(session, first) is None
    assert store.of_calendar(session, second) is ana


def test_an_ended_calendar_opens_nothing(session: Session, ana: Account) -> None:
    secret = store.new_calendar(session, ana.id)
    store.end_calendar(session, ana.id)

    assert store.of_calendar(session, secret) is None


@pytest.mark.assures("B08")
@pytest.mark.parametrize("zone", ["", "Mars/Base", "localtime", "America/new_york"])
def test_nobody_moves_to_a_zone_that_there_is_not(
    session: Session, ana: Account, rule: Rule, zone: str
) -> None:
    with pytest.raises(Invalid) as error:
        store.move(session, ana, zone, AFTERNOON)

    assert error.value.field == "zone"
    assert (ana.zone, store.next_at(session, ana.id)) == ("America/New_York", EIGHT)


def test_whoever_has_no_rule_moves_too(session: Session, ana: Account) -> None:
    store.move(session, ana, "Asia/Tokyo", AFTERNOON)

    assert ana.zone == "Asia/Tokyo"


@pytest.mark.parametrize(("unanswered", "unheard"), [(2, False), (3, True)])
def test_three_times_without_a_word_nobody_hears(
    session: Session, ana: Account, rule: Rule, unanswered: int, unheard: bool
) -> None:
    device(session, ana, unanswered=unanswered)

    assert store.unheard(session, ana.id) is unheard


def test_nobody_hears_a_phone_whose_session_a_person_ended(
    session: Session, ana: Account, rule: Rule
) -> None:
    sign_in = sign_ins.begin(session, ana, "Firefox Android", AFTERNOON)[1]
    session.flush()
    device(session, ana, sign_in_id=sign_in.id)
    assert not store.unheard(session, ana.id)

    sign_ins.end(session, ana.id, sign_in.id, AFTERNOON)

    assert store.unheard(session, ana.id)


def test_what_is_due_is_forgotten_with_its_rule(session: Session, ana: Account, rule: Rule) -> None:
    store.later(session, ana, AFTERNOON)
    session.delete(rule)
    session.flush()

    assert session.scalars(select(Due)).all() == []
