"""Diaries that look like people: noise that lingers, weekends, gaps, late entries. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random

from journal.demo.beside import Moment, goal_since, said_beside
from journal.demo.sittings import AFTER, BEFORE, scores
from journal.demo.stories import (
    CHECKLIST,
    CHICAGO,
    EVENING,
    FIRST,
    LAST,
    MORNING,
    NEW_YORK,
    NIGHT,
    NOTES,
    SEED,
    TOLD,
    Story,
)
from journal.entries.fold import Medicine, Value
from journal.patient.asks import Known

SIX = (0, 2, 4, 7, 9, 11)
SETS_IN, FADES_OVER = 4.0, 3.0
LINGERS, SWING, MOST = 0.45, 0.9, 1.4
SATURDAY = 5
WEEK = timedelta(days=7)
WIDE_AWAKE: dict[str, Value] = {"mood": 10, "sleep_hours": 3.0}
ACETAMINOPHEN: Medicine = {"name": "Acetaminophen", "dose": 500, "unit": "mg", "count": 2}
IBUPROFEN: Medicine = {"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": 1}


@dataclass(frozen=True)
class Written:
    """One edit as it was made: about which day, and when by the clock on her wall."""

    day: date
    at: datetime
    items: Mapping[str, Value]
    reason: str | None = None


def everyone() -> list[Story]:
    """Forty people: those with a story of their own, and others like them."""
    chance = Random(SEED)  # noqa: S311 -- made-up people, not secrets
    names = [f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True)]
    return [*TOLD, *(_other(name, chance) for name in names)]


def diary(story: Story, today: date) -> Iterator[Written]:
    """What one person wrote up to `today`, and what she will have written a few days later.

    The same every time relative to `today`; only working days and weekends follow the calendar.
    """
    began, swing = today - timedelta(days=story.days), 0.0
    given = infusion_days(story, today)
    beside: dict[date, Mapping[str, Value]] = {}
    for n in range(story.days - story.quiet + 1):
        # Each day draws for itself: leaving one out changes no other.
        chance = Random(f"{SEED}/{story.name}/{n}")  # noqa: S311
        day = began + timedelta(days=n)
        swing = LINGERS * swing + max(-MOST, min(MOST, chance.gauss(0, SWING)))
        if chance.random() < story.faithful - (0.12 if day.weekday() >= SATURDAY else 0):
            eased, elated = relief(story, given, day), n > story.days - story.elated
            items = _items(story, day, eased, n > story.days - story.sinks, swing, chance)
            items = items | WIDE_AWAKE if elated else items
            if "too_much" not in items:
                known = Known(given, beside, goal_since(story, began))
                beside[day] = said_beside(Moment(story, n, day, eased, elated), known, items)
                if day in given:
                    yield from _at_the_infusion(story, n, day, scores(story, n, eased, items))
            yield from _told(story, day, {**items, **beside.get(day, {})}, chance)


def infusion_days(story: Story, today: date) -> Sequence[date]:
    """The days on which this person was given an infusion: working days, six in two weeks."""
    began = today - timedelta(days=story.days)
    days = [
        _monday(began + timedelta(days=first)) + timedelta(days=offset)
        for first in story.series
        for offset in SIX
    ]
    return sorted(days + [_working_day(began + timedelta(days=n)) for n in story.boosters])


def planned_day(story: Story, today: date) -> date | None:
    """The working day for which this person's next infusion is planned; never today."""
    if story.planned is None:
        return None
    day = today + timedelta(days=story.planned)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def relief(story: Story, given: Sequence[date], day: date) -> float:
    """How much of the relief from these infusions is there on a day: 0 none, 1 all of it."""
    courses = _courses([one for one in given if one < day])
    return max((_of_course(story, one, day) for one in courses), default=0.0)


def _courses(days: Sequence[date]) -> Sequence[Sequence[date]]:
    """Infusions at most a week apart belong together."""
    courses: list[list[date]] = []
    for day in days:
        if courses and day - courses[-1][-1] <= WEEK:
            courses[-1].append(day)
        else:
            courses.append([day])
    return courses


def _of_course(story: Story, course: Sequence[date], day: date) -> float:
    since_first, since_last = (day - course[0]).days, (day - course[-1]).days
    return (1 - exp(-since_first / SETS_IN)) / (1 + exp((since_last - story.holds) / FADES_OVER))


