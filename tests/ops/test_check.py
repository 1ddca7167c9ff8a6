"""Is this installation sound? What the reminders have to say to it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.ops.check import faults
from journal.push import queue
from journal.push.models import Device, Outcome
from journal.push.queue import Ended
from journal.reminders.models import Due, Rule
from journal.reminders.store import Wanted, change
from tests.reminders.conftest import EVERY_DAY, device

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def rule(session: Session, ana: Account, now: datetime) -> Rule:
    made = change(session, ana, Wanted(now.time(), EVERY_DAY, True, False), now)
    session.commit()
    return made


@pytest.fixture
def phone(session: Session, ana: Account) -> Device:
    return device(session, ana)


def refused(session: Session, phone: Device, at: datetime, cause: str) -> None:
    queue.add_test(session, phone, at)
    [claimed] = queue.claim(session, "one", at, MINUTE, 1)
    queue.record(session, "one", [Ended(claimed, Outcome.REFUSED, cause)], at)
    session.commit()


def test_while_all_is_well_nothing_has_to_be_mended(
    session: Session, config: Config, rule: Rule
) -> None:
    assert faults(config) == []


@pytest.mark.assures("E08")
def test_reminders_that_are_overdue_are_counted(
    session: Session, config: Config, rule: Rule, phone: Device, now: datetime
) -> None:
    session.execute(update(Due).values(at=now - HOUR))
    queue.add_test(session, phone, now - 6 * MINUTE)
    session.commit()

    [said] = faults(config)

    assert said == (
        f"2 reminders are overdue, the oldest since {now - HOUR:%Y-%m-%d %H:%M} UTC: "
        "is a worker running (journal worker)?"
    )


def test_what_push_services_refuse_is_said_with_its_cause(
    session: Session, config: Config, phone: Device, now: datetime
) -> None:
    refused(session, phone, now - HOUR, "403 BadJwtToken")
    refused(session, phone, now - 2 * HOUR, "403 BadJwtToken")

    [said] = faults(config)

    assert said.startswith("Push services refused 2 messages in the last day with 403 BadJwtToken:")


def test_what_they_refused_before_that_is_over(
    session: Session, config: Config, phone: Device, now: datetime
) -> None:
    refused(session, phone, now - 25 * HOUR, "403 BadJwtToken")

    assert faults(config) == []


@pytest.mark.assures("E09")
def test_rules_that_were_pushed_forward_are_said(
    session: Session, config: Config, rule: Rule
) -> None:
    session.execute(update(Due).values(fault="ValueError"))
    session.commit()

    assert faults(config) == ["1 rules could not be reckoned (ValueError); the log says where."]
