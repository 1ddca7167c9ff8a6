"""What a patient's pages ask of the database: as much on the first day as after years."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from tests.clinic.desk import every_day, join, write
from tests.entries.letters import letter
from tests.people import BASE, Browser, People
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
        ("/entries/{today}", 6),
        ("/entries/{today}?done=1", 6),
        ("/entries/{older}", 6),
        ("/history", 6),
        ("/entries?since=0", 6),
        ("/sharing", 6),
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


@pytest.mark.parametrize("days_ago", [0, 1, 99])
def test_a_tap_costs_the_same_on_the_first_day_and_later(
    saves: Callable[[date], int], grown: Callable[[], None], today: date, days_ago: int
) -> None:
    day = today - days_ago * ONE
    at_first = saves(day)
    grown()

    later = saves(day)

    assert later <= at_first <= 8
