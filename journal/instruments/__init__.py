"""What is asked: items, their wording and their ranges, read from the data files beside this."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal[
    "nrs", "decimal", "list", "text", "flag", "time", "count", "marks", "ticks", "choice"
]
Part = Literal["day", "sleep", "infusion", "noticed", "goal"]
Direction = Literal["lower_better", "higher_better", "none"]
Series = Literal["pain", "mood", "sleep", "other"]

# In the order in which they are asked.
FILES = ("daily-diary", "sleep-diary", "infusion-day", "side-effects", "goal")


@dataclass(frozen=True)
class Option:
    """One answer to choose, or one strength, and what it is called."""

    value: str
    text: str


@dataclass(frozen=True)
class Effect:
    """Something she may notice after an infusion.

    From strength `call_clinic_if` on she is told at once to call her clinic, from `emergency_if`
    on the emergency line. What has `review_if` is for her clinic to ask about, kindly: it never
    warns her.
    """

    id: str
    text: str
    code: str
    long_term: bool = False
    call_clinic_if: int | None = None
    emergency_if: int | None = None
    review_if: int | None = None

    def calls_clinic(self, strength: int) -> bool:
        return self.call_clinic_if is not None and strength >= self.call_clinic_if

    def is_emergency(self, strength: int) -> bool:
        return self.emergency_if is not None and strength >= self.emergency_if

    def is_to_review(self, strength: int) -> bool:
        return self.review_if is not None and strength >= self.review_if


@dataclass(frozen=True)
class Item:
    """One question of the diary.

    `low` and `high` are the ends of its range, `low_word` and `high_word` their meaning;
    `step` is the smallest difference; `longest` limits text. `first` items make the short day.
    `part` says in which part of a day's page it is asked.
    """

    id: str
    text: str
    kind: Kind
    part: Part = "day"
    series: Series = "other"
    first: bool = False
    low: int = 0
    high: int = 0
    step: float = 1
    low_word: str = ""
    high_word: str = ""
    direction: Direction = "none"
    longest: int = 0
    code: str = ""
    options: tuple[Option, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.kind in ("nrs", "decimal", "count")

    @property
    def is_daily(self) -> bool:
        """Whether it belongs to what is asked of everybody every day."""
        return self.part == "day"

    def option(self, value: object) -> Option | None:
        return next((one for one in self.options if one.value == str(value)), None)

    def effect(self, effect_id: str) -> Effect | None:
        return next((one for one in self.effects if one.id == effect_id), None)


@lru_cache
def diary() -> dict[str, Item]:
    """The items of a day by id, in the order they are asked."""
    return {item.id: item for name in FILES for item in _items(name)}


@lru_cache
def items_of(part: Part) -> tuple[Item, ...]:
    """Those of one part of a day."""
    return tuple(item for item in diary().values() if item.part == part)


def _items(name: str) -> list[Item]:
    text = (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
    read = json.loads(text)
    return [_item(one, read.get("part", "day")) for one in read["items"]]


def _item(read: Mapping[str, Any], part: Part) -> Item:
    told = {
        **read,
        "options": tuple(Option(**one) for one in read.get("options", ())),
        "effects": tuple(Effect(**one) for one in read.get("effects", ())),
    }
    return Item(part=part, **told)
