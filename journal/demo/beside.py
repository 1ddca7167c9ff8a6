"""What people write beside the usual questions: nights, side effects, their goal. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from journal.demo.stories import SEED, Story
from journal.entries.fold import Value
from journal.patient.asks import Known, asked_on

GOAL_AFTER = timedelta(days=10)
WAKES = time(6, 30)
ONE, WEEK = timedelta(days=1), timedelta(days=7)
MORNING_AFTER = ("sedation", "dissociation", "dizzy", "nausea", "headache", "vision")
LATER = ("headache", "memory")
WIRED: Mapping[str, int] = {"elated": 2, "anxiety": 1}


@dataclass(frozen=True)
class Moment:
    """The `n`th day of one person's journal: how much relief there is, and whether she is high."""

    story: Story
    n: int
    day: date
    eased: float
    elated: bool

    def chance(self, of: str) -> Random:
        """Drawn for one thing alone, so that it changes no other."""
        return Random(f"{SEED}/{self.story.name}/{self.n}/{of}")  # noqa: S311 -- made up, no secret


def goal_since(story: Story, began: date) -> date | None:
    """The day on which she wrote down what she wants to be able to do again."""
    return began + GOAL_AFTER if story.goal else None


def said_beside(moment: Moment, known: Known, items: Mapping[str, Value]) -> Mapping[str, Value]:
    """What she adds to a day of hers: only what that day asked for, and not all of it."""
    said: dict[str, Value] = {}
    asked = asked_on(moment.day, known)
    if "noticed" in asked and _answers(moment, known):
        said["noticed"] = _noticed(moment, _since(moment, known))
    if "goal" in asked:
        said["goal_met"] = _goal_met(moment)
    if moment.story.nights and "sleep_hours" in items:
        said |= _night(float(items["sleep_hours"]), moment.chance("night"))  # type: ignore[arg-type]
    return said


def _answers(moment: Moment, known: Known) -> bool:
    """Most do; who is too well to think of it does again once it is too much."""
    if moment.elated:
        return True
    if moment.story.elated and _since(moment, known) > ONE:
        return False
    return moment.chance("answers").random() < 0.92


def _since(moment: Moment, known: Known) -> timedelta:
    return moment.day - max(day for day in known.infusions if day < moment.day)


def _noticed(moment: Moment, since: timedelta) -> Mapping[str, int]:
    """Nothing that asks for a call, but where she is high; what each tends to comes again."""
    if moment.elated:
        return WIRED
    if since > WEEK:
        return dict(_had(LATER, 0.08, 0, moment.chance("noticed")))
    tends = Random(f"{SEED}/{moment.story.name}").sample(MORNING_AFTER, 3)  # noqa: S311
    often = 0.6 if since == ONE else 0.12
    return dict(_had(tends, often, 0.3, moment.chance("noticed")))


def _had(
    effects: Sequence[str], often: float, strong: float, chance: Random
) -> Iterator[tuple[str, int]]:
    for effect in effects:
        there, much = chance.random() < often, chance.random() < strong
        if there:
            yield effect, 1 + much


def _goal_met(moment: Moment) -> str:
    felt = moment.eased + moment.chance("goal").gauss(0, 0.2)
    return "yes" if felt > 0.65 else "partly" if felt > 0.25 else "no"


def _night(hours: float, chance: Random) -> Mapping[str, Value]:
    """A night of so many hours of sleep, or nothing on a morning without the patience for it."""
    if chance.random() > 0.75:
        return {}
    sol, awakenings = chance.choice((10, 15, 20, 30, 45)), chance.choice((0, 1, 1, 2, 3))
    waso = awakenings * chance.choice((5, 10, 15))
    awake = datetime.combine(date.min + ONE, WAKES) + _five(chance, -9, 12)
    tried = awake - timedelta(hours=hours, minutes=sol + waso)
    return {
        "into_bed": _wall(tried - _five(chance, 1, 8)),
        "try_sleep": _wall(tried),
        "sol": sol,
        "awakenings": awakenings,
        "waso": waso,
        "final_awake": _wall(awake),
        "out_bed": _wall(awake + _five(chance, 0, 8)),
    }


def _five(chance: Random, least: int, most: int) -> timedelta:
    return timedelta(minutes=5 * chance.randint(least, most))


def _wall(at: datetime) -> str:
    return f"{at:%H:%M}"
