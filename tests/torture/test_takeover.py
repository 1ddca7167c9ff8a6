"""Whole workers: one dies and another goes on; told to stop, they finish what is in hand."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal.config import Config
from journal.push.models import Delivery, Outcome
from journal.serve import work
from tests.cli.conftest import gone
from tests.databases import Databases
from tests.torture.many import remind
from tests.torture.sender import Orders
from tests.torture.sender import work as send
from tests.torture.sink import Sink, sinking
from tests.torture.started import ask_to_stop, kill, posters_of, started, until
from tests.torture.verdict import all_recorded, judge

# What an operator is promised: so many seconds after a worker died, another one sends.
PROMISED = 10
Reminds = Callable[[int], None]


@pytest.fixture
def database_url(sqlite_databases: Databases) -> Iterator[str]:
    url = sqlite_databases.make()
    yield url
    sqlite_databases.drop(url)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking(Random(1)) as sink:  # noqa: S311 -- not a secret
        yield sink


@pytest.fixture
def here(config: Config, sink: Sink) -> Config:
    return replace(config, push_also=frozenset({sink.origin}))


@pytest.fixture
def reminds(session: Session, sink: Sink, now: datetime) -> Reminds:
    """So many more people's reminders are due at once."""

    def add(many: int) -> None:
        remind(session, sink.origin, many, now, Random(2))  # noqa: S311
        session.commit()

    return add


@pytest.fixture
def sender(here: Config, sink: Sink, reminds: Reminds) -> Iterator[BaseProcess]:
    """A worker that has sent a first reminder."""
    with started(work, here) as process:
        reminds(1)
        until(partial(sink.has, 1))
        yield process


@pytest.mark.assures("E02")
def test_when_the_one_that_sends_is_killed_another_sends(
    here: Config, sink: Sink, reminds: Reminds, sender: BaseProcess
) -> None:
    with started(work, here):
        reminds(1)
        until(partial(sink.has, 2))

        kill(sender)
        reminds(1)

        until(partial(sink.has, 3), PROMISED)


@pytest.mark.assures("E02")
def test_asked_to_stop_it_finishes_what_is_in_hand(
    sink: Sink, reminds: Reminds, sender: BaseProcess, session: Session
) -> None:
    sink.takes = (1.0, 1.0)
    reminds(1)
    until(partial(sink.has, 2))

    status = ask_to_stop(sender)

    assert status == 0
    assert session.scalars(select(Delivery.outcome)).all() == [Outcome.SENT, Outcome.SENT]


@pytest.mark.assures("E02")
def test_killed_it_leaves_nobody_behind_who_posts(sender: BaseProcess) -> None:
    everybody = [sender.pid or 0, *posters_of(sender)]

    kill(sender)

    assert len(everybody) > 1
    assert gone(everybody)


@pytest.mark.assures("E09")
def test_when_a_process_that_posts_is_killed_sending_goes_on(
    sink: Sink, reminds: Reminds, sender: BaseProcess
) -> None:
    os.kill(posters_of(sender)[0], signal.SIGKILL)

    reminds(1)

    until(partial(sink.has, 2))


@pytest.mark.assures("E02")
def test_when_a_process_that_posts_is_killed_amid_it_a_slot_doubles_one_at_most(
    here: Config, engine: Engine, session: Session, sink: Sink, now: datetime, tmp_path: Path
) -> None:
    orders = Orders(here, tmp_path, timedelta(seconds=3), slots=8, batch=32)
    many = remind(session, sink.origin, 100, now, Random(3))  # noqa: S311
    session.commit()
    sink.takes = (0.2, 0.4)

    with started(send, orders) as worker:
        until(partial(sink.has, 30))
        os.kill(posters_of(worker)[0], signal.SIGKILL)
        until(lambda: all_recorded(engine, now))
        ask_to_stop(worker)

    verdict = judge(engine, sink, many)
    assert verdict.harmless, str(verdict)
    assert verdict.duplicates <= orders.slots
