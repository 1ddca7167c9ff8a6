"""What is asked: items, their wording and their ranges, read from the data files beside this."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Kind = Literal["nrs", "decimal", "list", "text", "flag"]
Direction = Literal["lower_better", "higher_better", "none"]
Series = Literal["pain", "mood", "sleep", "other"]


@dataclass(frozen=True)
class Item:
    """One question of the diary.

    `low` and `high` are the ends of its range, `low_word` and `high_word` their meaning;
    `step` is the smallest difference; `longest` limits text. `first` items make the short day.
    """

    id: str
    text: str
    kind: Kind
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

    @property
    def is_number(self) -> bool:
        return self.kind in ("nrs", "decimal")


@lru_cache
def diary() -> dict[str, Item]:
    """The items of a day by id, in the order they are asked."""
    text = (Path(__file__).parent / "daily-diary.json").read_text(encoding="utf-8")
    return {item["id"]: Item(**item) for item in json.loads(text)["items"]}
