"""Sending what is due: claimed, looked at again, posted by processes, recorded."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep

from journal.push.books import Books, Letter, Step
from journal.push.lead import Lead
from journal.push.models import Outcome
from journal.push.outcomes import outcome
from journal.push.poster import Said, Unsendable
from journal.push.posters import Done, Posters
from journal.push.queue import Claimed, Ended

log = logging.getLogger("journal")

# Push services that answer within a tenth of a second are sent a hundred thousand a minute.
SLOTS = 192
BATCH = 384
PAUSE = 1.0
STOPS_WITHIN = 0.2
AFTER_FAULT = 2.0
LEASE = timedelta(seconds=60)
# What has less than a quarter of its lease left is left to whoever claims it next: a post may
# take ten seconds.
LEFT = 4


@dataclass(frozen=True)
class Tools:
    """What a dispatcher works with."""

    books: Books
    lead: Lead
    posters: Posters
    now: Callable[[], datetime]
    step: Step
    lease: timedelta = LEASE


class Dispatcher:
    """Sends until told to stop; what is in hand then is finished.

    A slot of a poster takes its next letter only when its last outcome is committed, so whoever
    is killed leaves at most one letter a slot that goes out twice. Outcomes share a commit.
    """

    def __init__(self, tools: Tools, batch: int = BATCH) -> None:
        self._tools = tools
        self._batch = batch
        self._led = False
        self._rests_until = 0.0
        self._ready: deque[Letter] = deque()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set() or self._ready or self._tools.posters.busy:
            hungry = not stop.is_set() and self._is_hungry()
            self._keep(self._tools.posters.hear(0 if hungry else STOPS_WITHIN))
            if hungry:
                self._fetch()
            self._hand_out()
        self._tools.lead.give_up()

    def _is_hungry(self) -> bool:
        has_room = len(self._ready) < self._batch and self._tools.posters.ready
        return has_room and monotonic() >= self._rests_until

    def _fetch(self) -> None:
        """Fetch more; where there is none, or a fault, rest a while."""
        try:
            letters = self._fetched() if self._leads() else []
            self._ready.extend(letters)
            self._rests_until = 0 if letters else monotonic() + PAUSE
        except Exception as error:
            log.exception("sending", exc_info=error, extra={"job": "reminders"})
            self._rests_until = monotonic() + AFTER_FAULT

    def _fetched(self) -> list[Letter]:
        return self._tools.books.fetch(self._tools.now(), self._batch)

    def _leads(self) -> bool:
        """Whether we send. With one lead, whoever held leases before is dead."""
        if not self._tools.lead.held():
            return False
        if self._tools.lead.alone and not self._led:
            self._tools.books.free(self._tools.now())
        self._led = True
        return True

    def _hand_out(self) -> None:
        now, room = self._tools.now(), self._tools.posters.room
        letters = list[Letter]()
        while self._ready and len(letters) < room:
            letter = self._ready.popleft()
            if now < letter[0].until - self._tools.lease / LEFT:
                letters.append(letter)
        if letters:
            self._tools.posters.hand(letters, now)
            self._tools.step("handed out")

    def _keep(self, done: Sequence[Done]) -> None:
        if done:
            self._record([self._ended(claimed, said) for claimed, said in done])
            self._tools.posters.settle(done)

    def _ended(self, claimed: Claimed, said: Said) -> Ended:
        self._tools.step("posted")
        if isinstance(said, Unsendable):
            return Ended(claimed, Outcome.FAILED, said.cause)
        return outcome(claimed, said, self._tools.now())

    def _record(self, ended: Sequence[Ended]) -> None:
        """A database that is away for a while is waited for: the posts were made."""
        while True:
            try:
                return self._tools.books.record(ended, self._tools.now())
            except Exception as error:
                log.exception("recording", exc_info=error, extra={"job": "reminders"})
                sleep(AFTER_FAULT)
