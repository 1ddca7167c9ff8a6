"""Sending what is due: claimed, looked at again, encrypted in processes, posted, recorded."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from journal.push.books import Books, Letter, Step
from journal.push.lead import Lead
from journal.push.messages import Encrypted
from journal.push.models import Outcome
from journal.push.outcomes import outcome
from journal.push.pool import Unsendable
from journal.push.post import Answer
from journal.push.queue import Claimed, Ended

log = logging.getLogger("journal")
T = TypeVar("T")

SLOTS = 96
BATCH = 384
PAUSE = 1.0
STOPS_WITHIN = 0.2
AFTER_FAULT = 2.0
LEASE = timedelta(seconds=60)
# What has less than a quarter of its lease left is left to whoever claims it next: a post may
# take ten seconds.
LEFT = 4

Ready = tuple[Claimed, Encrypted | Unsendable]
Finished = tuple[Ended, "asyncio.Future[None]"]


@dataclass(frozen=True)
class Tools:
    """What a dispatcher works with."""

    books: Books
    lead: Lead
    now: Callable[[], datetime]
    seal: Callable[[Sequence[Letter], datetime], Awaitable[Sequence[Encrypted | Unsendable]]]
    post: Callable[[Encrypted], Awaitable[Answer]]
    step: Step
    lease: timedelta = LEASE


class Dispatcher:
    """Sends until told to stop; what is in hand then is finished.

    A slot posts its next letter only when its last outcome is committed, so a killed process
    leaves at most one letter a slot that goes out twice. Outcomes of many slots share a commit.
    """

    def __init__(self, tools: Tools, slots: int = SLOTS, batch: int = BATCH) -> None:
        self._tools = tools
        self._slots, self._batch = slots, batch
        self._led = False
        self._ready: asyncio.Queue[Ready] = asyncio.Queue()
        self._finished: asyncio.Queue[Finished] = asyncio.Queue()
        # SQLite's connections stay in one thread, and one transaction at a time is enough.
        self._desk = ThreadPoolExecutor(1, "books")

    async def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        tasks = [asyncio.create_task(self._slot()) for _ in range(self._slots)]
        tasks.append(asyncio.create_task(self._keep_books()))
        while not stop.is_set():
            if not await self._turn():
                await self._rest(stop)
        await self._ready.join()
        for task in tasks:
            task.cancel()
        self._tools.lead.give_up()
        self._desk.shutdown()

    async def _turn(self) -> bool:
        """Fetch more where there is room; whether to go on without a rest."""
        if self._ready.qsize() >= self._batch:
            await asyncio.sleep(0.005)
            return True
        try:
            return await self._leads() and await self._fetch()
        except Exception as error:
            log.exception("sending", exc_info=error, extra={"job": "reminders"})
            await asyncio.sleep(AFTER_FAULT)
            return True

    async def _leads(self) -> bool:
        """Whether we send. With one lead, whoever held leases before is dead."""
        if not self._tools.lead.held():
            return False
        if self._tools.lead.alone and not self._led:
            await self._at_desk(lambda: self._tools.books.free(self._tools.now()))
        self._led = True
        return True

    async def _fetch(self) -> bool:
        now = self._tools.now()
        letters = await self._at_desk(lambda: self._tools.books.fetch(now, self._batch))
        if letters:
            sealed = await self._tools.seal(letters, now)
            self._tools.step("encrypted")
            for (claimed, _), one in zip(letters, sealed, strict=True):
                self._ready.put_nowait((claimed, one))
        return bool(letters)

    async def _rest(self, stop: threading.Event) -> None:
        rested = 0.0
        while rested < PAUSE and not stop.is_set():
            await asyncio.sleep(STOPS_WITHIN)
            rested += STOPS_WITHIN

    async def _slot(self) -> None:
        while True:
            claimed, sealed = await self._ready.get()
            if self._tools.now() < claimed.until - self._tools.lease / LEFT:
                await self._send(claimed, sealed)
            self._ready.task_done()

    async def _send(self, claimed: Claimed, sealed: Encrypted | Unsendable) -> None:
        ended = await self._posted(claimed, sealed)
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._finished.put_nowait((ended, kept))
        await kept

    async def _posted(self, claimed: Claimed, sealed: Encrypted | Unsendable) -> Ended:
        if isinstance(sealed, Unsendable):
            return Ended(claimed, Outcome.FAILED, sealed.cause)
        answer = await self._tools.post(sealed)
        self._tools.step("posted")
        return outcome(claimed, answer, self._tools.now())

    async def _keep_books(self) -> None:
        while True:
            finished = [await self._finished.get()]
            while not self._finished.empty():
                finished.append(self._finished.get_nowait())
            await self._record([ended for ended, _ in finished])
            for _, kept in finished:
                kept.set_result(None)

    async def _record(self, ended: Sequence[Ended]) -> None:
        """A database that is away for a while is waited for: the posts were made."""
        while True:
            try:
                return await self._at_desk(
                    lambda: self._tools.books.record(ended, self._tools.now())
                )
            except Exception as error:
                log.exception("recording", exc_info=error, extra={"job": "reminders"})
                await asyncio.sleep(AFTER_FAULT)

    async def _at_desk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._desk, work)
