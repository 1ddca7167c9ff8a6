"""One patient's page for the care team: three charts, and what they stand on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import format_date, format_decimal, gettext
from markupsafe import Markup

from journal.charts import Point, Series, Words, line_chart
from journal.clinic.panel import SERIES
from journal.entries.rows import DayRead
from journal.entries.wording import in_words, points_of
from journal.instruments import diary

LENGTHS = (28, 90, 180, 365, 1095)
USUAL = 90
A_YEAR = 366


@dataclass(frozen=True)
class Coverage:
    """On how many of the days that could be written down something was."""

    days: int
    of: int


@dataclass(frozen=True)
class SharedWords:
    """A day's note and medicines, as far as they are shared."""

    day: date
    note: str | None
    medicines: str | None


def coverage(days: Sequence[DayRead], first: date, today: date) -> Coverage:
    """Days with any entry, of all days from `first` on; today counts once something is there."""
    written = [day.day for day in days if day.items]
    running = today not in written
    return Coverage(len(written), max(0, (today - first).days + 1 - running))


def shared_words(days: Sequence[DayRead]) -> list[SharedWords]:
    """The notes and medicines in `days`, newest first; what is not shared is not in them."""
    return [
        SharedWords(day.day, _said(day, "note"), _said(day, "rescue_med"))
        for day in reversed(days)
        if "note" in day.items or "rescue_med" in day.items
    ]


def charts(
    days: Sequence[DayRead], infusions: Collection[date], first: date, last: date
) -> list[Markup]:
    """Pain, mood and sleep, each drawn by itself, its direction said (CLINICAL 6)."""
    titles = {
        "pain": (gettext("Pain on average"), gettext("lower is better")),
        "mood": (gettext("Mood"), gettext("higher is better")),
        "sleep": (gettext("Hours slept"), ""),
    }
    made = []
    formats = _formats(first, last)
    for key, item, top, unit in SERIES:
        points = points_of(days, item)
        title, direction = titles[key]
        words = _words(title, direction, item, _description(points, first, last), *formats)
        drawn = Series(key, 0, top, unit, points)
        made.append(
            line_chart(drawn, first, last, words, infusions=infusions, chart_id=f"chart-{key}")
        )
    return made


def _words(
    title: str,
    direction: str,
    item_id: str,
    description: str,
    day: Callable[[date], str],
    tick: Callable[[date], str],
    number: Callable[[float], str],
) -> Words:
    item = diary()[item_id]
    return Words(
        title=title,
        description=description,
        direction=direction,
        low=gettext(item.low_word) if item.low_word else "",
        high=gettext(item.high_word) if item.high_word else "",
        day=day,
        tick=tick,
        number=number,
        numbers=gettext("The numbers"),
        heads=(gettext("Day"), title, gettext("Remark")),
        later=gettext("added later"),
        infusion=gettext("infusion"),
    )


def _formats(
    first: date, last: date
) -> tuple[Callable[[date], str], Callable[[date], str], Callable[[float], str]]:
    """How days and numbers are written; each only once, three years have a thousand days."""
    short = "d MMM" if (last - first).days <= A_YEAR else "MMM y"
    return (
        cache(lambda day: str(format_date(day, "full"))),
        cache(lambda day: str(format_date(day, short))),
        cache(lambda value: str(format_decimal(value))),
    )


def _description(points: Mapping[date, Point], first: date, last: date) -> str:
    span = {"first": format_date(first, "long"), "last": format_date(last, "long")}
    if not points:
        return gettext("No day between %(first)s and %(last)s.", **span)
    numbers = [point.value for point in points.values()]
    return gettext(
        "%(days)s days between %(first)s and %(last)s, from %(low)s to %(high)s; "
        "on the newest of them %(newest)s.",
        days=len(points),
        low=format_decimal(min(numbers)),
        high=format_decimal(max(numbers)),
        newest=format_decimal(points[max(points)].value),
        **span,
    )


def _said(day: DayRead, item: str) -> str | None:
    return in_words(item, day.items[item]) if item in day.items else None
