"""The worker carries e-mails to the post."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.config import Config
from journal.mail.models import OutgoingMail
from journal.mail.store import Mail, queue
from journal.worker import Worker
from tests.letterbox import REFUSED, Letterbox

HOUR = timedelta(hours=1)


def write(session: Session, now: datetime, to: str = "ana@example.org") -> None:
    queue(session, Mail(to, "Hello", "Hello"), now, now + HOUR)
    session.commit()


def waiting(session: Session) -> int:
    count = session.scalars(select(func.count()).select_from(OutgoingMail)).one()
    session.commit()
    return count


def test_what_waits_is_sent_and_forgotten(
    session: Session, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now)
    write(session, now, "ben@example.org")

    worker.turn(now)

    assert sorted(one.rcpt_tos for one in letterbox.envelopes) == [
        ["ana@example.org"],
        ["ben@example.org"],
    ]
    assert waiting(session) == 0


@pytest.mark.assures("E02")
def test_what_was_sent_is_not_sent_again(
    session: Session, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now)

    worker.turn(now)
    worker.turn(now + HOUR / 2)

    assert len(letterbox.envelopes) == 1


@pytest.mark.assures("E09")
def test_one_that_nobody_takes_holds_up_no_other(
    session: Session, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now - timedelta(minutes=1), REFUSED)
    write(session, now)

    worker.turn(now)
    worker.turn(now)

    assert [one.rcpt_tos for one in letterbox.envelopes] == [["ana@example.org"]]
    assert waiting(session) == 1


@pytest.mark.assures("E09")
def test_one_that_does_not_open_holds_up_no_other(
    session: Session, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now - timedelta(minutes=1), "damaged@example.org")
    session.execute(update(OutgoingMail).values(sealed=b"1:damaged"))
    write(session, now)

    worker.turn(now)
    worker.turn(now)

    assert [one.rcpt_tos for one in letterbox.envelopes] == [["ana@example.org"]]


def test_a_server_that_was_away_gets_it_later(
    session: Session, posting: Config, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now)
    cut_off = Worker(replace(posting, smtp_url="smtp://127.0.0.1:9"))
    back = Worker(posting)

    cut_off.turn(now)
    back.turn(now + timedelta(minutes=1))

    cut_off.close()
    back.close()
    assert len(letterbox.envelopes) == 1


@pytest.mark.assures("E08")
def test_after_a_day_off_it_is_dropped_and_not_sent(
    session: Session, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    write(session, now)

    worker.turn(now + timedelta(days=1))

    assert letterbox.envelopes == []
    assert waiting(session) == 0


def test_without_a_server_it_waits(session: Session, config: Config, now: datetime) -> None:
    write(session, now)
    unposted = Worker(config)

    unposted.turn(now)

    unposted.close()
    assert waiting(session) == 1


@pytest.mark.assures("C01")
def test_the_log_names_nobody(
    session: Session, worker: Worker, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    write(session, now, REFUSED)
    caplog.set_level("INFO", logger="journal")

    worker.turn(now)

    assert "mail not sent" in caplog.text
    assert "refused@" not in caplog.text
