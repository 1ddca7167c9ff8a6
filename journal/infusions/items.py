"""What is written down about an infusion: each item, its unit, its range, and what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from journal.errors import words
from journal.infusions.models import Standing

Kind = Literal["moment", "time", "date", "choice", "decimal", "count", "flag", "text"]
Value = int | float | str | bool
Items = Mapping[str, Value]


@dataclass(frozen=True)
class Item:
    """One thing that can be said of an infusion.

    `low` and `high` are the ends of what can be; outside of `usual` it is asked about with the
    sentence `doubt`. A moment is the clinic's date and time, as "2026-11-24T14:30"; a time is of
    the same day, as "14:30". `longest` limits a text; texts are sealed at rest.
    """

    id: str
    text: str
    kind: Kind
    unit: str = ""
    low: float = 0
    high: float = 0
    usual: tuple[float, float] | None = None
    doubt: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    longest: int = 200

    @property
    def is_number(self) -> bool:
        return self.kind in ("decimal", "count")

    def is_doubtful(self, value: Value | None) -> bool:
        """Whether it can be, and is worth a second look."""
        if self.usual is None or value is None:
            return False
        low, high = self.usual
        return not low <= float(value) <= high


STANDINGS: Mapping[str, str] = {
    Standing.PLANNED: words("planned"),
    Standing.GIVEN: words("given"),
    Standing.CANCELLED: words("cancelled"),
    Standing.MISSED: words("missed"),
}
AGENTS = {"racemic": words("racemic ketamine"), "esketamine": words("esketamine")}
ROUTES = {
    "iv": words("into a vein"),
    "im": words("into a muscle"),
    "sc": words("under the skin"),
    "nasal": words("nasal spray"),
    "oral": words("by mouth"),
}
SEDATION = {
    "none": words("none"),
    "mild": words("mild"),
    "moderate": words("moderate"),
    "deep": words("deep"),
}
# mg for each kilogram; the protocols of CLINICAL 3.1 lie between them.
USUAL_MG_PER_KG = (0.1, 2.0)
MG_PER_KG_DOUBT = words(
    "Under 0.1 or over 2 mg for each kilogram is unusual. "
    "Is it the whole dose in mg, and the weight in kg?"
)


def _pressure(when: str, higher: str, lower: str) -> tuple[Item, Item]:
    return (
        Item(
            f"bp_systolic_{when}", higher, "count", "mmHg", 40, 300, (80, 180),
            words("An upper blood pressure under 80 or over 180 is unusual."),
        ),
        Item(
            f"bp_diastolic_{when}", lower, "count", "mmHg", 20, 200, (40, 110),
            words("A lower blood pressure under 40 or over 110 is unusual."),
        ),
    )  # fmt: skip


def _pulse(when: str, text: str) -> Item:
    return Item(
        f"heart_rate_{when}", text, "count", words("a minute"), 20, 250, (45, 130),
        words("A heart rate under 45 or over 130 is unusual."),
    )  # fmt: skip


def _score(name: str, text: str) -> Item:
    return Item(name, text, "count", low=0, high=10)


STARTED = (
    Item("standing", words("What became of it"), "choice", choices=STANDINGS),
    Item("given_at", words("It began"), "moment"),
    Item("agent", words("What was given"), "choice", choices=AGENTS),
    Item("route", words("How"), "choice", choices=ROUTES),
    Item(
        "dose_mg", words("Dose"), "decimal", "mg", 0.01, 5000, (5, 200),
        words("Under 5 mg or over 200 mg is unusual. Is it the whole dose, in mg?"),
    ),
    Item(
        "weight_kg", words("Weight"), "decimal", "kg", 10, 400, (35, 200),
        words("Under 35 kg or over 200 kg is unusual. Is the weight in kg?"),
    ),
    Item("weight_on", words("Weighed on"), "date"),
    Item(
        "minutes", words("Minutes"), "count", "", 1, 7200, (10, 300),
        words("Under 10 minutes or over 300 minutes is unusual."),
    ),
    Item("prescriber", words("Prescribed by"), "text"),
)  # fmt: skip
BEFORE = (
    *_pressure(
        "before",
        words("Blood pressure before, upper"),
        words("Blood pressure before, lower"),
    ),
    _pulse("before", words("Heart rate before")),
    _score("before_pain", words("Pain before, 0 to 10")),
    _score("before_mood", words("Mood before, 0 to 10")),
    Item("escort", words("Someone takes them home"), "flag"),
    Item("escort_name", words("Who"), "text"),
    Item("giver", words("Given by"), "text"),
)
DURING = (
    Item(
        "pauses", words("Paused for"), "count", words("min"), 0, 7200, (0, 120),
        words("A pause of more than 120 minutes is unusual."),
    ),
    *_pressure(
        "peak",
        words("Highest blood pressure, upper"),
        words("Highest blood pressure, lower"),
    ),
    _pulse("peak", words("Highest heart rate")),
    Item(
        "spo2_lowest", words("Lowest oxygen saturation"), "count", words("percent"), 30, 100,
        (88, 100), words("An oxygen saturation under 88 percent is unusual."),
    ),
    Item("oxygen", words("Oxygen was given"), "flag"),
    _score("dissociation", words("Dissociation at its strongest, 0 to 10")),
    Item("sedation", words("Sedation at its deepest"), "choice", choices=SEDATION),
    Item("adjuncts", words("Other medicines given with it"), "text", longest=500),
)  # fmt: skip
AFTER = (
    *_pressure(
        "after",
        words("Blood pressure after, upper"),
        words("Blood pressure after, lower"),
    ),
    _pulse("after", words("Heart rate after")),
    _score("after_pain", words("Pain after, 0 to 10")),
    _score("after_mood", words("Mood after, 0 to 10")),
    Item("left_at", words("Went home at"), "time"),
    Item("advice", words("Told: no driving, signing or alcohol until the next day"), "flag"),
    Item("note", words("Note"), "text", longest=4000),
)
WRONG = (
    Item("why_stopped", words("Stopped early, because"), "text", longest=500),
    Item("rescue", words("Rescue medicines"), "text", longest=500),
    Item("adverse", words("What happened"), "text", longest=2000),
    Item("adverse_action", words("What was done"), "text", longest=2000),
    Item("adverse_outcome", words("How it ended"), "text", longest=2000),
)
MARKS = (
    Item("new_series", words("First of a new series"), "flag"),
    Item("sure", words("Looked at again, and right"), "flag"),
)
# As the form lays them out, folded away but for the first.
PARTS: tuple[tuple[str, str, tuple[Item, ...]], ...] = (
    ("started", words("The infusion"), STARTED),
    ("before", words("Before"), BEFORE),
    ("during", words("During"), DURING),
    ("after", words("After"), AFTER),
    ("wrong", words("Anything wrong"), WRONG),
)


@lru_cache
def items() -> dict[str, Item]:
    """Every item by its id, in the order of the form."""
    said = [item for _, _, part in PARTS for item in part]
    return {item.id: item for item in (*said, *MARKS)}


@lru_cache
def sealed_ids() -> frozenset[str]:
    """What is written in words, and sealed at rest."""
    return frozenset(item.id for item in items().values() if item.kind == "text")


def mg_per_kg(said: Items) -> float | None:
    """The dose for each kilogram, two places; None where dose or weight is missing."""
    dose, weight = said.get("dose_mg"), said.get("weight_kg")
    return round(float(dose) / float(weight), 2) if dose and weight else None
