"""A part of what `make torture` does: whoever is killed, nothing is lost, or seen twice."""

from random import randrange

import pytest

from journal.config import Config
from tests.databases import Databases
from tests.torture.crashes import Plan, torture
from tests.torture.steps import Size, kill_at_each_step

# Planned, kept, claimed, kept, handed out; each posted; recorded, kept.
STEPS_OF_FOUR = 5 + 4 + 2


@pytest.mark.assures("E02")
def test_killed_at_random_moments_they_lose_nothing(config: Config) -> None:
    plan = Plan(reminders=1000, kills=5, seed=randrange(10**6))  # noqa: S311 -- no secret

    result = torture(config, plan)

    assert result.good, str(result)


@pytest.mark.assures("E02")
def test_killed_at_any_step_they_lose_nothing(
    sqlite_databases: Databases, base_config: Config
) -> None:
    runs = kill_at_each_step(sqlite_databases, base_config, Size(reminders=4, slots=2, batch=4))

    assert runs.good, str(runs)
    assert len(runs.runs) > STEPS_OF_FOUR
