"""Encrypting in processes of their own: arithmetic in threads would only wait for each other."""

import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from journal.config import Config
from journal.processes import outlive_nobody
from journal.push.messages import Encrypted, Encrypter, Message
from journal.push.vapid import Keys

# Longer than the worker takes to finish what is in hand.
LINGER = 10

_encrypter: Encrypter | None = None


@dataclass(frozen=True, slots=True)
class Unsendable:
    """A message that could not be encrypted; it stops no other."""

    cause: str


def pool(config: Config, processes: int) -> ProcessPoolExecutor:
    """So many processes for encrypt_many, each started when it is first needed."""
    return ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(Keys.of(config.vapid_key), config.push_contact),
    )


def encrypt_many(messages: Sequence[Message]) -> list[Encrypted | Unsendable]:
    """Encrypt each of them, in order, in a process of the pool."""
    return [_encrypted(message) for message in messages]


def _begin(keys: Keys, contact: str) -> None:
    global _encrypter
    # Ctrl-C, a closed terminal and an init system tell everybody at once; whoever started us
    # still needs us for what is in hand, and lets us go after that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: signal.alarm(LINGER))
    outlive_nobody(signal.SIGKILL)
    _encrypter = Encrypter(keys, contact)


def _encrypted(message: Message) -> Encrypted | Unsendable:
    if _encrypter is None:
        raise RuntimeError("this is not a process of the pool")
    try:
        return _encrypter.encrypt(message)
    except ValueError as error:
        return Unsendable(str(error) or type(error).__name__)
