"""Devices over HTTP: subscribed, renewed, tried, removed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.config import Config
from journal.db import opened
from journal.push import queue, store
from journal.push.books import Books
from journal.push.models import Delivery, Device, Outcome
from journal.push.queue import Ended
from journal.push.vapid import Keys
from journal.reminders.asking import Asking
from journal.vault import Vault
from tests.people import BASE, Browser, People, signed_in
from tests.push.phone import Phone
from tests.reminders.conftest import device

LEASE, MINUTE = timedelta(minutes=1), timedelta(minutes=1)
NOWHERE = "https://push.example.org/send/1"


def subscription(phone: Phone, **more: object) -> dict[str, Any]:
    """What PushSubscription.toJSON() gives."""
    keys = {"p256dh": phone.p256dh, "auth": phone.auth}
    return {"endpoint": phone.endpoint, "expirationTime": None, "keys": keys, **more}


def one() -> Phone:
    return Phone(f"https://fcm.googleapis.com/fcm/send/{uuid4().hex}")


@pytest.fixture
def anas(session: Session, people: People) -> Device:
    """A phone of Ana's that has subscribed."""
    made = device(session, people.ana)
    session.commit()
    return made


def listed(session: Session, people: People) -> list[str]:
    session.expire_all()
    found = [one.endpoint for one in store.listed(session, people.ana.id)]
    session.commit()
    return found


def test_browsers_subscribe_with_our_key(anas_phone: Browser, config: Config) -> None:
    key = Keys.of(config.vapid_key).application_server_key

    assert anas_phone.get("/push/key").json == {"key": key}


def test_a_browser_subscribes(session: Session, people: People, anas_phone: Browser) -> None:
    phone = one()

    answer = anas_phone.send_json("PUT", "/push/devices", subscription(phone))

    [kept] = store.listed(session, people.ana.id)
    assert (answer.status_code, answer.json) == (200, {"id": str(kept.id)})
    assert (kept.endpoint, kept.p256dh, kept.auth) == (phone.endpoint, phone.p256dh, phone.auth)


def test_it_belongs_to_the_session_and_dies_with_it(
    session: Session, people: People, anas_phone: Browser
) -> None:
    anas_phone.send_json("PUT", "/push/devices", subscription(one()))

    anas_phone.send_form("/sign-out")

    assert listed(session, people) == []


def test_at_each_start_it_subscribes_again_and_is_the_same(
    session: Session, people: People, anas_phone: Browser
) -> None:
    phone = one()
    first = anas_phone.send_json("PUT", "/push/devices", subscription(phone))

    again = anas_phone.send_json("PUT", "/push/devices", subscription(phone))

    assert again.json == first.json
    assert listed(session, people) == [phone.endpoint]


def test_an_eleventh_takes_the_place_of_the_one_seen_longest_ago(
    session: Session, people: People, anas_phone: Browser, now: datetime
) -> None:
    old = [device(session, people.ana, seen_at=now - n * MINUTE) for n in range(1, 11)]
    oldest = old[-1].endpoint
    session.commit()
    new = one()

    anas_phone.send_json("PUT", "/push/devices", subscription(new))

    kept = listed(session, people)
    assert len(kept) == 10
    assert kept[0] == new.endpoint
    assert oldest not in kept


@pytest.mark.assures("B01", "B06")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"endpoint": NOWHERE}, "endpoint"),
        ({"endpoint": "http://fcm.googleapis.com/fcm/send/1"}, "endpoint"),
        ({"endpoint": "https://127.0.0.1/send"}, "endpoint"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1000}, "endpoint"),
        ({"endpoint": 7}, "endpoint"),
        ({"endpoint": None}, "endpoint"),
        ({"keys": {"p256dh": "x", "auth": "y"}}, "keys"),
        ({"keys": {"p256dh": "A" * 87, "auth": "A" * 22}}, "keys"),
        ({"keys": {"p256dh": 7, "auth": "A" * 22}}, "p256dh"),
        ({"keys": {"p256dh": "A" * 87}}, "auth"),
        ({"keys": {"p256dh": "x", "auth": "y", "more": 1}}, "more"),
        ({"keys": "x"}, "keys"),
        ({"keys": None}, "keys"),
        ({"account_id": "x"}, "account_id"),
        ({"unanswered": 0}, "unanswered"),
    ],
)
def test_what_is_no_subscription_is_said_by_field(
    session: Session, people: People, anas_phone: Browser, wrong: dict[str, object], field: str
) -> None:
    answer = anas_phone.send_json("PUT", "/push/devices", subscription(one()) | wrong)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["field"] == field
    assert listed(session, people) == []


