"""What operators and their programs see: readiness, and numbers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.config import Config
from journal.push import queue
from journal.push.models import Device, Outcome
from journal.reminders.models import Due, Rule
from journal.reminders.store import Wanted, change
from tests.accounts.test_letters import HEALTH
from tests.apps import running
from tests.people import BASE, Browser
from tests.reminders.conftest import EVERY_DAY, device

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TOKEN = "sixteen letters."
ELSEWHERE = "192.0.2.7"


@pytest.fixture
def rule(session: Session, ana: Account, now: datetime) -> Rule:
    made = change(session, ana, Wanted(now.time(), EVERY_DAY, True, False), now)
    session.commit()
    return made


@pytest.fixture
def phone(session: Session, ana: Account) -> Device:
    return device(session, ana)


@pytest.fixture
def late(session: Session, rule: Rule, now: datetime) -> None:
    """Her reminder was due an hour ago, and nobody dealt with it."""
    session.execute(update(Due).values(at=now - HOUR, for_at=now - HOUR))
    session.commit()


@pytest.fixture
def with_token(config: Config) -> Iterator[Browser]:
    """A program at an installation where a token opens the numbers."""
    with running(replace(config, metrics_token=TOKEN)) as app:
        yield Browser(app)


def asked(browser: Browser, place: str = "127.0.0.1", **headers: str) -> TestResponse:
    """Ask for the numbers from somewhere."""
    return browser.client.get(
        "/metrics",
        base_url=BASE,
        environ_overrides={"REMOTE_ADDR": place},
        headers={name.replace("_", "-"): text for name, text in headers.items()},
    )


def numbers(text: str) -> dict[tuple[str, ...], float]:
    """Each number, by its name and its labels in the order of theirs, as Prometheus reads it."""
    return {
        (sample.name, *(text for _, text in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_while_nothing_is_late_it_is_ready(stranger: Browser, rule: Rule) -> None:
    answer = stranger.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"ok": True})


@pytest.mark.assures("E08", "C07")
def test_a_reminder_that_nobody_dealt_with_is_not_ready_and_nothing_more_is_said(
    stranger: Browser, late: None
) -> None:
    answer = stranger.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"ok": False})


def test_nor_is_a_delivery_that_nobody_sent(
    session: Session, stranger: Browser, phone: Device, now: datetime
) -> None:
    queue.add_test(session, phone, now - 6 * MINUTE)
    session.commit()

    assert stranger.get("/readyz").status_code == 503


def test_five_minutes_are_not_late(
    session: Session, stranger: Browser, phone: Device, now: datetime
) -> None:
    queue.add_test(session, phone, now - 4 * MINUTE)
    session.commit()

    assert stranger.get("/readyz").status_code == 200


def test_it_is_well_while_it_is_late(stranger: Browser, late: None) -> None:
    assert stranger.get("/healthz").json == {"ok": True}


@pytest.mark.parametrize("place", ["127.0.0.1", "::1"])
def test_this_machine_reads_the_numbers(stranger: Browser, place: str) -> None:
    answer = asked(stranger, place)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"


def test_they_count_what_is_late(
    session: Session, stranger: Browser, late: None, phone: Device, now: datetime
) -> None:
    queue.add_test(session, phone, now - 6 * MINUTE)
    session.commit()

    read = numbers(asked(stranger).text)

    assert read["journal_dues_overdue",] == 1
    assert read["journal_deliveries_overdue",] == 1
    assert 3600 <= read["journal_overdue_seconds",] < 4000


def test_they_count_what_became_of_the_last_day_and_why(
    session: Session, stranger: Browser, phone: Device, now: datetime
) -> None:
    ended(session, phone, now - HOUR, Outcome.REFUSED, '403 "BadJwtToken"\\')
    ended(session, phone, now - HOUR, Outcome.SENT)
    ended(session, phone, now - 2 * HOUR, Outcome.SENT)
    ended(session, phone, now - 25 * HOUR, Outcome.SENT)

    read = numbers(asked(stranger).text)

    assert read["journal_deliveries_day", '403 "BadJwtToken"\\', "refused"] == 1
    assert read["journal_deliveries_day", "", "sent"] == 2


def test_they_count_rules_that_were_pushed_forward(
    session: Session, stranger: Browser, rule: Rule
) -> None:
    session.execute(update(Due).values(fault="ValueError"))
    session.commit()

    assert numbers(asked(stranger).text)["journal_dues_faulty", "ValueError"] == 1


@pytest.mark.assures("C01")
def test_they_tell_nothing_of_anybody(
    session: Session, stranger: Browser, late: None, phone: Device, now: datetime
) -> None:
    ended(session, phone, now, Outcome.LOGGED)

    text = asked(stranger).text

    assert not HEALTH.search(text)
    assert "Ana" not in text
    assert phone.endpoint not in text
    assert str(phone.account_id) not in text


def ended(
    session: Session, phone: Device, at: datetime, became: Outcome, cause: str | None = None
) -> None:
    test_id = queue.add_test(session, phone, at)
    [claimed] = queue.claim(session, "one", at, MINUTE, 10)
    assert claimed.id == test_id
    queue.record(session, "one", [queue.Ended(claimed, became, cause)], at)
    session.commit()


@pytest.mark.parametrize("place", [ELSEWHERE, "10.0.0.1", "::ffff:192.0.2.7"])
def test_other_machines_do_not(stranger: Browser, place: str) -> None:
    assert asked(stranger, place).status_code == 404


@pytest.mark.parametrize("name", ["X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"])
def test_nor_does_whoever_comes_through_a_proxy_on_this_one(stranger: Browser, name: str) -> None:
    assert asked(stranger, **{name: "127.0.0.1"}).status_code == 404


def test_nobody_says_herself_that_she_is_here(config: Config) -> None:
    with running(replace(config, proxies=1)) as app:
        answer = asked(Browser(app), X_Forwarded_For="127.0.0.1")

    assert answer.status_code == 404


def test_with_the_token_another_machine_reads_them(with_token: Browser) -> None:
    answer = asked(with_token, ELSEWHERE, Authorization=f"Bearer {TOKEN}")

    assert numbers(answer.text)["journal_dues_overdue",] == 0


@pytest.mark.parametrize(
    "said", ["", TOKEN, "Bearer ", "Bearer none", f"Basic {TOKEN}", f"Bearer {TOKEN}é"]
)
def test_with_anything_else_it_does_not(with_token: Browser, said: str) -> None:
    assert asked(with_token, ELSEWHERE, Authorization=said).status_code == 404


def test_where_no_token_was_made_none_opens(stranger: Browser, app: Flask) -> None:
    assert asked(stranger, ELSEWHERE, Authorization="Bearer None").status_code == 404
