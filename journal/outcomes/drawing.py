"""Charts of what was said, and of what each series is compared with, in the reader's words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import cast

from flask_babel import format_date, format_decimal, gettext, ngettext
from markupsafe import Markup

from journal.charts import BesideWords, Level, Point, Series, Words, beside_chart, line_chart
from journal.charts.series import Key
from journal.entries.rows import DayRead
from journal.entries.wording import points_of
from journal.instruments import diary
from journal.outcomes.held import Held

# What is drawn: the item, the least top of its axis, the unit after a value.
DRAWN: Mapping[Key, tuple[str, int, str]] = {
    "pain": ("pain_avg", 10, ""),
    "mood": ("mood", 10, ""),
    "sleep": ("sleep_hours", 12, "h"),
}
A_YEAR = 366


def over_days(
    key: Key,
    days: Sequence[DayRead],
    first: date,
    last: date,
    *,
    infusions: Collection[date] = (),
    levels: Sequence[Level] = (),
    chart_id: str,
) -> Markup:
    """One item day by day; `levels` are what it is compared with."""
    item, top, unit = DRAWN[key]
    points = points_of([day for day in days if first <= day.day <= last], item)
    return line_chart(
        Series(key, 0, top, unit, points),
        first,
        last,
        _words(key, item, _description(points, first, last), *_formats(first, last)),
        infusions=infusions,
        levels=levels,
        chart_id=chart_id,
    )


def levels_of(held: Held | None) -> Sequence[Level]:
    """The time before the first infusion, and from where on a week is clearly better than it."""
    if held is None or held.baseline is None or held.threshold is None:
        return ()
    said = {"value": format_decimal(held.threshold)}
    better = (
        gettext("clearly better: %(value)s or higher", **said)
        if held.measure.higher_is_better
        else gettext("clearly better: %(value)s or lower", **said)
    )
    before = gettext("before the first infusion: %(value)s", value=format_decimal(held.baseline))
    return (
        Level("baseline", held.baseline, before),
        Level("threshold", held.threshold, better),
    )


def beside(series: Sequence[Held], chart_id: str) -> Markup | None:
    """This time beside last time, as far as this time has come; until there is a line of this
    time, the last one beside the one before. None where there are no two lines.

    What came later last time is not shown: nobody is to wait for it.
    """
    young = bool(series) and not series[-1].after()
    two = (series[:-1] if young else series)[-2:]
    if len(two) < 2:
        return None
    before, now = two
    last = max(now.after(), default=0)
    earlier = {n: mean for n, mean in before.after().items() if n <= last}
    if not earlier:
        return None
    key = cast(Key, now.measure.name)
    words = _beside_words(key, last, young=young)
    return beside_chart(
        key, now.after(), earlier, last, words, levels=levels_of(now), chart_id=chart_id
    )


def title_of(key: Key) -> str:
    """What is drawn, in words."""
    titles = {
        "pain": gettext("Pain on average"),
        "mood": gettext("Mood"),
        "sleep": gettext("Hours slept"),
    }
    return titles[key]


def direction_of(key: Key) -> str:
    """Which way is better; "" where neither is."""
    said = {"pain": gettext("lower is better"), "mood": gettext("higher is better")}
    return said.get(key, "")


def _words(
    key: Key,
    item_id: str,
    description: str,
    day: Callable[[date], str],
    tick: Callable[[date], str],
    number: Callable[[float], str],
) -> Words:
    item, title = diary()[item_id], title_of(key)
    return Words(
        title=title,
        description=description,
        direction=direction_of(key),
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


def _beside_words(key: Key, last: int, *, young: bool) -> BesideWords:
    title, now, before = _last_times() if young else _this_time()
    return BesideWords(
        title=title,
        description=gettext(
            "%(what)s: the average of the week around each day, %(now)s up to day %(last)s after "
            "the last infusion, and on the same days %(before)s.",
            what=title_of(key),
            now=now,
            before=before,
            last=last,
        ),
        direction=direction_of(key),
        now=now,
        before=before,
        day=lambda n: str(gettext("day %(n)s", n=n)),
        tick=lambda n: str(gettext("day %(n)s", n=n)),
        number=lambda value: str(format_decimal(value)),
        numbers=gettext("The numbers"),
        heads=(gettext("After the last infusion"), now, before),
    )


def _this_time() -> tuple[str, str, str]:
    return gettext("This time beside last time"), gettext("this time"), gettext("last time")


def _last_times() -> tuple[str, str, str]:
    title = gettext("Last time beside the time before")
    return title, gettext("last time"), gettext("the time before")


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
    return ngettext(
        "%(num)s day between %(first)s and %(last)s: %(newest)s.",
        "%(num)s days between %(first)s and %(last)s, from %(low)s to %(high)s; "
        "on the newest of them %(newest)s.",
        len(points),
        low=format_decimal(min(numbers)),
        high=format_decimal(max(numbers)),
        newest=format_decimal(points[max(points)].value),
        **span,
    )
