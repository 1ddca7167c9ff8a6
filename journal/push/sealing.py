"""Notices turned into what push services take, many at once, in processes of their own."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor
from datetime import datetime
from types import TracebackType
from typing import Self

from journal.push.books import Letter
from journal.push.messages import Encrypted, Message, payload
from journal.push.notice import Notice
from journal.push.pool import Unsendable, encrypt_many
from journal.push.queue import Claimed

log = logging.getLogger("journal")

# So many a trip: a process costs less to ask once for these than once for each.
PORTION = 64


class Sealing:
    """Seals inside `with`; processes of which one was killed are of no use, and others begin."""

    def __init__(self, begin: Callable[[], Executor]) -> None:
        self._begin = begin

    def __enter__(self) -> Self:
        self._processes = self._begin()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._processes.shutdown()

    async def __call__(
        self, letters: Sequence[Letter], now: datetime
    ) -> list[Encrypted | Unsendable]:
        try:
            return await seal(self._processes, letters, now)
        except BrokenExecutor as error:
            log.warning("encryption begins anew", extra={"fault": type(error).__name__})
            self._processes.shutdown(wait=False)
            self._processes = self._begin()
            return await seal(self._processes, letters, now)


async def seal(
    processes: Executor, letters: Sequence[Letter], now: datetime
) -> list[Encrypted | Unsendable]:
    """What to post for each of `letters`, in their order."""
    messages = [_message(claimed, notice, now) for claimed, notice in letters]
    portions = [messages[n : n + PORTION] for n in range(0, len(messages), PORTION)]
    loop = asyncio.get_running_loop()
    sealed = await asyncio.gather(
        *(loop.run_in_executor(processes, encrypt_many, portion) for portion in portions)
    )
    return [one for portion in sealed for one in portion]


def _message(claimed: Claimed, notice: Notice, now: datetime) -> Message:
    words = payload(
        claimed.id,
        notice.title,
        notice.body,
        notice.navigate,
        notice.tag,
        notice.lang,
        later=notice.later,
    )
    to = claimed.address
    if to is None:
        raise ValueError("what has no address is not sent")
    ttl = int((claimed.expires_at - now).total_seconds())
    return Message(to.endpoint, to.p256dh, to.auth, words, ttl, notice.tag)
