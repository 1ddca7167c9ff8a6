"""A push in a real Chromium: shown, confirmed, put off, taken down, whatever is in it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, Worker, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.push import queue
from journal.push.messages import payload
from journal.push.models import Delivery
from journal.reminders.models import Due, Kind
from journal.reminders.store import Wanted, change
from tests.people import ZONE
from tests.reminders.conftest import EVERY_DAY, device

TITLE, ASK = "Journal", "A minute for your day?"
CLICK = """(action) => registration.getNotifications().then(([notification]) => {
    dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
})"""
SHOWN = """() => registration.getNotifications().then((all) =>
    all.map(({ title, body, tag, actions }) => ({ title, body, tag, later: actions[0]?.title })))"""
Push = Callable[[bytes | str], None]


@pytest.fixture
def page(anas_phone_screen: Page) -> Page:
    anas_phone_screen.context.grant_permissions(["notifications"])
    anas_phone_screen.goto("/today")
    anas_phone_screen.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    return anas_phone_screen


@pytest.fixture
def worker(page: Page) -> Worker:
    return page.context.service_workers[0]


@pytest.fixture
def push(page: Page, live: str) -> Push:
    """Hand a message to the worker as a push service would."""
    session = page.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(200)

    def deliver(data: bytes | str) -> None:
        session.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": live,
                "registrationId": registrations[-1]["registrationId"],
                "data": data.decode() if isinstance(data, bytes) else data,
            },
        )

    return deliver


@pytest.fixture
def delivery_id(session: Session, ana: Account, now: datetime) -> UUID:
    """One of Ana's, for today, on its way to this phone."""
    phone, rule = device(session, ana), _rule(session, ana, now)
    own_id = uuid4()
    row = {
        "id": own_id, "account_id": ana.id, "device_id": phone.id, "target": phone.id.hex,
        "subject_id": rule, "kind": Kind.CHOSEN, "day": diary_day(now, ZONE), "due_at": now,
        "expires_at": now + timedelta(hours=2), "next_at": now, "attempts": 1,
    }  # fmt: skip
    queue.add(session, [row])
    session.commit()
    return own_id


def message(live: str, delivery_id: UUID) -> bytes:
    tag = f"day-{diary_day(datetime.now(UTC), ZONE)}"
    return payload(delivery_id, TITLE, ASK, f"{live}/today", tag, "en", later="In an hour")


def test_it_is_shown_and_says_so(
    session: Session, page: Page, worker: Worker, push: Push, live: str, delivery_id: UUID
) -> None:
    with page.context.expect_event("request", lambda one: "/push/receipts/" in one.url):
        push(message(live, delivery_id))

    _until(page, lambda: _delivery(session, delivery_id).shown_at is not None)
    [shown] = worker.evaluate(SHOWN)
    assert (shown["title"], shown["body"], shown["later"]) == (TITLE, ASK, "In an hour")


def test_what_went_out_twice_is_on_the_screen_once(
    page: Page, worker: Worker, push: Push, live: str, delivery_id: UUID
) -> None:
    for _ in range(2):
        with page.context.expect_event("request", lambda one: "/push/receipts/" in one.url):
            push(message(live, delivery_id))

    assert len(worker.evaluate(SHOWN)) == 1


@pytest.mark.parametrize(
    "broken", ["", "{", "null", '"text"', json.dumps({"notification": {"title": 7, "tag": []}})]
)
def test_broken_or_empty_something_neutral_is_shown(
    page: Page, worker: Worker, push: Push, broken: str
) -> None:
    push(broken)

    _until(page, lambda: bool(worker.evaluate(SHOWN)))
    [shown] = worker.evaluate(SHOWN)
    assert (shown["title"], shown["body"]) == (TITLE, "Tap to open your journal.")


def test_in_an_hour_asks_again_in_an_hour(
    session: Session, page: Page, worker: Worker, push: Push, live: str, delivery_id: UUID
) -> None:
    push(message(live, delivery_id))
    _until(page, lambda: bool(worker.evaluate(SHOWN)))

    worker.evaluate(CLICK, "later")

    _until(page, lambda: _delivery(session, delivery_id).later_at is not None)
    session.expire_all()
    later = session.scalars(select(Due).where(Due.kind == Kind.LATER)).one()
    assert later.at - datetime.now(UTC) > timedelta(minutes=58)
    assert worker.evaluate(SHOWN) == []


def test_an_answer_takes_it_down(
    page: Page, worker: Worker, push: Push, live: str, delivery_id: UUID
) -> None:
    push(message(live, delivery_id))
    _until(page, lambda: bool(worker.evaluate(SHOWN)))

    page.locator("#mood-6").tap()

    expect(page.locator("#truth")).to_have_text("In your journal", timeout=10_000)
    _until(page, lambda: worker.evaluate(SHOWN) == [])


def _rule(session: Session, ana: Account, now: datetime) -> UUID:
    wanted = Wanted(now.time().replace(microsecond=0), EVERY_DAY, on=True, nudge=False)
    return change(session, ana, wanted, now).id


def _delivery(session: Session, delivery_id: UUID) -> Delivery:
    # Whoever only looks must not keep the server from writing.
    found = session.get_one(Delivery, delivery_id, populate_existing=True)
    session.commit()
    return found


def _until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for it, ten seconds at most; the page's events are served meanwhile."""
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never was so")