@pytest.mark.assures("B01")
@pytest.mark.parametrize(("body", "field"), [([], None), ("x", None), ({}, "endpoint")])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_no_device_at_all_is_said(
    anas_phone: Browser, method: str, body: object, field: str | None
) -> None:
    answer = anas_phone.send_json(method, "/push/devices", body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["field"] == field


@pytest.mark.parametrize("known", [False, True])
def test_a_phone_that_says_it_is_known_is_taken_only_if_it_is(
    session: Session, people: People, anas_phone: Browser, known: bool
) -> None:
    phone = one()
    device(session, people.ana if known else people.ben, endpoint_hash=store.hash_of(
        phone.endpoint), endpoint=phone.endpoint)  # fmt: skip
    session.commit()
    headers = {"If-Match": "*", "X-CSRFToken": anas_phone.csrf()}

    answer = anas_phone.client.put(
        "/push/devices", base_url=BASE, json=subscription(phone), headers=headers
    )

    assert answer.status_code == (200 if known else 412)
    assert listed(session, people) == [phone.endpoint] * known


def test_a_browser_unsubscribes(
    session: Session, people: People, anas_phone: Browser, anas: Device
) -> None:
    for _ in range(2):
        answer = anas_phone.send_json("DELETE", "/push/devices", {"endpoint": anas.endpoint})
        assert (answer.status_code, answer.text) == (204, "")

    assert listed(session, people) == []


@pytest.mark.assures("A04")
def test_ben_unsubscribes_nobody_else(
    app: Flask, session: Session, people: People, anas: Device
) -> None:
    bens = signed_in(app, session, people.ben)

    answer = bens.send_json("DELETE", "/push/devices", {"endpoint": anas.endpoint})

    assert answer.status_code == 204
    assert listed(session, people) == [anas.endpoint]


@pytest.mark.assures("A10")
def test_another_site_subscribes_nothing(
    session: Session, people: People, anas_phone: Browser
) -> None:
    answer = anas_phone.client.put("/push/devices", base_url=BASE, json=subscription(one()))

    assert answer.status_code == 400
    assert listed(session, people) == []


def test_a_browser_renews_without_a_session(
    session: Session, people: People, stranger: Browser, anas: Device
) -> None:
    new = one()

    answer = renewed(stranger, {"old": anas.endpoint, "new": subscription(new)})

    assert (answer.status_code, answer.text) == (204, "")
    assert listed(session, people) == [new.endpoint]


@pytest.mark.assures("A04", "A07")
def test_whoever_does_not_know_the_old_one_renews_nothing_and_learns_nothing(
    session: Session, people: People, stranger: Browser, anas: Device
) -> None:
    guess = one().endpoint

    answer = renewed(stranger, {"old": guess, "new": subscription(one())})

    assert (answer.status_code, answer.text) == (204, "")
    assert listed(session, people) == [anas.endpoint]


@pytest.mark.assures("B01", "B06")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"old": None}, "old"),
        ({"new": None}, "new"),
        ({"new": {}}, "endpoint"),
        ({"new": subscription(Phone(NOWHERE))}, "endpoint"),
        ({"account": "x"}, "account"),
    ],
)
def test_what_is_no_renewal_is_said_by_field(
    session: Session,
    people: People,
    stranger: Browser,
    anas: Device,
    wrong: dict[str, object],
    field: str,
) -> None:
    answer = renewed(stranger, {"old": anas.endpoint, "new": subscription(one())} | wrong)

    assert answer.status_code == 400
    assert answer.json["field"] == field
    assert listed(session, people) == [anas.endpoint]


def renewed(stranger: Browser, body: object) -> Any:
    return stranger.client.post("/push/renewals", base_url=BASE, json=body)


def test_without_devices_the_page_says_so(anas_phone: Browser) -> None:
    assert "None yet." in anas_phone.get("/devices").text


def test_each_device_is_listed_with_what_it_last_said(
    session: Session, people: People, anas_phone: Browser
) -> None:
    heard = datetime(2026, 11, 20, 12, tzinfo=UTC)
    device(session, people.ana, confirmed_at=heard)
    device(session, people.ana, unanswered=3)
    device(session, people.ben)
    session.commit()

    page = anas_phone.get("/devices").text

    assert page.count('action="/devices/') == 4  # a test and a removal each
    assert "last showed one 20 Nov 2026" in page
    assert "has not shown one yet" in page
    assert page.count("not heard from") == 1
    assert "None of your devices" not in page


def test_when_all_are_silent_the_page_says_so_and_opens_its_help(
    session: Session, people: People, anas_phone: Browser
) -> None:
    device(session, people.ana, unanswered=3)
    session.commit()

    page = anas_phone.get("/devices").text

    assert "None of your devices has shown a reminder lately" in page
    assert '<details class="more-help" open>' in page


def test_this_device_is_marked(session: Session, people: People, anas_phone: Browser) -> None:
    anas_phone.send_json("PUT", "/push/devices", subscription(one()))
    device(session, people.ana)
    session.commit()

    assert anas_phone.get("/devices").text.count("this one") == 1


