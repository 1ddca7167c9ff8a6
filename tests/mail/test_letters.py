"""A way back in, from the page where it is asked for to the letterbox."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal import create_app
from journal.config import Config
from journal.mail.models import OutgoingMail
from journal.worker import Worker
from tests.letterbox import Letterbox
from tests.people import Browser

MINUTE = timedelta(minutes=1)
HEALTH_WORDS = (
    "pain", "mood", "sleep", "ketamin", "infusion", "clinic", "patient", "depress", "anxi", "dose",
    "medic", "treat", "doctor", "diary", "symptom", "health", "therapy", "suicid", "crisis",
)  # fmt: skip


@pytest.fixture
def mailing(config: Config, smtp_url: str) -> Config:
    return replace(config, smtp_url=smtp_url, mail_from="Journal <journal@example.org>")


@pytest.fixture
def visitor(mailing: Config) -> Iterator[Browser]:
    app = create_app(mailing)
    yield Browser(app)
    app.extensions["engine"].dispose()


@pytest.fixture
def worker(mailing: Config) -> Iterator[Worker]:
    worker = Worker(mailing)
    yield worker
    worker.close()


@pytest.mark.assures("C02")
def test_a_way_back_in_arrives_without_a_word_of_health(
    visitor: Browser, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    visitor.send_form("/recover", email="ana@example.org")

    worker.turn(now + MINUTE)

    [letter] = letterbox.texts()
    assert "/recover/" in letter
    assert [word for word in HEALTH_WORDS if word in letter.casefold()] == []


@pytest.mark.assures("C01")
def test_nothing_of_it_is_left_in_the_database(
    session: Session, visitor: Browser, worker: Worker, now: datetime
) -> None:
    visitor.send_form("/recover", email="ana@example.org")

    worker.turn(now + MINUTE)

    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


@pytest.mark.assures("A07")
def test_nobody_gets_a_letter_for_an_unknown_address(
    session: Session, visitor: Browser, worker: Worker, letterbox: Letterbox, now: datetime
) -> None:
    visitor.send_form("/recover", email="nobody@example.org")

    worker.turn(now + MINUTE)

    assert letterbox.envelopes == []
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0
