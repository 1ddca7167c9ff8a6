"""The numbers of one patient's page as tables: week by week, and day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import format_date, format_decimal, gettext

from journal.entries.rows import DayRead
from journal.insights.exact import rounded
from journal.insights.weeks import LEAST, WEEK, days_from, mean_of, mondays
from journal.instruments import diary

FIRST = ("pain_avg", "pain_worst", "interference", "mood", "sleep_hours", "sleep_quality")
MORE = ("energy", "anxiety", "pain_now", "pain_least")


@dataclass(frozen=True)
class Cell:
    """A value in words; `few` when it says that there is too little to say one."""

    said: str = ""
    few: bool = False


@dataclass(frozen=True)
class Line:
    """A week or a day: what it is called, its values, and what to know about it."""

    name: str
    cells: Sequence[Cell]
    remark: str


@dataclass(frozen=True)
class Table:
    heads: Sequence[str]
    lines: Sequence[Line]


def by_week(days: Sequence[DayRead], first: date, began: date, last: date) -> Table:
    """Weekly means, newest first; a mean needs 4 of 7 values (CLINICAL 6).

    A week that `first` cuts is left out; the one in which the record began is not.
    """
    known = {day.day: day for day in days}
    weeks = [
        monday for monday in mondays(max(first, began), last) if monday >= first or began > first
    ]
    return Table([_head(item) for item in FIRST], [_week(one, known) for one in reversed(weeks)])


def by_day(days: Sequence[DayRead]) -> Table:
    """Every number there is, newest day first; optional items only where one was answered."""
    items = [*FIRST, *(item for item in MORE if any(item in day.items for day in days))]
    number = cache(lambda value: str(format_decimal(value)))
    lines = [
        Line(
            format_date(day.day, "EEE d MMM y"),
            [Cell(number(day.number(item)) if item in day.items else "") for item in items],
            _remark(day),
        )
        for day in reversed(days)
        if _numbers(day) or "too_much" in day.items
    ]
    return Table([_head(item) for item in items], lines)


def _week(monday: date, known: Mapping[date, DayRead]) -> Line:
    days = [known[day] for day in days_from(monday) if day in known]
    return Line(
        format_date(monday, "d MMM y"),
        [_mean([day.number(item) for day in days if item in day.items]) for item in FIRST],
        gettext("%(days)s of %(of)s", days=sum(1 for day in days if day.items), of=WEEK),
    )


def _mean(values: Sequence[float]) -> Cell:
    mean = mean_of(values, LEAST)
    if mean is not None:
        return Cell(str(format_decimal(rounded(mean), format="0.0")))
    return Cell(gettext("too few (%(days)s)", days=len(values)), few=True) if values else Cell()


def _remark(day: DayRead) -> str:
    said = [gettext("too much that day")] if "too_much" in day.items else []
    said += [gettext("added later")] if any(map(day.hollow, _numbers(day))) else []
    return ", ".join(said)


def _numbers(day: DayRead) -> list[str]:
    daily = (diary()[item] for item in day.items)
    return [item.id for item in daily if item.is_daily and item.is_number]


def _head(item: str) -> str:
    return {
        "pain_avg": gettext("Pain, average"),
        "pain_worst": gettext("Pain, worst"),
        "interference": gettext("In the way"),
        "mood": gettext("Mood"),
        "sleep_hours": gettext("Hours slept"),
        "sleep_quality": gettext("Sleep quality"),
        "energy": gettext("Energy"),
        "anxiety": gettext("Anxiety"),
        "pain_now": gettext("Pain, then"),
        "pain_least": gettext("Pain, least"),
    }[item]
