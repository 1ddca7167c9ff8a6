"""Workers that are killed at random moments while many reminders are due."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import monotonic, sleep

from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import make_engine
from tests.torture.many import remind
from tests.torture.sender import Orders, work
from tests.torture.sink import Sink, sinking
from tests.torture.started import ask_to_stop, kill, posters_of, start, until
from tests.torture.verdict import Verdict, all_recorded, judge

LONGEST_WAIT = 0.1
PATIENCE = 900


@dataclass(frozen=True)
class Plan:
    """How much there is to send, by how many, and how many of them are killed meanwhile."""

    reminders: int
    kills: int
    seed: int
    workers: int = 4
    slots: int = 8
    batch: int = 32
    lease: timedelta = timedelta(seconds=3)

    @property
    def most_duplicates(self) -> int:
        """One for each kill and sender."""
        return self.kills * self.slots


@dataclass(frozen=True)
class Result:
    """How it went; `ends` are the exit statuses of those who were asked to stop at last."""

    plan: Plan
    verdict: Verdict
    ends: frozenset[int | None]
    seconds: float

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        kept = self.verdict.duplicates <= self.plan.most_duplicates
        return kept and self.verdict.harmless and self.ends == {0}

    def __str__(self) -> str:
        plan, verdict = self.plan, self.verdict
        return (
            f"{plan.reminders:,} reminders, {plan.workers} workers of {plan.slots} senders, "
            f"{plan.kills} kills: {verdict} ({plan.most_duplicates} may be); "
            f"{self.seconds:.0f} s, seed {plan.seed}"
        )


class Crew:
    """Workers; whoever is killed is replaced."""

    def __init__(self, orders: Orders, size: int) -> None:
        self._orders = orders
        self._workers = [start(work, orders) for _ in range(size)]

    def kill_one(self, chance: Random) -> None:
        """Kill any of them, or every other time one that is seen to work, if any is.

        Of every third, somebody who posts for it is killed instead.
        """
        working = [one for one in self._workers if self._orders.works(one.pid)]
        victim = chance.choice(working if working and chance.random() < 0.5 else self._workers)
        posters = posters_of(victim)
        if posters and chance.random() < 1 / 3:
            os.kill(chance.choice(posters), SIGKILL)
            return
        kill(victim)
        self._workers.remove(victim)
        self._workers.append(start(work, self._orders))

    def stop(self) -> frozenset[int | None]:
        """Ask all of them to stop; their exit statuses."""
        return frozenset(ask_to_stop(one) for one in self._workers)

    def end(self) -> None:
        """Leave nobody behind, however it went."""
        for one in self._workers:
            kill(one)


def torture(config: Config, plan: Plan) -> Result:
    """Send them all, on a database with the schema in it."""
    chance, began = Random(plan.seed), monotonic()  # noqa: S311 -- moments, not secrets
    engine, now = make_engine(config.database_url), datetime.now(UTC)
    with sinking(Random(plan.seed)) as sink:  # noqa: S311
        with Session(engine) as session:
            many = remind(session, sink.origin, plan.reminders, now, chance)
            session.commit()
        with _crew(config, plan, sink) as crew:
            _kill(crew, plan, sink, chance)
            until(lambda: all_recorded(engine, now), PATIENCE)
            ends = crew.stop()
        verdict = judge(engine, sink, many)
    engine.dispose()
    return Result(plan, verdict, ends, monotonic() - began)


def _kill(crew: Crew, plan: Plan, sink: Sink, chance: Random) -> None:
    """By what has arrived, not by the clock: so a fast machine is tortured as much as a slow."""
    for moment in sorted(chance.randrange(plan.reminders) for _ in range(plan.kills)):
        until(partial(sink.has, moment), PATIENCE)
        sleep(chance.uniform(0, LONGEST_WAIT))
        crew.kill_one(chance)


@contextmanager
def _crew(config: Config, plan: Plan, sink: Sink) -> Iterator[Crew]:
    with tempfile.TemporaryDirectory() as marks:
        sinks = replace(config, push_also=frozenset({sink.origin}))
        orders = Orders(sinks, Path(marks), plan.lease, plan.slots, plan.batch)
        crew = Crew(orders, plan.workers)
        try:
            yield crew
        finally:
            crew.end()
