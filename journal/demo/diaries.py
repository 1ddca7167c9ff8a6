"""Diaries that look like people: noise that lingers, weekends, gaps, late entries. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Any

from journal.demo.stories import FIRST, LAST, TOLD, Story, course
from journal.entries.models import How

SEED = 20260301
PEOPLE = 40
SETS_IN = 4.0
FADES_OVER = 5.0
LINGERS = 0.45
MEDICINES = (
    {"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": 1},
    {"name": "Paracetamol", "dose": 500, "unit": "mg", "count": 2},
)


@dataclass(frozen=True)
class Written:
    """One day as it was written down: when, counted in days from the day itself, and what."""

    day: date
    how: How
    items: dict[str, Any]


def everyone() -> list[Story]:
    """Forty people: those with a story of their own, and others like them."""
    chance = Random(SEED)  # noqa: S311 -- made-up people, not secrets
    others = [_other(f"{first} {last}", chance) for first, last in zip(FIRST, LAST, strict=True)]
    return [*TOLD, *others][:PEOPLE]


def diary(story: Story, today: date, number: int) -> Iterator[Written]:
    """The days of one person up to yesterday, the same every time relative to `today`."""
    chance = Random(SEED + number)  # noqa: S311
    began = today - timedelta(days=story.days)
    swing = 0.0
    for n in range(story.days - story.quiet):
        swing = LINGERS * swing + chance.gauss(0, 0.9)
        weekend = (began + timedelta(days=n)).weekday() >= 5
        here = chance.random() < story.faithful - (0.12 if weekend else 0)
        written = _day(story, began + timedelta(days=n), n, swing, chance)
        if here:
            yield written


def infusion_days(story: Story, today: date) -> list[date]:
    """The days on which this person was given an infusion."""
    began = today - timedelta(days=story.days)
    return [began + timedelta(days=n) for one in story.courses for n in one if n < story.days]


def relief(story: Story, n: int) -> float:
    """How much of the relief is there on day `n`: 0 none, 1 all of it."""
    there = 0.0
    for one in story.courses:
        since_first, since_last = n - one[0], n - one[-1]
        if since_first > 0:
            set_in = 1 - exp(-since_first / SETS_IN)
            there = max(there, set_in / (1 + exp((since_last - story.holds) / FADES_OVER)))
    return there


def _day(story: Story, day: date, n: int, swing: float, chance: Random) -> Written:
    eased = relief(story, n)
    pain = story.pain * (1 - story.pain_relief * eased) + swing
    mood = story.mood + (10 - story.mood) * story.mood_relief * eased - swing * 0.7
    if story.name == "Helen Park" and n > story.days - 9:
        pain, mood = pain + 2.2, mood - 3
    items: dict[str, Any] = {
        "pain_avg": _scale(pain),
        "pain_worst": _scale(pain + abs(chance.gauss(1.4, 0.6))),
        "interference": _scale(pain + chance.gauss(-0.3, 0.8)),
        "mood": _scale(mood),
        "sleep_hours": _hours(6.1 + eased * 0.8 - swing * 0.4 + chance.gauss(0, 0.7)),
        "sleep_quality": _scale(4.2 + eased * 1.5 - swing + chance.gauss(0, 0.8)),
    }
    return Written(day, _how(chance), _whole(items, story, chance))


def _whole(items: dict[str, Any], story: Story, chance: Random) -> dict[str, Any]:
    """The day with what some days have more, or less."""
    if chance.random() < 0.015:
        return {"too_much": True}
    if chance.random() < 0.12:
        items.pop(chance.choice(("interference", "sleep_hours", "sleep_quality")))
    if chance.random() < 0.3:
        items["energy"] = _scale(items["mood"] + chance.gauss(0, 1))
    if items["pain_avg"] >= 6 and chance.random() < 0.35:
        items["rescue_med"] = (chance.choice(MEDICINES),)
    if story.notes and chance.random() < 0.18:
        items["note"] = chance.choice(story.notes)
    return items


def _other(name: str, chance: Random) -> Story:
    days = chance.choice((30, 75, 110, 140, 165, 180))
    courses: tuple[tuple[int, ...], ...] = (course(chance.randint(8, 24)),)
    if days > 120:
        courses = (*courses, course(chance.randint(85, 100)))
    return replace(
        TOLD[0],
        name=name,
        born=chance.randint(1944, 2001),
        days=days,
        pain=chance.uniform(4.5, 7.5),
        mood=chance.uniform(2.5, 5),
        pain_relief=chance.choice((0.1, 0.3, 0.4, 0.5)),
        mood_relief=chance.choice((0.1, 0.3, 0.5)),
        holds=chance.randint(8, 45),
        faithful=chance.uniform(0.55, 0.95),
        quiet=chance.choice((0, 0, 0, 0, 1, 2, 5)),
        courses=courses,
        notes=(),
    )


def _how(chance: Random) -> How:
    drawn = chance.random()
    return How.CORRECTED if drawn < 0.01 else How.LATE if drawn < 0.09 else How.LIVE


def _scale(value: float) -> int:
    return min(10, max(0, round(value)))


def _hours(value: float) -> float:
    return min(14.0, max(0.0, round(value * 4) / 4))
