"""What relief is measured by: pain and mood, each with the improvement that counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One item of a day, and the improvement in percent that counts as relief (CLINICAL 3.4)."""

    name: str
    item: str
    threshold_pct: int
    higher_is_better: bool


MEASURES = (
    Measure("pain", "pain_avg", 30, higher_is_better=False),
    Measure("mood", "mood", 50, higher_is_better=True),
)
