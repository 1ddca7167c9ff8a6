"""One loop that does each feature's due work; a job that fails never stops the others."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal import clock
from journal.accounts import recovery, sign_ins, throttle
from journal.config import Config
from journal.db import make_engine, opened
from journal.mail import store as mail
from journal.mail.send import send
from journal.outcomes import store as outcomes
from journal.outcomes.reckon import reckoned
from journal.push import queue as deliveries
from journal.push import store as devices
from journal.reminders import reckoning
from journal.reminders.sending import send as send_reminders
from journal.sharing.models import Clinic
from journal.vault import Vault

log = logging.getLogger("journal")

PAUSE = 5.0
MOST_MAILS = 20
KEEP_ATTEMPTS = timedelta(days=1)
KEEP_ENDED = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """Work that is looked for at most this often; `work` says how much of it there was."""

    name: str
    every: timedelta
    work: Callable[["Worker", datetime], int]


class Worker:
    """Does what is due, again and again, until it is told to stop."""

    def __init__(self, config: Config, jobs: Sequence[Job] | None = None) -> None:
        self.config = config
        self._engine: Engine = make_engine(config.database_url)
        self._vault = Vault(config.vault_keys)
        self._jobs = JOBS if jobs is None else jobs
        self._begun: dict[str, datetime] = {}
        self._stop = threading.Event()
        self._failed = False

    @property
    def stopping(self) -> bool:
        """Whether to finish what is in hand and begin nothing new."""
        return self._stop.is_set()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what is in hand then is finished."""
        self._stop = stop
        # A mail server that does not answer must not keep a reminder waiting.
        sending = threading.Thread(target=self._send, name="reminders")
        sending.start()
        while not self.stopping:
            self.turn(clock.now())
            stop.wait(PAUSE)
        sending.join()
        self.close()
        if self._failed:
            # Without reminders a worker is none: whoever started it starts another.
            raise SystemExit(1)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def turn(self, now: datetime) -> None:
        """Every job once that has waited long enough."""
        for job in self._jobs:
            if not self.stopping and self._has_waited(job, now):
                self._begun[job.name] = now
                self._do(job, now)

    def opened(self, *, writing: bool = True) -> AbstractContextManager[Session]:
        """A session that may write, unless it says that it only reads."""
        return opened(self._engine, self._vault, writing=writing)

    def _send(self) -> None:
        try:
            send_reminders(self.config, self.opened, self._stop)
        except Exception as error:
            log.exception("sending ended", exc_info=error, extra={"job": "reminders"})
            self._failed = True
            self._stop.set()

    def _has_waited(self, job: Job, now: datetime) -> bool:
        begun = self._begun.get(job.name)
        # A clock that was set back must not keep a job waiting.
        return begun is None or not timedelta(0) <= now - begun < job.every

    def _do(self, job: Job, now: datetime) -> None:
        try:
            count = job.work(self, now)
        except Exception as error:
            log.exception("job failed", exc_info=error, extra={"job": job.name})
        else:
            if count:
                log.info("job done", extra={"job": job.name, "count": count})


def deliver_mail(worker: Worker, now: datetime) -> int:
    """Send what waits, one by one: claimed first, forgotten only when it was sent."""
    url, sender = worker.config.smtp_url, worker.config.mail_from
    if url is None or sender is None:
        return 0
    count = 0
    while count < MOST_MAILS and not worker.stopping and (mail_id := _claim(worker, now)):
        if not _deliver(worker, url, sender, mail_id, now):
            break  # a server that does not answer would hold up the other jobs each time
        count += 1
    return count


def forget(worker: Worker, now: datetime) -> int:
    """Drop what nobody needs any more."""
    with worker.opened() as session:
        throttle.forget(session, now - KEEP_ATTEMPTS)
        devices.bury(session)
        sign_ins.forget(session, now - KEEP_ENDED)
        recovery.forget(session, now - KEEP_ENDED)
        deliveries.forget(session, now - KEEP_ENDED)
        late = mail.forget(session, now)
        session.commit()
    if late:
        log.warning("mail came too late", extra={"count": late})
    return late


def reckon(worker: Worker, now: datetime) -> int:
    """Keep due times right when zones, their rules or clocks have changed."""
    # It reads every due time: on SQLite nobody could write meanwhile if this could.
    with worker.opened(writing=False) as session:
        if not reckoning.is_overtaken(session, now):
            return 0
    with worker.opened() as session:
        moved = reckoning.catch_up(session, now)
        session.commit()
    return moved


def reckon_outcomes(worker: Worker, now: datetime) -> int:
    """What every series did, once a diary day of each clinic."""
    with worker.opened(writing=False) as session:
        clinics = session.scalars(select(Clinic)).all()
    return sum(_try_clinic(worker, clinic, now) for clinic in clinics)


def heartbeat(_worker: Worker, _now: datetime) -> int:
    """Say that this process is alive, for whoever reads the log."""
    log.info("worker alive")
    return 0


def _try_clinic(worker: Worker, clinic: Clinic, now: datetime) -> int:
    try:
        return _reckon_clinic(worker, clinic, now) if outcomes.is_due(clinic, now) else 0
    except Exception as error:
        # It is tried again with the next turn; the other clinics do not wait for it.
        log.exception("a clinic was not reckoned", exc_info=error, extra={"job": "outcomes"})
        return 0


def _reckon_clinic(worker: Worker, clinic: Clinic, now: datetime) -> int:
    found = []
    # Reading takes long, and on SQLite nobody could write meanwhile if this could.
    with worker.opened(writing=False) as session:
        for one in reckoned(session, clinic, now):
            if worker.stopping:
                return 0
            found.append(one)
    with worker.opened() as session:
        count = outcomes.keep(session, clinic, found)
        outcomes.done(session, clinic, now)
        session.commit()
    return count


def _claim(worker: Worker, now: datetime) -> UUID | None:
    with worker.opened() as session:
        mail_id = mail.claim(session, now)
        session.commit()
    return mail_id


def _deliver(worker: Worker, url: str, sender: str, mail_id: UUID, now: datetime) -> bool:
    try:
        with worker.opened() as session:
            letter = mail.claimed(session, mail_id)
        send(url, sender, mail_id, letter, now)
    except Exception as error:
        # Its text may quote an address: the log gets the kind of fault only.
        log.warning("mail not sent", extra={"fault": type(error).__name__})
        with worker.opened() as session:
            mail.not_sent(session, mail_id, now)
            session.commit()
        return False
    with worker.opened() as session:
        mail.sent(session, mail_id)
        session.commit()
    return True


JOBS = (
    Job("mail", timedelta(0), deliver_mail),
    Job("forget", timedelta(hours=1), forget),
    Job("reckon", timedelta(minutes=1), reckon),
    Job("outcomes", timedelta(hours=1), reckon_outcomes),
    Job("heartbeat", timedelta(minutes=1), heartbeat),
)