def test_a_device_is_removed(
    session: Session, people: People, anas_phone: Browser, anas: Device
) -> None:
    answer = anas_phone.send_form(f"/devices/{anas.id}/removal")

    assert "Nothing is shown there any more." in anas_phone.get(answer.location).text
    assert listed(session, people) == []


@pytest.mark.assures("A04")
def test_other_peoples_devices_are_not_there(
    app: Flask, session: Session, people: People, anas: Device, now: datetime
) -> None:
    test_id = queue.add_test(session, anas, now)
    session.commit()
    bens = signed_in(app, session, people.ben)

    assert bens.send_form(f"/devices/{anas.id}/removal").status_code == 404
    assert bens.send_form(f"/devices/{anas.id}/tests").status_code == 404
    assert bens.get(f"/devices/tests/{test_id}").status_code == 404
    assert listed(session, people) == [anas.endpoint]


Becomes = Callable[[Outcome, str | None], None]


@pytest.fixture
def test_id(anas_phone: Browser, anas: Device) -> str:
    """Ana has sent a test to her phone."""
    answer = anas_phone.send_json("POST", f"/devices/{anas.id}/tests", {})
    assert answer.json
    return str(answer.json["id"])


@pytest.fixture
def becomes(config: Config, engine: Engine, session: Session) -> Becomes:
    """The worker has tried it, and writes down what became of it."""

    def run(outcome: Outcome, cause: str | None) -> None:
        now = datetime.now(UTC)
        books = Books(
            lambda: opened(engine, Vault(config.vault_keys), writing=True),
            Asking(config),
            LEASE,
            lambda _step: None,
        )
        [(claimed, _)] = books.fetch(now, 10)
        books.record([Ended(claimed, outcome, cause)], now)

    return run


def state(anas_phone: Browser, test_id: str) -> tuple[str, str]:
    answer = anas_phone.get(f"/devices/tests/{test_id}").json
    assert answer
    return answer["state"], answer["said"]


def test_a_test_waits(anas_phone: Browser, test_id: str) -> None:
    assert state(anas_phone, test_id) == ("waiting", "On its way …")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.SENT, "Sent. Waiting for the phone to show it"),
        (Outcome.REFUSED, "The push service refused it. That is ours to mend"),
        (Outcome.GONE, "This device does not take notifications any more."),
        (Outcome.LATE, "It could not be delivered in time."),
        (Outcome.FAILED, "It could not be put into a form that this device opens."),
    ],
)
def test_what_became_of_a_test_is_said(
    anas_phone: Browser, test_id: str, becomes: Becomes, outcome: Outcome, said: str
) -> None:
    becomes(outcome, "403 BadJwtToken")

    found, told = state(anas_phone, test_id)
    assert found == outcome
    assert told.startswith(said)
    assert "Jwt" not in told


def test_once_shown_it_was_shown(
    anas_phone: Browser, stranger: Browser, test_id: str, becomes: Becomes
) -> None:
    becomes(Outcome.SENT, None)
    stranger.client.post(f"/push/receipts/{test_id}", base_url=BASE, json={"event": "shown"})

    assert state(anas_phone, test_id) == ("shown", "It was shown. This device works.")


def test_a_test_to_a_device_that_is_gone_forgets_it(
    session: Session, people: People, test_id: str, becomes: Becomes
) -> None:
    becomes(Outcome.GONE, "410")

    assert listed(session, people) == []


def test_without_javascript_a_test_leads_back(
    session: Session, anas_phone: Browser, anas: Device
) -> None:
    answer = anas_phone.send_form(f"/devices/{anas.id}/tests")

    assert answer.location == "/devices"
    assert "A test is on its way." in anas_phone.get("/devices").text
    assert session.scalars(select(Delivery.kind)).all() == [queue.TEST]


def test_a_sixth_test_has_to_wait(session: Session, anas_phone: Browser, anas: Device) -> None:
    for _ in range(5):
        assert anas_phone.send_form(f"/devices/{anas.id}/tests").status_code == 303

    answer = anas_phone.send_json("POST", f"/devices/{anas.id}/tests", {})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert len(session.scalars(select(Delivery)).all()) == 5


def test_and_may_be_sent_when_the_others_are_over(
    session: Session, anas_phone: Browser, anas: Device, now: datetime
) -> None:
    for _ in range(5):
        anas_phone.send_form(f"/devices/{anas.id}/tests")
    session.execute(update(Delivery).values(due_at=now - queue.TEST_USE))
    session.commit()

    assert anas_phone.send_form(f"/devices/{anas.id}/tests").status_code == 303


def test_a_device_whose_session_was_ended_elsewhere_is_not_listed(
    app: Flask, session: Session, people: People, anas_phone: Browser
) -> None:
    _, sign_in = sign_ins.begin(session, people.ana, "Old phone", datetime.now(UTC))
    session.flush()
    device(session, people.ana, sign_in_id=sign_in.id)
    session.commit()

    anas_phone.send_form(f"/account/sessions/{sign_in.id}/ending")

    assert "None yet." in anas_phone.get("/devices").text
