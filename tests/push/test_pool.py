"""Encrypting in processes: in order, one bad message stops no other, and nobody is left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from journal.config import Config
from journal.push.messages import Encrypted, Message
from journal.push.pool import Unsendable, encrypt_many, pool
from tests.cli.conftest import gone
from tests.push.phone import Phone

PHONES = [Phone() for _ in range(20)]
# Whoever does the encrypting, found in the middle of it and told to no one.
LEFT_ALONE = """
import os, time
from journal.config import from_env
from journal.push.pool import pool

if __name__ == "__main__":
    with pool(from_env(), 1) as processes:
        print(processes.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


@pytest.fixture(scope="module")
def processes(base_config: Config) -> Iterator[ProcessPoolExecutor]:
    with pool(base_config, 2) as processes:
        yield processes


def letters() -> list[Message]:
    return [
        Message(phone.endpoint, phone.p256dh, phone.auth, bytes([number]), number, "day")
        for number, phone in enumerate(PHONES)
    ]


def sent(made: list[Encrypted | Unsendable]) -> list[Encrypted]:
    return [one for one in made if isinstance(one, Encrypted)]


def test_each_phone_opens_its_own(processes: ProcessPoolExecutor) -> None:
    encrypted = sent(processes.submit(encrypt_many, letters()).result())

    opened = [phone.open(one.body) for phone, one in zip(PHONES, encrypted, strict=True)]
    assert opened == [bytes([number]) for number in range(20)]
    assert [one.headers["TTL"] for one in encrypted] == [str(number) for number in range(20)]


@pytest.mark.assures("E09")
def test_one_that_cannot_be_encrypted_stops_no_other(processes: ProcessPoolExecutor) -> None:
    first, _, last, *_ = letters()
    bad = Message(first.endpoint, "A" * 87, first.auth, b"", 0, "day")

    made = processes.submit(encrypt_many, [first, bad, last]).result()

    assert [type(one) for one in made] == [Encrypted, Unsendable, Encrypted]


def test_all_processes_sign_alike(processes: ProcessPoolExecutor) -> None:
    batches = [processes.submit(encrypt_many, letters()) for _ in range(8)]

    signed = {one.headers["Authorization"] for batch in batches for one in sent(batch.result())}
    assert len(signed) <= 2  # two, when the hour changes meanwhile


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_they_finish_what_is_in_hand(base_config: Config, number: int) -> None:
    with pool(base_config, 1) as processes:
        os.kill(processes.submit(os.getpid).result(), number)

        assert len(processes.submit(encrypt_many, letters()).result()) == 20


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


def test_outside_of_a_pool_nothing_is_encrypted() -> None:
    with pytest.raises(RuntimeError, match="not a process"):
        encrypt_many(letters())
