"""A worker that is killed at its first step, at its second, and so on, and one that finishes."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import make_engine
from journal.push.models import Delivery
from tests.databases import Databases
from tests.torture.many import remind
from tests.torture.sender import Orders, work
from tests.torture.sink import sinking
from tests.torture.started import ask_to_stop, started, until
from tests.torture.verdict import Verdict, all_recorded, judge

AT_ONCE = 2
# Nobody waits for it: once a worker is dead, what it held is made to run out.
LEASE = timedelta(minutes=1)


@dataclass(frozen=True)
class Size:
    """How many reminders are due, and how many a worker sends and claims at a time."""

    reminders: int
    slots: int
    batch: int


@dataclass(frozen=True)
class Run:
    """What became of it all when a worker was killed at `step`, if it came that far."""

    step: int
    killed: bool
    verdict: Verdict


@dataclass(frozen=True)
class Runs:
    """One for each step, and one in which the worker came to its end first."""

    size: Size
    runs: Sequence[Run]

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return all(
            run.verdict.harmless and run.verdict.duplicates <= self.size.slots * run.killed
            for run in self.runs
        )

    def __str__(self) -> str:
        verdicts = [run.verdict for run in self.runs]
        return (
            f"{self.size.reminders} reminders, {self.size.slots} senders, killed at each of "
            f"{sum(run.killed for run in self.runs)} steps: "
            f"{sum(one.lost for one in verdicts)} lost, "
            f"{sum(one.unrecorded for one in verdicts)} recorded wrongly, "
            f"{sum(one.differing for one in verdicts)} seen twice, at most "
            f"{max(one.duplicates for one in verdicts)} sent once more ({self.size.slots} may be)"
        )


def kill_at_each_step(databases: Databases, config: Config, size: Size) -> Runs:
    """A run for each step, until one ends before it comes to be killed."""
    runs: list[Run] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for first in count(1, AT_ONCE):
            steps = range(first, first + AT_ONCE)
            runs += threads.map(partial(_run, databases, config, size), steps)
            if not all(run.killed for run in runs):
                break
    return Runs(size, runs)


def _run(databases: Databases, config: Config, size: Size, step: int) -> Run:
    url = databases.make()
    engine = make_engine(url)
    try:
        return _killed_at(engine, replace(config, database_url=url), size, step)
    finally:
        engine.dispose()
        databases.drop(url)


def _killed_at(engine: Engine, config: Config, size: Size, step: int) -> Run:
    chance, now = Random(step), datetime.now(UTC)  # noqa: S311 -- not a secret
    with sinking(chance) as sink, tempfile.TemporaryDirectory() as marks:
        with Session(engine) as session:
            many = remind(session, sink.origin, size.reminders, now, chance)
            session.commit()
        sinks = replace(config, push_also=frozenset({sink.origin}))
        orders = Orders(sinks, Path(marks), LEASE, size.slots, size.batch)
        first = _sent(engine, replace(orders, dies_at=step), now)
        _let_leases_run_out(engine, now)
        if _sent(engine, orders, now) != 0:
            raise AssertionError("the one that finishes did not end well")
        return Run(step, first != 0, judge(engine, sink, many))


def _sent(engine: Engine, orders: Orders, now: datetime) -> int | None:
    """Have a worker send until it is dead or all is done; its exit status."""
    with started(work, orders) as worker:
        until(lambda: orders.works(worker.pid))
        until(lambda: not worker.is_alive() or all_recorded(engine, now))
        return ask_to_stop(worker)


def _let_leases_run_out(engine: Engine, now: datetime) -> None:
    with Session(engine) as session:
        session.execute(update(Delivery).where(Delivery.lease_by.is_not(None)).values(next_at=now))
        session.commit()
