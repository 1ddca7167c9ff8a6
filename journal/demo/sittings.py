"""How people are in the chair: just before an infusion, and two hours after it. Pure."""

from collections.abc import Mapping
from random import Random

from journal.demo.stories import SEED, Story
from journal.entries.fold import Value

BEFORE, AFTER = ("before_pain", "before_mood"), ("after_pain", "after_mood")


def scores(story: Story, n: int, eased: float, said: Mapping[str, Value]) -> Mapping[str, int]:
    """Pain and mood before and after, on the `n`th day of her journal, about which she `said` this.

    What she did not say is as her relief, `eased`, has it. The chair helps for some hours even
    whom it does not help for long.
    """
    chance = Random(f"{SEED}/{story.name}/{n}/sitting")  # noqa: S311 -- made up, no secret
    pain = said.get("pain_avg", story.pain * (1 - story.pain_relief * eased))
    mood = said.get("mood", story.mood + (10 - story.mood) * story.mood_relief * eased)
    pain, mood = (float(one) + chance.gauss(0, 0.5) for one in (pain, mood))  # type: ignore[arg-type]
    return {
        "before_pain": _scale(pain),
        "before_mood": _scale(mood),
        "after_pain": _scale(pain - 1 - 3 * story.pain_relief + chance.gauss(0, 0.5)),
        "after_mood": _scale(mood + 1 + 3 * story.mood_relief + chance.gauss(0, 0.5)),
    }


def _scale(value: float) -> int:
    return min(10, max(0, round(value)))
