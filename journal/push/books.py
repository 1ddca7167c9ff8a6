"""The database's side of sending: what to send next, and what became of it."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from journal.push import queue
from journal.push.models import Outcome
from journal.push.notice import Notice
from journal.push.queue import Claimed, Ended

log = logging.getLogger("journal")

Letter = tuple[Claimed, Notice]
Step = Callable[[str], None]
CLOCK_MAY_DIFFER = timedelta(minutes=1)


class Reminders(Protocol):
    """What sending asks of whoever knows what is due."""

    def plan(self, session: Session, now: datetime, most: int) -> int: ...

    def look(
        self, session: Session, claimed: Sequence[Claimed], now: datetime
    ) -> Mapping[UUID, Notice | Outcome]: ...

    def clock_was_set_back(self, session: Session, now: datetime) -> None: ...


class Books:
    """Claims for one process. Every method is a transaction or two of its own.

    `step` hears the name of each step once it is done.
    """

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[Session]],
        reminders: Reminders,
        lease: timedelta,
        step: Step,
    ) -> None:
        self._opened = opened
        self._reminders = reminders
        self._lease = lease
        self._step = step
        self._holder = uuid4().hex
        self._latest: datetime | None = None

    def fetch(self, now: datetime, most: int) -> list[Letter]:
        """What to send now, at most so much; what must not be sent any more is recorded."""
        self._mind_the_clock(now)
        with self._opened() as session:
            self._reminders.plan(session, now, most)
            self._step("planned")
            session.commit()
        self._step("plan kept")
        with self._opened() as session:
            claimed = queue.claim(session, self._holder, now, self._lease, most)
            said = self._reminders.look(session, claimed, now) if claimed else {}
            unsaid = [
                Ended(one, became) for one in claimed if isinstance(became := said[one.id], Outcome)
            ]
            self._write(session, unsaid, now)
            self._step("claimed")
            session.commit()
        self._step("claim kept")
        return [(one, message) for one in claimed if isinstance(message := said[one.id], Notice)]

    def free(self, now: datetime) -> None:
        """Let what a dead process had claimed be claimed at once."""
        with self._opened() as session:
            queue.free(session, now)
            session.commit()

    def record(self, ended: Sequence[Ended], now: datetime) -> None:
        """Keep what became of these; only what we still hold is ours to record."""
        with self._opened() as session:
            self._write(session, ended, now)
            self._step("recorded")
            session.commit()
        self._step("record kept")

    def _write(self, session: Session, ended: Sequence[Ended], now: datetime) -> None:
        if not ended:
            return
        queue.record(session, self._holder, ended, now)
        queue.forget_devices(session, _devices(_with(ended, Outcome.GONE)))
        _report(ended)

    def _mind_the_clock(self, now: datetime) -> None:
        before, self._latest = self._latest, now
        if before is not None and now < before - CLOCK_MAY_DIFFER:
            log.warning("clock set back", extra={"job": "reminders"})
            with self._opened() as session:
                self._reminders.clock_was_set_back(session, now)
                session.commit()


def _with(ended: Sequence[Ended], became: Outcome) -> list[Ended]:
    return [one for one in ended if one.outcome is became]


def _devices(ended: Sequence[Ended]) -> list[UUID]:
    return [one.delivery.device_id for one in ended if one.delivery.device_id]


def _report(ended: Sequence[Ended]) -> None:
    """Tell the operator what is ours to mend, by cause."""
    causes = Counter(one.cause for one in _with(ended, Outcome.REFUSED))
    for cause, count in causes.items():
        log.error("push refused", extra={"cause": cause, "count": count})
