"""What a patient's pages ask of the database: as much on the first day as after years."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.push import queue
from journal.push.models import Device, Outcome
from journal.reminders.models import Rule
from journal.reminders.store import Wanted, change, keep_email, new_calendar
from tests.clinic.desk import every_day, join, write
from tests.entries.letters import letter
from tests.people import BASE, Browser, People
from tests.reminders.conftest import EVERY_DAY, device
from tests.statements import recorded

ONE = timedelta(days=1)


@pytest.fixture
def asks(app: Flask, anas_phone: Browser) -> Callable[[str], int]:
    """How many statements a page of Ana's costs."""

    def counted(path: str) -> int:
        with recorded(app.extensions["engine"]) as statements:
            assert anas_phone.get(path).status_code == 200
        return len(statements)

    return counted


@pytest.fixture
def saves(app: Flask, anas_phone: Browser, ana: Account, today: date) -> Callable[[date], int]:
    """How many statements one more tap costs."""

    def counted(day: date) -> int:
        token = {"X-CSRFToken": anas_phone.csrf()}
        body = letter(account=str(ana.id), reason="I forgot")
        with recorded(app.extensions["engine"]) as statements:
            answer = anas_phone.client.put(
                f"/entries/{day}", base_url=BASE, headers=token, json=body
            )
        assert answer.status_code == 200
        return len(statements)

    return counted


@pytest.fixture
def grown(
    session: Session, people: People, dr_boses_desk: Browser, anas_phone: Browser, today: date
) -> Callable[[], None]:
    """Ana's journal gets a hundred days, today many edits, and her clinic sixty patients."""

    def grow() -> None:
        write(session, people.ana, every_day(today, 98, 2, pain_avg=5, mood=5, note="x"))
        join(session, people.riverbend, *(f"P{number}" for number in range(60)))
        for value in range(10):
            body = letter(account=str(people.ana.id), items={"pain_avg": value, "mood": value})
            anas_phone.send_json("PUT", f"/entries/{today}", body)
        dr_boses_desk.get(f"/clinic/patients/{people.ana.id}")

    return grow


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/entries/{today}", 12),
        ("/insights", 6),
        ("/entries/{today}?done=1", 6),
        ("/entries/{older}", 10),
        ("/history", 7),
        ("/entries?since=0", 7),
        ("/sharing", 7),
        ("/account", 6),
    ],
)
def test_a_page_costs_the_same_on_the_first_day_and_later(
    asks: Callable[[str], int], grown: Callable[[], None], today: date, path: str, most: int
) -> None:
    named = path.format(today=today, older=today - 9 * ONE)
    at_first = asks(named)
    grown()

    later = asks(named)

    assert later <= at_first <= most


@pytest.fixture
def reminded(session: Session, ana: Account, now: datetime) -> Callable[[], None]:
    """Ana wants reminders, has ten phones, and was reminded for weeks."""

    def remind() -> None:
        rule = change(session, ana, Wanted(time(20), EVERY_DAY, on=True, nudge=True), now)
        keep_email(session, ana.id, "ana@example.com")
        new_calendar(session, ana.id)
        phones = [device(session, ana, unanswered=3) for _ in range(10)]
        queue.add(
            session, [_sent(rule, phone, now - n * ONE) for n in range(9) for phone in phones]
        )
        session.commit()

    return remind


def _sent(rule: Rule, phone: Device, at: datetime) -> dict[str, object]:
    return {
        "id": uuid4(),
        "account_id": phone.account_id,
        "device_id": phone.id,
        "target": phone.id.hex,
        "subject_id": rule.id,
        "kind": "chosen",
        "due_at": at,
        "expires_at": at,
        "next_at": at,
        "attempts": 1,
        "outcome": Outcome.SENT,
        "ended_at": at,
    }


@pytest.mark.parametrize(
    ("path", "most"), [("/entries/{today}", 12), ("/reminders", 9), ("/devices", 3)]
)
def test_reminders_cost_the_same_with_one_phone_and_with_ten(
    asks: Callable[[str], int], reminded: Callable[[], None], today: date, path: str, most: int
) -> None:
    named = path.format(today=today)
    at_first = asks(named)
    reminded()

    later = asks(named)

    assert later <= at_first <= most


@pytest.mark.parametrize("days_ago", [0, 1, 99])
def test_a_tap_costs_the_same_on_the_first_day_and_later(
    saves: Callable[[date], int], grown: Callable[[], None], today: date, days_ago: int
) -> None:
    day = today - days_ago * ONE
    at_first = saves(day)
    grown()

    later = saves(day)

    assert later <= at_first <= 8
