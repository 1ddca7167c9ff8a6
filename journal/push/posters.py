"""The processes that post, as seen by whoever hands them what there is to post."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self
from uuid import UUID

from journal.config import Config
from journal.push.books import Letter
from journal.push.poster import Job, Said, work
from journal.push.queue import Claimed
from journal.push.vapid import Keys

log = logging.getLogger("journal")

Done = tuple[Claimed, Said]

GRACE = 5


class Posters:
    """Inside `with`, so many processes that have `slots` letters in hand between them.

    A letter is in hand until it is settled. A process that is killed is replaced, and what it had
    in hand is forgotten: whoever claims that next sends it.
    """

    def __init__(self, config: Config, processes: int, slots: int) -> None:
        to_do = Keys.of(config.vapid_key), config.push_contact, config.push_also
        shares = [len(range(n, slots, processes)) for n in range(processes)]
        self._all = [_Process(to_do, share) for share in shares if share]

    def __enter__(self) -> Self:
        for one in self._all:
            one.begin()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for one in self._all:
            one.pipe.close()
        for one in self._all:
            one.end()

    @property
    def ready(self) -> bool:
        """Whether any of them has begun."""
        return any(one.ready for one in self._all)

    @property
    def room(self) -> int:
        """How many letters they would take now."""
        return sum(one.room for one in self._all)

    @property
    def busy(self) -> bool:
        """Whether anything is in hand."""
        return any(one.in_hand for one in self._all)

    def hand(self, letters: Iterable[Letter], now: datetime) -> None:
        """Give out letters, no more than there is room for."""
        left = iter(letters)
        for one in self._all:
            one.take(list(islice(left, one.room)), now)

    def hear(self, seconds: float) -> list[Done]:
        """What they have to say, waiting for it so long at most."""
        speaking = wait([one.pipe for one in self._all], seconds)
        return [done for one in self._all if one.pipe in speaking for done in one.hear()]

    def settle(self, done: Iterable[Done]) -> None:
        """What became of these is recorded: there is room for as many others."""
        for claimed, _ in done:
            for one in self._all:
                one.in_hand.pop(claimed.id, None)


class _Process:
    """One of them, and what it has in hand: nothing before it said that it is ready."""

    def __init__(self, to_do: tuple[Keys, str, frozenset[str]], slots: int) -> None:
        self._to_do, self._slots = to_do, slots

    def begin(self) -> None:
        context = get_context("spawn")
        self.ready, self.in_hand = False, dict[UUID, Claimed]()
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, *self._to_do), name="poster")
        self._process.start()
        # Else the pipe would not end with the process.
        theirs.close()

    def end(self) -> None:
        self.pipe.close()
        self._process.join(GRACE)
        self._process.kill()
        self._process.join()

    @property
    def room(self) -> int:
        return self._slots - len(self.in_hand) if self.ready else 0

    def take(self, letters: Sequence[Letter], now: datetime) -> None:
        self.in_hand.update((claimed.id, claimed) for claimed, _ in letters)
        if letters:
            with suppress(ConnectionError):  # hearing says so too
                self.pipe.send([_job(one, now) for one in letters])

    def hear(self) -> list[Done]:
        done: list[Done] = []
        try:
            while self.pipe.poll():
                done += self._known(self.pipe.recv())
                self.ready = True
        except (EOFError, ConnectionError):
            log.warning("posting begins anew", extra={"count": len(self.in_hand)})
            self.end()
            self.begin()
        return done

    def _known(self, said: Iterable[tuple[UUID, Said]]) -> Iterator[Done]:
        # A clock set forward ends leases: what is in hand is claimed and handed out once more.
        return ((self.in_hand[name], it) for name, it in said if name in self.in_hand)


def _job(letter: Letter, now: datetime) -> Job:
    claimed, notice = letter
    if claimed.address is None:
        raise ValueError("what has no address is not sent")
    ttl = int((claimed.expires_at - now).total_seconds())
    return Job(claimed.id, notice, claimed.address, ttl)
