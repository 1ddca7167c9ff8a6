"""Sending as a worker does it, in a process that kills itself at a step, if told to."""

import os
import signal
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import make_engine, opened
from journal.reminders.sending import send
from journal.vault import Vault


@dataclass(frozen=True)
class Orders:
    """Whoever has made a first step leaves a file of its process number in `marks`.

    It kills itself at step `dies_at` (0: at none).
    """

    config: Config
    marks: Path
    lease: timedelta
    slots: int
    batch: int
    dies_at: int = 0

    def works(self, pid: int | None) -> bool:
        """Whether that process has made a step."""
        return (self.marks / str(pid)).exists()


class Steps:
    """Hears each step."""

    def __init__(self, orders: Orders) -> None:
        self._dies_at = orders.dies_at
        self._mark = orders.marks / str(os.getpid())
        self._numbers = count(1)

    def __call__(self, _step: str) -> None:
        number = next(self._numbers)
        if number == 1:
            self._mark.touch()
        if number == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


def work(orders: Orders) -> None:
    """Send until asked to stop."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    engine, vault = make_engine(orders.config.database_url), Vault(orders.config.vault_keys)

    def writing() -> AbstractContextManager[Session]:
        return opened(engine, vault, writing=True)

    send(
        orders.config,
        writing,
        stop,
        step=Steps(orders),
        lease=orders.lease,
        slots=orders.slots,
        batch=orders.batch,
    )
    engine.dispose()
