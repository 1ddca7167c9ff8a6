"""One loop that does each feature's due work; a job that fails never stops the others."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from journal import clock
from journal.accounts import throttle
from journal.accounts.models import SignIn
from journal.config import Config
from journal.db import make_engine, opened
from journal.mail import store as mail
from journal.mail.send import send
from journal.vault import Vault

log = logging.getLogger("journal")

Job = Callable[["Worker", datetime], int]
EVERY = 5.0
FORGET_ATTEMPTS = timedelta(days=1)
FORGET_SESSIONS = timedelta(days=30)


class Worker:
    """Does what is due, again and again, until it is told to stop."""

    def __init__(self, config: Config, jobs: Mapping[str, Job] | None = None) -> None:
        self.config = config
        self._engine: Engine = make_engine(config.database_url)
        self._vault = Vault(config.vault_keys)
        self._jobs = JOBS if jobs is None else jobs

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the work in hand is finished first."""
        while not stop.is_set():
            self.turn(clock.now())
            stop.wait(EVERY)

    def turn(self, now: datetime) -> None:
        """Every job once."""
        for name, job in self._jobs.items():
            try:
                count = job(self, now)
            except Exception as error:
                log.exception("job failed", exc_info=error, extra={"job": name})
            else:
                if count:
                    log.info("job done", extra={"job": name, "count": count})

    def opened(self) -> AbstractContextManager[Session]:
        """A session that may write."""
        return opened(self._engine, self._vault, writing=True)


def deliver_mail(worker: Worker, now: datetime) -> int:
    """Send what waits: claimed first, and forgotten only when it was sent."""
    url, sender = worker.config.smtp_url, worker.config.mail_from
    if url is None or sender is None:
        return 0
    with worker.opened() as session:
        claimed = mail.claim(session, now)
        session.commit()
    return sum(_deliver(worker, url, sender, mail_id, one) for mail_id, one in claimed)


def forget(worker: Worker, now: datetime) -> int:
    """Drop old attempts, and sessions that ended long ago."""
    with worker.opened() as session:
        throttle.forget(session, now - FORGET_ATTEMPTS)
        session.execute(delete(SignIn).where(SignIn.ended_at < now - FORGET_SESSIONS))
        session.commit()
    return 0


def _deliver(worker: Worker, url: str, sender: str, mail_id: UUID, one: mail.Mail) -> bool:
    try:
        send(url, sender, one)
    except OSError as error:
        log.warning("mail not sent", extra={"fault": type(error).__name__})
        return False
    with worker.opened() as session:
        mail.sent(session, mail_id)
        session.commit()
    return True


JOBS: Mapping[str, Job] = {"mail": deliver_mail, "forget": forget}
