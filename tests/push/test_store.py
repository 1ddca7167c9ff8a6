"""Devices: subscribed, heard from, and forgotten."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account, SignIn
from journal.push import queue, store
from journal.push.forms import Subscription
from journal.push.models import Delivery, Device
from tests.people import People
from tests.push.phone import Phone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sign_in(session: Session, ana: Account, now: datetime) -> SignIn:
    return _sign_in(session, ana, now)


@pytest.fixture
def device(session: Session, ana: Account, sign_in: SignIn, now: datetime) -> Device:
    return store.subscribe(session, ana.id, sign_in.id, _subscription(), "Firefox Android", now)


def test_a_phone_is_kept(session: Session, ana: Account, device: Device) -> None:
    assert store.listed(session, ana.id) == [device]


def test_sent_again_it_is_the_same_one(
    session: Session, ana: Account, sign_in: SignIn, device: Device, now: datetime
) -> None:
    again = Subscription(device.endpoint, "new", "newer")

    store.subscribe(session, ana.id, sign_in.id, again, "Firefox Android", now + MINUTE)

    assert store.listed(session, ana.id) == [device]
    assert (device.p256dh, device.auth, device.seen_at) == ("new", "newer", now + MINUTE)


@pytest.mark.assures("A15")
def test_whoever_signs_in_on_it_next_takes_it_over(
    session: Session, people: People, device: Device, now: datetime
) -> None:
    device.unanswered = 2
    bens = _sign_in(session, people.ben, now)

    same = Subscription(device.endpoint, device.p256dh, device.auth)
    store.subscribe(session, people.ben.id, bens.id, same, "Firefox Android", now)

    assert store.listed(session, people.ana.id) == []
    assert store.listed(session, people.ben.id) == [device]
    assert device.unanswered == 0


@pytest.mark.assures("B06")
def test_of_eleven_the_one_seen_longest_ago_goes(
    session: Session, ana: Account, sign_in: SignIn, now: datetime
) -> None:
    for number in range(11):
        at = now + number * MINUTE
        store.subscribe(session, ana.id, sign_in.id, _subscription(str(number)), "b", at)

    session.flush()
    endpoints = [one.endpoint.rpartition("/")[2] for one in store.listed(session, ana.id)]
    assert endpoints == [str(number) for number in range(10, 0, -1)]


def test_it_dies_when_a_person_ends_its_session(
    session: Session, ana: Account, sign_in: SignIn, device: Device, now: datetime
) -> None:
    sign_ins.end(session, ana.id, sign_in.id, now)

    assert store.listed(session, ana.id) == []


def test_and_is_buried_before_its_session_is_forgotten(
    session: Session, ana: Account, sign_in: SignIn, device: Device, now: datetime
) -> None:
    sign_ins.end(session, ana.id, sign_in.id, now)

    store.bury(session)

    assert session.scalars(select(Device)).all() == []


@pytest.mark.assures("A09")
def test_a_session_that_ran_out_goes_on_being_reminded(
    session: Session, ana: Account, sign_in: SignIn, device: Device, now: datetime
) -> None:
    sign_ins.forget(session, now + timedelta(days=900))
    store.bury(session)

    session.expire_all()
    assert [one.sign_in_id for one in store.listed(session, ana.id)] == [None]


def test_a_new_subscription_takes_the_place_of_the_old(
    session: Session, ana: Account, device: Device, now: datetime
) -> None:
    new = _subscription("new")

    store.renew(session, device.endpoint, new, now + MINUTE)

    assert store.listed(session, ana.id) == [device]
    assert device.endpoint == new.endpoint


@pytest.mark.assures("A04")
def test_without_the_old_one_nothing_is_renewed(
    session: Session, ana: Account, device: Device, now: datetime
) -> None:
    store.renew(session, "https://fcm.googleapis.com/guess", _subscription("mine"), now)

    assert store.listed(session, ana.id)[0].endpoint == device.endpoint


def test_a_receipt_says_that_a_phone_is_heard(
    session: Session, device: Device, now: datetime
) -> None:
    device.unanswered = 3
    test_id = queue.add_test(session, device, now)
    session.flush()

    store.shown(session, test_id, now + MINUTE)

    session.expire_all()
    assert (device.confirmed_at, device.deaf) == (now + MINUTE, False)


def test_only_the_first_receipt_counts(session: Session, device: Device, now: datetime) -> None:
    test_id = queue.add_test(session, device, now)
    store.shown(session, test_id, now)

    store.shown(session, test_id, now + MINUTE)

    session.expire_all()
    assert session.get_one(Delivery, test_id).shown_at == now
    assert device.confirmed_at == now


def test_a_receipt_for_nothing_is_nothing(session: Session, device: Device, now: datetime) -> None:
    store.shown(session, uuid4(), now)

    assert device.confirmed_at is None


@pytest.mark.parametrize(("unanswered", "deaf"), [(0, False), (2, False), (3, True), (9, True)])
def test_three_times_without_a_word_it_is_deaf(device: Device, unanswered: int, deaf: bool) -> None:
    device.unanswered = unanswered

    assert device.deaf is deaf


def test_nobody_removes_somebody_elses(session: Session, people: People, device: Device) -> None:
    assert not store.remove(session, people.ben.id, device.id)
    store.unsubscribe(session, people.ben.id, device.endpoint)

    assert store.listed(session, people.ana.id) == [device]


def test_removed_it_is_gone(session: Session, ana: Account, device: Device) -> None:
    assert store.remove(session, ana.id, device.id)

    assert store.listed(session, ana.id) == []


def _subscription(name: str = "one") -> Subscription:
    phone = Phone(f"https://fcm.googleapis.com/fcm/send/{name}")
    return Subscription(phone.endpoint, phone.p256dh, phone.auth)


def _sign_in(session: Session, who: Account, now: datetime) -> SignIn:
    made = sign_ins.begin(session, who, "Firefox Android", now)[1]
    session.flush()
    return made
