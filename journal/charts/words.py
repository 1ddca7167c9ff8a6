"""What a chart says, handed in already in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """The words of one chart; `direction`, `low` and `high` may be "" and are then left out.

    `title` names it ("Pain"), `description` is one sentence for those who do not see it,
    `direction` how to read it ("lower is better"), `low` and `high` the ends of the scale.
    `day` writes a date out, `tick` as short as an axis wants it (with the year, where a chart is
    longer than one), `number` a value.
    `numbers` opens the table, whose columns are `heads`: day, value, remark.
    `later` marks a hollow entry, `infusion` a day with an infusion.
    """

    title: str
    description: str
    direction: str
    low: str
    high: str
    day: Callable[[date], str]
    tick: Callable[[date], str]
    number: Callable[[float], str]
    numbers: str
    heads: tuple[str, str, str]
    later: str
    infusion: str
