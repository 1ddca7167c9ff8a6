"""Who guesses is slowed down; Ana is not locked out by a stranger."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal import create_app
from journal.accounts import throttle
from journal.accounts.models import Attempt
from journal.accounts.throttle import Limit
from journal.config import Config
from journal.errors import TooMany
from tests.accounts.signing import WRONG, sign_in
from tests.people import BASE, Browser

THREE = Limit("three", 3, timedelta(minutes=15))
HERE, THERE = "198.51.100.7", "203.0.113.9"


def fail(browser: Browser, times: int, place: str = HERE) -> None:
    for _ in range(times):
        sign_in(browser, password=WRONG, place=place)


def test_below_the_limit_nothing_happens(session: Session, now: datetime) -> None:
    for _ in range(2):
        throttle.count(session, now, (THREE, "ana"))

    throttle.check(session, now, (THREE, "ana"))


def test_at_the_limit_it_says_how_long_to_wait(session: Session, now: datetime) -> None:
    for minutes in (10, 5, 0):
        throttle.count(session, now - timedelta(minutes=minutes), (THREE, "ana"))

    with pytest.raises(TooMany) as refused:
        throttle.check(session, now, (THREE, "ana"))

    assert refused.value.wait == 5 * 60


def test_one_persons_failures_are_not_anothers(session: Session, now: datetime) -> None:
    for _ in range(3):
        throttle.count(session, now, (THREE, "ana"))

    throttle.check(session, now, (THREE, "ben"))


def test_after_the_wait_she_may_try_again(session: Session, now: datetime) -> None:
    for _ in range(3):
        throttle.count(session, now, (THREE, "ana"))

    throttle.check(session, now + timedelta(minutes=15), (THREE, "ana"))


def test_what_no_limit_looks_at_is_forgotten(session: Session, now: datetime) -> None:
    throttle.count(session, now - timedelta(days=2), (THREE, "ana"))
    throttle.count(session, now, (THREE, "ana"))

    throttle.forget(session, now - timedelta(days=1))

    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


@pytest.mark.assures("C01")
def test_what_is_counted_names_nobody(session: Session, now: datetime) -> None:
    throttle.count(session, now, (THREE, "ana@example.org"))
    session.flush()

    assert "ana" not in session.scalars(select(Attempt.key)).one()


@pytest.mark.assures("A06")
def test_the_seventh_try_has_to_wait(stranger: Browser) -> None:
    fail(stranger, 6)

    answer = sign_in(stranger, place=HERE)

    assert answer.status_code == 429
    assert "Please wait" in answer.text


@pytest.mark.assures("A06")
def test_a_restart_forgets_nothing(stranger: Browser, config: Config) -> None:
    fail(stranger, 6)
    restarted = create_app(config)

    answer = sign_in(Browser(restarted), place=HERE)

    restarted.extensions["engine"].dispose()
    assert answer.status_code == 429


@pytest.mark.assures("A06")
def test_processes_count_together(app: Flask, stranger: Browser, config: Config) -> None:
    beside = create_app(config)
    fail(stranger, 3)
    fail(Browser(beside), 3)

    answer = sign_in(Browser(app), place=HERE)

    beside.extensions["engine"].dispose()
    assert answer.status_code == 429


@pytest.mark.assures("A06")
def test_a_stranger_elsewhere_does_not_lock_ana_out(app: Flask, stranger: Browser) -> None:
    fail(stranger, 10, THERE)

    assert sign_in(Browser(app), place=HERE).status_code == 303


@pytest.mark.assures("A06")
def test_a_crowd_slows_her_account_down_for_an_hour_at_most(
    session: Session, app: Flask, now: datetime
) -> None:
    for _ in range(throttle.PERSON.most):
        throttle.count(session, now - timedelta(minutes=61), (throttle.PERSON, "ana@example.org"))
    session.commit()

    assert sign_in(Browser(app), place=HERE).status_code == 303


@pytest.mark.assures("A06")
def test_a_crowd_does_not_close_the_way_back_in(
    session: Session, visitor: Browser, now: datetime
) -> None:
    for _ in range(throttle.PERSON.most):
        throttle.count(session, now, (throttle.PERSON, "ana@example.org"))
    session.commit()

    refused = sign_in(visitor, place=HERE)
    helped = visitor.send_form("/recover", email="ana@example.org")

    assert (refused.status_code, helped.status_code) == (429, 200)


@pytest.mark.assures("A06")
def test_one_place_cannot_try_everybody(session: Session, app: Flask, now: datetime) -> None:
    for _ in range(throttle.PLACE.most):
        throttle.count(session, now, (throttle.PLACE, HERE))
    session.commit()

    assert sign_in(Browser(app), "ben@example.org", place=HERE).status_code == 429
    assert sign_in(Browser(app), "ben@example.org", place=THERE).status_code == 303


@pytest.mark.assures("A06")
def test_an_address_that_a_browser_claims_is_not_believed(stranger: Browser, app: Flask) -> None:
    fail(stranger, 6)
    data = {"csrf_token": stranger.csrf(), "email": "ana@example.org", "password": WRONG}

    answer = stranger.client.post(
        "/sign-in",
        base_url=BASE,
        data=data,
        headers={"X-Forwarded-For": THERE},
        environ_overrides={"REMOTE_ADDR": HERE},
    )

    assert answer.status_code == 429
