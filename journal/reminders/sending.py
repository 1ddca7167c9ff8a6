"""Reminders on their way: everything that sending needs, put together for one process."""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from journal import clock
from journal.config import Config
from journal.push.books import Books, Step
from journal.push.dispatch import BATCH, LEASE, SLOTS, Dispatcher, Tools
from journal.push.lead import Lead
from journal.push.pool import pool
from journal.push.post import Post
from journal.push.sealing import Sealing
from journal.reminders.asking import Asking

PROCESSES = min(4, os.cpu_count() or 1)


def silently(_step: str) -> None:
    """What a dispatcher tells of its steps, outside tests."""


async def send(
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
    with Sealing(partial(pool, config, PROCESSES)) as seal:
        async with Post(also=config.push_also) as post:
            tools = Tools(
                books=Books(opened, Asking(config), lease, step),
                lead=Lead(config.database_url),
                now=clock.now,
                seal=seal,
                post=post,
                step=step,
                lease=lease,
            )
            await Dispatcher(tools, slots, batch).run(stop)
