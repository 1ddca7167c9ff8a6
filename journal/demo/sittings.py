"""How people are in the chair: just before an infusion, and two hours after it. Pure."""

from collections.abc import Mapping
from random import Random

from journal.demo.stories import SEED, Story


def before(story: Story, n: int, eased: float) -> Mapping[str, int]:
    """Pain and mood on the `n`th day of her journal, before an infusion; `eased` as relief is."""
    chance = _chance(story, n)
    pain = story.pain * (1 - story.pain_relief * eased) + chance.gauss(0.3, 0.6)
    mood = story.mood + (10 - story.mood) * story.mood_relief * eased + chance.gauss(0, 0.6)
    return {"before_pain": _scale(pain), "before_mood": _scale(mood)}


def after(story: Story, n: int, eased: float) -> Mapping[str, int]:
    """The same two hours later; the chair helps for some hours even whom it does not help."""
    was, chance = before(story, n, eased), _chance(story, n)
    less = 1 + 3 * story.pain_relief + chance.gauss(0, 0.5)
    more = 1 + 3 * story.mood_relief + chance.gauss(0, 0.5)
    return {
        "after_pain": _scale(was["before_pain"] - less),
        "after_mood": _scale(was["before_mood"] + more),
    }


def _chance(story: Story, n: int) -> Random:
    return Random(f"{SEED}/{story.name}/{n}/sitting")  # noqa: S311 -- made up, no secret


def _scale(value: float) -> int:
    return min(10, max(0, round(value)))
