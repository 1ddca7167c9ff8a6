"""What phones answer: shown, or later. The delivery's own id is all they need."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.push import queue
from journal.push.models import Delivery, Device
from journal.reminders import store
from journal.reminders.models import Due, Kind, Rule
from tests.people import BASE, Browser
from tests.reminders.conftest import AFTERNOON, EIGHT, Plans

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Answers = Callable[..., TestResponse]


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with time_machine.travel(EIGHT, tick=False):
        yield


@pytest.fixture
def delivery(session: Session, rule: Rule, phone: Device, plans: Plans) -> Delivery:
    [made] = plans(EIGHT)
    phone.unanswered = 2
    session.commit()
    return made


@pytest.fixture
def answers(stranger: Browser) -> Answers:
    """The phone's worker answers, with no cookie and no token of ours."""

    def post(delivery_id: UUID, body: object) -> TestResponse:
        return stranger.client.post(f"/push/receipts/{delivery_id}", base_url=BASE, json=body)

    return post


def later(session: Session) -> list[object]:
    session.expire_all()
    return list(session.scalars(select(Due.at).where(Due.kind == Kind.LATER)))


def test_without_a_session_a_phone_says_that_it_showed_it(
    session: Session, delivery: Delivery, phone: Device, answers: Answers
) -> None:
    answer = answers(delivery.id, {"event": "shown"})

    session.expire_all()
    assert (answer.status_code, answer.text) == (204, "")
    assert delivery.shown_at == EIGHT
    assert (phone.confirmed_at, phone.unanswered) == (EIGHT, 0)


def test_shown_counts_once(
    session: Session, delivery: Delivery, phone: Device, answers: Answers
) -> None:
    answers(delivery.id, {"event": "shown"})
    with time_machine.travel(EIGHT + MINUTE, tick=False):
        again = answers(delivery.id, {"event": "shown"})

    session.expire_all()
    assert again.status_code == 204
    assert delivery.shown_at == phone.confirmed_at == EIGHT


def test_later_asks_again_in_an_hour(
    session: Session, delivery: Delivery, answers: Answers
) -> None:
    assert answers(delivery.id, {"event": "later"}).status_code == 204

    assert later(session) == [EIGHT + HOUR]


def test_later_counts_once(session: Session, delivery: Delivery, answers: Answers) -> None:
    answers(delivery.id, {"event": "later"})
    with time_machine.travel(EIGHT + MINUTE, tick=False):
        answers(delivery.id, {"event": "later"})

    assert later(session) == [EIGHT + HOUR]


def test_later_on_a_phone_after_all_was_switched_off_is_nothing(
    session: Session, ana: Account, delivery: Delivery, rule: Rule, answers: Answers
) -> None:
    wanted = store.Wanted(rule.at, frozenset(rule.days), on=False, nudge=False)
    store.change(session, ana, wanted, AFTERNOON)
    session.commit()

    assert answers(delivery.id, {"event": "later"}).status_code == 204
    assert later(session) == []


def test_a_test_is_not_put_off(
    session: Session, rule: Rule, phone: Device, answers: Answers
) -> None:
    test_id = queue.add_test(session, phone, EIGHT)
    session.commit()

    assert answers(test_id, {"event": "later"}).status_code == 204
    assert later(session) == []


@pytest.mark.assures("A04", "A07")
@pytest.mark.parametrize("event", ["shown", "later"])
def test_a_guessed_id_is_answered_alike_and_changes_nothing(
    session: Session, delivery: Delivery, answers: Answers, event: str
) -> None:
    answer = answers(uuid4(), {"event": event})

    session.expire_all()
    assert (answer.status_code, answer.text) == (204, "")
    assert (delivery.shown_at, later(session)) == (None, [])


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"event": "stolen"}, "event"),
        ({"event": None}, "event"),
        ({}, "event"),
        ({"event": "shown", "at": 1}, "at"),
        ([], None),
        ("shown", None),
    ],
)
def test_what_is_no_receipt_is_said(
    delivery: Delivery, answers: Answers, body: object, field: str | None
) -> None:
    answer = answers(delivery.id, body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["field"] == field
    assert answer.json["message"]


@pytest.mark.assures("B01", "C07")
@pytest.mark.parametrize("body", [b"{", b"", b"\xff", b"[" * 9999])
def test_broken_json_is_said(stranger: Browser, delivery: Delivery, body: bytes) -> None:
    answer = stranger.client.post(
        f"/push/receipts/{delivery.id}", base_url=BASE, data=body, content_type="application/json"
    )

    assert answer.status_code == 400
    assert answer.json == {
        "code": "bad_request",
        "message": "That could not be understood. Go back and try once more.",
    }
