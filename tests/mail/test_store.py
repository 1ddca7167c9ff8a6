"""E-mails wait sealed, are claimed by one, and are gone once sent."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import opened
from journal.mail import store
from journal.mail.models import OutgoingMail
from journal.mail.store import Mail
from journal.vault import Damaged, Vault

LETTER = Mail("ana@example.org", "A way back in", "Open the marker text")
HOUR = timedelta(hours=1)


@pytest.fixture
def queued(session: Session, now: datetime) -> None:
    store.queue(session, LETTER, now, now + HOUR)
    session.commit()


def waiting(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(OutgoingMail)).one()


@pytest.mark.usefixtures("queued")
def test_what_was_put_in_comes_out(session: Session, now: datetime) -> None:
    mail_id = store.claim(session, now)

    assert mail_id
    assert store.claimed(session, mail_id) == LETTER


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("queued")
def test_nothing_of_it_can_be_read_in_the_database(session: Session) -> None:
    sealed = session.scalars(select(OutgoingMail.sealed)).one()

    assert b"marker" not in sealed
    assert b"ana@" not in sealed


@pytest.mark.assures("C05")
@pytest.mark.usefixtures("queued")
def test_it_does_not_open_as_another(session: Session, now: datetime) -> None:
    store.queue(session, Mail("ben@example.org", "Hello", "Ben"), now, now + HOUR)
    session.flush()
    first, second = session.scalars(select(OutgoingMail)).all()

    first.sealed, second.sealed = second.sealed, first.sealed

    with pytest.raises(Damaged):
        store.claimed(session, first.id)


@pytest.mark.usefixtures("queued")
def test_claimed_it_is_nobody_elses(
    session: Session, engine: Engine, config: Config, now: datetime
) -> None:
    store.claim(session, now)
    session.commit()

    with opened(engine, Vault(config.vault_keys), writing=True) as beside:
        assert store.claim(beside, now) is None


@pytest.mark.assures("E02")
@pytest.mark.usefixtures("queued")
def test_whoever_claimed_it_and_died_loses_nothing(session: Session, now: datetime) -> None:
    first = store.claim(session, now)

    assert store.claim(session, now + store.LEASE) == first


@pytest.mark.usefixtures("queued")
def test_sent_it_is_gone(session: Session, now: datetime) -> None:
    mail_id = store.claim(session, now)

    assert mail_id
    store.sent(session, mail_id)
    assert waiting(session) == 0


@pytest.mark.usefixtures("queued")
def test_not_sent_it_waits_longer_each_time(session: Session, now: datetime) -> None:
    row = session.scalars(select(OutgoingMail)).one()
    waits = []

    for _ in range(3):
        store.claim(session, row.next_at)
        store.not_sent(session, row.id, now)
        waits.append(row.next_at - now)

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]


@pytest.mark.assures("E08")
@pytest.mark.usefixtures("queued")
def test_too_late_it_is_not_sent_any_more(session: Session, now: datetime) -> None:
    assert store.claim(session, now + HOUR) is None


@pytest.mark.assures("E08")
@pytest.mark.usefixtures("queued")
def test_too_late_it_is_forgotten_and_counted(session: Session, now: datetime) -> None:
    assert store.forget(session, now + HOUR) == 1
    assert waiting(session) == 0


@pytest.mark.usefixtures("queued")
def test_in_time_it_is_not_forgotten(session: Session, now: datetime) -> None:
    assert store.forget(session, now) == 0
    assert waiting(session) == 1
