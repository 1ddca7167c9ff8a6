"""`make torture`: the whole of it, reminders on both databases, and a line for each run."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import SystemRandom

from journal.config import Config, from_env
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.torture.crashes import Plan, Result, torture
from tests.torture.offline import Result as Lived
from tests.torture.offline import torture as live
from tests.torture.steps import Runs, Size, kill_at_each_step

REMINDERS, KILLS = 10_000, 50
LIVES = range(500)
A_DOZEN = Size(reminders=12, slots=3, batch=6)


def main() -> None:
    """A number on the command line is the seed of an earlier run.

    A second one is the life of a phone offline that is lived again, and nothing else.
    """
    said = [int(one) for one in sys.argv[1:]]
    seed, *again = said or [SystemRandom().randrange(10**6)]
    with tempfile.TemporaryDirectory() as folder:
        config = from_env(
            {
                "JOURNAL_INSTANCE": f"{folder}/instance",
                "JOURNAL_PUSH_CONTACT": "mailto:journal@example.org",
            }
        )
        sqlite = SqliteDatabases(config, Path(folder))
        good = bool(again) or _reminders(sqlite, config, seed)
        lives = range(again[0], again[0] + 1) if again else LIVES
        good &= _offline(sqlite, config, seed, lives)
    sys.exit(not good)


def _reminders(sqlite: Databases, config: Config, seed: int) -> bool:
    """Whether every promise was kept on both."""
    good = _on("SQLite", sqlite, config, seed)
    with _postgres(config) as databases:
        return _on("PostgreSQL", databases, config, seed) and good


def _on(name: str, databases: Databases, config: Config, seed: int) -> bool:
    """Whether every promise was kept there."""
    plan = Plan(REMINDERS, KILLS, seed)
    crashes = torture(replace(config, database_url=databases.make()), plan)
    _print(name, crashes)
    steps = kill_at_each_step(databases, config, A_DOZEN)
    _print(name, steps)
    return crashes.good and steps.good


def _offline(databases: Databases, config: Config, seed: int, lives: range) -> bool:
    """Whether everything that a phone called saved was kept."""
    lived = live(replace(config, database_url=databases.make()), lives, seed)
    _print("Chromium", lived)
    return lived.good


@contextmanager
def _postgres(config: Config) -> Iterator[Databases]:
    databases = PostgresDatabases(config)
    try:
        yield databases
    finally:
        databases.close()


def _print(name: str, result: Result | Runs | Lived) -> None:
    sys.stdout.write(f"{name:12}{result}{'' if result.good else '  BROKEN'}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
