"""A day's page, put together: what is asked, what was said, what was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date, format_decimal, gettext
from markupsafe import Markup

from journal.charts import Series, WeekWords, week_line
from journal.entries.rows import DayRead
from journal.entries.store import Earlier
from journal.entries.wording import in_words, points_of
from journal.insights.exact import rounded
from journal.insights.weeks import mean_of
from journal.instruments import Item, Part, items_of

SIX = timedelta(days=6)
LEAST_TO_COMPARE = 3
PARTS: tuple[Part, ...] = ("infusion", "sleep", "noticed", "goal")


@dataclass(frozen=True)
class Said:
    """An earlier value in words, and when it was said."""

    value: str
    said_at: Any


def asked() -> tuple[list[Item], list[Item]]:
    """The items of the short day, and those behind "More"."""
    items = [item for item in items_of("day") if item.kind != "flag"]
    return [item for item in items if item.first], [item for item in items if not item.first]


def parts() -> Mapping[str, Sequence[Item]]:
    """The items of each of the other parts of a day."""
    return {part: items_of(part) for part in PARTS}


def earlier_by_item(earlier: Sequence[Earlier]) -> Mapping[str, list[Said]]:
    """What each item said before what it says now, newest first, repetitions left out."""
    found: dict[str, list[Earlier]] = {}
    for one in earlier:
        values = found.setdefault(one.item, [])
        if not values or values[-1].value != one.value:
            values.append(one)
    return {
        item: [Said(in_words(item, one.value), one.said_at) for one in values[1:]]
        for item, values in found.items()
        if len(values) > 1
    }


def true_sentence(day: DayRead | None, before: Sequence[DayRead]) -> str:
    """One sentence about the day that was just closed; nothing that was not said."""
    if day is None or not day.items:
        return gettext("Nothing is written down for this day.")
    if "too_much" in day.items:
        return gettext("Too much today. That is a whole answer.")
    pains = [one.number("pain_avg") for one in before if "pain_avg" in one.items]
    mean = mean_of(pains, LEAST_TO_COMPARE)
    if "pain_avg" in day.items and mean is not None:
        return gettext(
            "Your pain on average: %(now)s. On %(count)s of the six days before: %(mean)s.",
            now=day.items["pain_avg"],
            count=len(pains),
            mean=format_decimal(rounded(mean)),
        )
    return gettext("This day is in your journal.")


def week(days: Sequence[DayRead], last: date) -> Markup:
    """The seven days up to `last` as one small line."""
    spoken = gettext(
        "Seven days up to %(day)s. Pain: %(pain)s. Mood: %(mood)s.",
        day=format_date(last, "full"),
        pain=_spoken(days, "pain_avg"),
        mood=_spoken(days, "mood"),
    )
    words = WeekWords(
        label=spoken,
        pain=gettext("Pain"),
        mood=gettext("Mood"),
        letter=lambda day: str(format_date(day, "EEEEE")),
        number=lambda value: str(format_decimal(value)),
    )
    return week_line(
        Series("pain", 0, 10, "", points_of(days, "pain_avg")),
        Series("mood", 0, 10, "", points_of(days, "mood")),
        last,
        words,
    )


def _spoken(days: Sequence[DayRead], item: str) -> str:
    values = [in_words(item, day.items[item]) for day in days if item in day.items]
    return ", ".join(values) or gettext("nothing")
