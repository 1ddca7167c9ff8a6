"""Reminders on their way: everything that sending needs, put together for one process."""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from sqlalchemy.orm import Session

from journal import clock
from journal.config import Config
from journal.push.books import Books, Step
from journal.push.dispatch import BATCH, LEASE, SLOTS, Dispatcher, Tools
from journal.push.lead import Lead
from journal.push.posters import Posters
from journal.reminders.asking import Asking

PROCESSES = min(4, os.cpu_count() or 1)


def silently(_step: str) -> None:
    """What a dispatcher tells of its steps, outside tests."""


def send(
    config: Config,
    opened: Callable[[], AbstractContextManager[Session]],
    stop: threading.Event,
    *,
    step: Step = silently,
    lease: timedelta = LEASE,
    slots: int = SLOTS,
    batch: int = BATCH,
) -> None:
    """Send what is due until `stop` is set; what is in hand then is finished."""
    with Posters(config, PROCESSES, slots) as posters:
        tools = Tools(
            books=Books(opened, Asking(config), lease, step),
            lead=Lead(config.database_url),
            posters=posters,
            now=clock.now,
            step=step,
            lease=lease,
        )
        Dispatcher(tools, batch).run(stop)
