"""Processes that post: in slots, one bad message stops no other, and nobody is left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import active_children
from time import monotonic
from uuid import uuid4

import pytest

from journal.config import Config
from journal.push.books import Letter
from journal.push.endpoint import Address
from journal.push.notice import Notice
from journal.push.poster import Unsendable
from journal.push.posters import Done, Posters
from journal.push.queue import Claimed
from journal.push.vapid import Keys
from tests.cli.conftest import gone
from tests.push.phone import Phone
from tests.push.service import Service, push_service

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOTICE = Notice("Journal", "A minute?", "https://journal.example.org/today", "day", "en")
MANY, SLOTS = 20, 24
PATIENCE = 30
# Whoever posts, found in the middle of it and told to no one.
LEFT_ALONE = """
import time
from multiprocessing import active_children
from journal.config import from_env
from journal.push.posters import Posters

if __name__ == "__main__":
    with Posters(from_env(), 1, 1) as posters:
        while not posters.ready:
            posters.hear(1)
        print(active_children()[0].pid, flush=True)
        time.sleep(60)
"""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with push_service() as service:
        yield service


@pytest.fixture(scope="module")
def here(base_config: Config, service: Service) -> Config:
    return replace(base_config, push_also=frozenset({service.origin}))


@pytest.fixture(scope="module")
def posters(here: Config) -> Iterator[Posters]:
    with Posters(here, 2, SLOTS) as posters:
        yield begun(posters, SLOTS)


@pytest.fixture
def one(here: Config) -> Iterator[Posters]:
    """A single process, with a slot for each phone."""
    with Posters(here, 1, MANY) as posters:
        yield begun(posters, MANY)


@pytest.fixture
def phones(service: Service, here: Config) -> list[Phone]:
    key = Keys.of(here.vapid_key).application_server_key
    return [Phone(service.subscribe(key)) for _ in range(MANY)]


def begun(posters: Posters, slots: int) -> Posters:
    until = monotonic() + PATIENCE
    while posters.room < slots and monotonic() < until:
        posters.hear(1)
    return posters


def letter(phone: Phone) -> Letter:
    to = Address(phone.endpoint, phone.p256dh, phone.auth)
    claimed = Claimed(
        uuid4(), uuid4(), uuid4(), None, "test", None, NOW, NOW + timedelta(hours=2), 1, NOW, to
    )
    return claimed, NOTICE


def heard(posters: Posters, count: int) -> list[Done]:
    """Wait until it was said of so many what became of them."""
    done, until = list[Done](), monotonic() + PATIENCE
    while len(done) < count and monotonic() < until:
        done += posters.hear(1)
    return done


def posted(posters: Posters, letters: list[Letter]) -> list[Done]:
    posters.hand(letters, NOW)
    done = heard(posters, len(letters))
    posters.settle(done)
    return done


def newest_child() -> int:
    return max(child.pid or 0 for child in active_children())


def test_each_phone_opens_its_own(posters: Posters, service: Service, phones: list[Phone]) -> None:
    letters = [letter(phone) for phone in phones]

    done = posted(posters, letters)

    assert {claimed.id for claimed, _ in done} == {claimed.id for claimed, _ in letters}
    for phone, (claimed, _) in zip(phones, letters, strict=True):
        [taken] = service.at(phone.endpoint).taken
        assert str(claimed.id).encode() in phone.open(taken.body)
        assert taken.headers["TTL"] == "7200"


@pytest.mark.assures("E09")
def test_one_that_cannot_be_encrypted_stops_no_other(posters: Posters, phones: list[Phone]) -> None:
    first, bad, last, *_ = phones
    bad.p256dh = "A" * 87

    done = posted(posters, [letter(first), letter(bad), letter(last)])

    assert sorted(isinstance(said, Unsendable) for _, said in done) == [False, False, True]


def test_all_processes_sign_alike(posters: Posters, service: Service, phones: list[Phone]) -> None:
    posted(posters, [letter(phone) for phone in phones])

    taken = [service.at(phone.endpoint).taken[0].headers["Authorization"] for phone in phones]
    assert len(set(taken)) <= 2  # two, when the hour changes meanwhile


@pytest.mark.assures("E02")
def test_a_slot_is_free_when_what_became_of_its_letter_is_settled(
    one: Posters, phones: list[Phone]
) -> None:
    one.hand([letter(phone) for phone in phones], NOW)
    done = heard(one, MANY)
    full = one.room

    one.settle(done[:5])

    assert (full, one.room, one.busy) == (0, 5, True)


@pytest.mark.assures("E07")
def test_a_letter_that_is_handed_out_twice_stops_no_other(
    one: Posters, phones: list[Phone]
) -> None:
    twice = letter(phones[0])
    one.hand([twice], NOW)
    one.hand([twice], NOW)
    one.settle(heard(one, 1))

    done = posted(one, [letter(phone) for phone in phones])

    assert len(done) == MANY


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_they_finish_what_is_in_hand(
    one: Posters, phones: list[Phone], number: int
) -> None:
    os.kill(newest_child(), number)

    assert len(posted(one, [letter(phone) for phone in phones])) == MANY


@pytest.mark.assures("E09")
def test_one_that_is_killed_is_replaced_and_what_it_had_in_hand_forgotten(
    one: Posters, phones: list[Phone], caplog: pytest.LogCaptureFixture
) -> None:
    os.kill(newest_child(), signal.SIGKILL)
    one.hand([letter(phones[0])], NOW)
    said = one.hear(PATIENCE)

    done = posted(begun(one, MANY), [letter(phone) for phone in phones])

    assert (said, len(done)) == ([], MANY)
    assert "posting begins anew" in caplog.text


@pytest.mark.assures("E02")
def test_when_whoever_started_them_is_killed_they_end(base_config: Config) -> None:
    environ = {
        **os.environ,
        "JOURNAL_INSTANCE": str(base_config.instance),
        "JOURNAL_PUSH_CONTACT": base_config.push_contact,
    }
    starter = subprocess.Popen(
        [sys.executable, "-c", LEFT_ALONE], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout
    child = int(starter.stdout.readline())

    starter.kill()
    starter.communicate()

    assert gone([child])