def _at_the_infusion(
    story: Story, n: int, day: date, felt: Mapping[str, Value]
) -> Iterator[Written]:
    """What most write down before they leave, and again in the evening."""
    chance = Random(f"{SEED}/{story.name}/{n}/infusion")  # noqa: S311
    if chance.random() > 0.85:
        return
    minutes = timedelta(minutes=chance.randint(-20, 20))
    ready = CHECKLIST if chance.random() < 0.85 else CHECKLIST[1:]
    before = {"ready": ready, **{name: felt[name] for name in BEFORE}}
    yield Written(day, datetime.combine(day, time(8)) + minutes, before)
    after = {name: felt[name] for name in AFTER}
    yield Written(day, datetime.combine(day, time(18, 45)) + minutes, after)


def _items(
    story: Story, day: date, eased: float, sinking: bool, swing: float, chance: Random
) -> dict[str, Value]:
    if chance.random() < 0.015:
        return {"too_much": True}
    pain = story.pain * (1 - story.pain_relief * eased) + swing + 2.4 * sinking
    mood = story.mood + (10 - story.mood) * story.mood_relief * eased - 0.7 * swing - 3 * sinking
    slept = 6.1 + 0.8 * eased - 0.4 * swing + (0.6 if day.weekday() >= SATURDAY else 0)
    items: dict[str, Value] = {
        "pain_avg": _scale(pain),
        "pain_worst": _scale(pain + abs(chance.gauss(1.4, 0.6))),
        "interference": _scale(pain + chance.gauss(-0.3, 0.8)),
        "mood": _scale(mood),
        "sleep_hours": _hours(slept + chance.gauss(0, 0.7)),
        "sleep_quality": _scale(4.2 + 1.5 * eased - swing + chance.gauss(0, 0.8)),
    }
    if chance.random() < 0.1:
        items.pop(chance.choice(("interference", "sleep_hours", "sleep_quality")))
    return {**items, **_more(story, pain, mood, chance)}


def _more(story: Story, pain: float, mood: float, chance: Random) -> Mapping[str, Value]:
    """What some days hold behind "More"."""
    more: dict[str, Value] = {}
    if chance.random() < 0.3:
        more["energy"] = _scale(mood + chance.gauss(0, 1))
    if chance.random() < 0.15:
        more["anxiety"] = _scale(8 - mood + chance.gauss(0, 1))
    if pain >= 6 and chance.random() < 0.35:
        more["rescue_med"] = (chance.choice((IBUPROFEN, ACETAMINOPHEN)),)
    if story.notes and chance.random() < 0.18:
        more["note"] = chance.choice(story.notes)
    return more


def _told(story: Story, day: date, items: Mapping[str, Value], chance: Random) -> Iterator[Written]:
    """When that day was written down, and whether it was put right afterwards."""
    minutes, drawn = timedelta(minutes=chance.randint(-80, 80)), chance.random()
    live = datetime.combine(day, story.at) + minutes
    later = datetime.combine(day, time(12, 10)) + timedelta(days=chance.randint(2, 5)) + minutes
    if drawn < 0.01:
        yield Written(day, later, items, "I had it on paper.")
    elif drawn < 0.08:
        yield Written(day, datetime.combine(day, time(9, 20)) + timedelta(days=1) + minutes, items)
    else:
        yield Written(day, live, items)
        if drawn > 0.96 and "mood" in items:
            yield Written(day, live + timedelta(minutes=25), _changed(items, "mood", chance))
        elif drawn > 0.945 and "pain_avg" in items:
            put_right = _changed(items, "pain_avg", chance)
            yield Written(day, later, put_right, "I mixed up two days.")


def _changed(items: Mapping[str, Value], item: str, chance: Random) -> Mapping[str, Value]:
    before = items[item]
    return {item: _scale(float(before) + chance.choice((-2, -1, 1, 2)))}  # type: ignore[arg-type]


def _other(name: str, chance: Random) -> Story:
    days = chance.choice((30, 75, 110, 140, 165, 180))
    return Story(
        name,
        born=chance.randint(1944, 2004),
        days=days,
        pain=chance.uniform(4.5, 7.5),
        mood=chance.uniform(2.5, 5),
        series=(chance.randint(8, 20), *((chance.randint(85, 100),) if days > 120 else ())),
        boosters=(chance.randint(50, 70),) if days in (75, 110) else (),
        pain_relief=chance.choice((0.1, 0.3, 0.4, 0.5)),
        mood_relief=chance.choice((0.1, 0.3, 0.5)),
        holds=chance.randint(8, 45),
        faithful=chance.uniform(0.55, 0.95),
        quiet=chance.choice((0, 0, 0, 0, 1, 2, 5)),
        at=chance.choice((EVENING, EVENING, NIGHT, MORNING)),
        zone=chance.choice((NEW_YORK, NEW_YORK, NEW_YORK, CHICAGO)),
        notes=chance.choice(((), (), NOTES)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _scale(value: float) -> int:
    return min(10, max(0, round(value)))


def _hours(value: float) -> float:
    return min(14.0, max(0.0, round(value * 4) / 4))
