"""How much was given over a period, agent by agent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from journal.insights.exact import exactly


@dataclass(frozen=True)
class Dose:
    """What was given on a day: agent, and mg where they were recorded."""

    day: date
    agent: str
    mg: int | float | None


@dataclass(frozen=True)
class Given:
    """The sum of an agent in mg, of how many infusions, and in how many no dose was recorded."""

    mg: Fraction
    infusions: int
    unknown: int


def cumulative(doses: Iterable[Dose], first: date, last: date) -> Mapping[str, Given]:
    """What was given from `first` to `last`, both included, by agent; agents are never added up.

    A milligram of one is not a milligram of the other, so there is no sum over all.
    """
    found: dict[str, list[int | float | None]] = defaultdict(list)
    for dose in doses:
        if first <= dose.day <= last:
            found[dose.agent].append(dose.mg)
    return {agent: _given(amounts) for agent, amounts in found.items()}


def _given(amounts: list[int | float | None]) -> Given:
    known = [exactly(mg) for mg in amounts if mg is not None]
    return Given(sum(known, Fraction(0)), len(amounts), len(amounts) - len(known))
