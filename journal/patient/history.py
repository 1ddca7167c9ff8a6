"""The last weeks as a calendar, and their days in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_decimal, get_locale, gettext

from journal.entries.fold import Value
from journal.entries.models import How
from journal.entries.rows import DayRead
from journal.errors import words
from journal.instruments import Part, diary

WEEKS = 5
WEEK = timedelta(days=7)
BESIDE: Mapping[Part, str] = {
    "sleep": words("the night in detail"),
    "infusion": words("around an infusion"),
    "noticed": words("what you noticed"),
    "goal": words("your goal"),
}


@dataclass(frozen=True)
class Cell:
    """One day of the calendar: what it is, whether there was an infusion, and three numbers that
    may be missing."""

    date: date
    state: str
    given: bool = False
    pain: Value | None = None
    mood: Value | None = None
    sleep: Value | None = None

    @property
    def only_words(self) -> bool:
        """Whether something was written that is none of the numbers."""
        told = self.state in set(How)
        return told and self.pain is None and self.mood is None and self.sleep is None


def first_shown(last: date) -> date:
    """The first day of the calendar whose last week holds `last`; weeks begin as locally usual."""
    locale = get_locale()
    weekday = (last.weekday() - (locale.first_week_day if locale else 0)) % 7
    return last - timedelta(days=weekday) - WEEK * (WEEKS - 1)


def calendar(
    days: Sequence[DayRead], given: Collection[date], first: date, today: date, began: date
) -> list[list[Cell]]:
    """Whole weeks from `first` on, the newest first; `given` are the days with an infusion."""
    by_day = {day.day: day for day in days}
    weeks = [
        [_cell(day, by_day.get(day), day in given, today, began) for day in _week(first + WEEK * n)]
        for n in range(WEEKS)
    ]
    return weeks[::-1]


def in_words(day: DayRead) -> str:
    """A day in one line."""
    items = day.items
    parts = [
        _said(items, "pain_avg", gettext("pain %(number)s")),
        _said(items, "pain_worst", gettext("at its worst %(number)s")),
        _said(items, "interference", gettext("in the way %(number)s")),
        _said(items, "mood", gettext("mood %(number)s")),
        _said(items, "sleep_hours", gettext("slept %(number)s hours")),
        _said(items, "sleep_quality", gettext("sleep quality %(number)s")),
        gettext("too much today") if "too_much" in items else "",
        gettext("a note") if "note" in items else "",
        gettext("extra medicine") if "rescue_med" in items else "",
        *(gettext(said) for part, said in BESIDE.items() if part in _parts(items)),
    ]
    line = ", ".join(part for part in parts if part) or gettext("something else written down")
    return line[0].upper() + line[1:]


def _parts(items: Collection[str]) -> set[Part]:
    return {diary()[item].part for item in items}


def _week(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(7)]


def _cell(day: date, read: DayRead | None, given: bool, today: date, began: date) -> Cell:
    if day > today or day < began:
        return Cell(day, "future" if day > today else "before")
    if read is None or not read.items:
        return Cell(day, "empty", given)
    pain, mood, sleep = (read.items.get(item) for item in ("pain_avg", "mood", "sleep_hours"))
    return Cell(day, _state(read), given, pain, mood, sleep)


def _state(read: DayRead) -> str:
    if set(read.items) == {"too_much"}:
        return "too_much"
    told = set(read.how.values())
    # A day is as live as its liveliest answer: adding a word later does not make it late.
    return next(how for how in (How.LIVE, How.LATE, How.CORRECTED) if how in told)


def _said(items: Mapping[str, Value], item: str, words: str) -> str:
    value = items.get(item)
    return words % {"number": format_decimal(value)} if value is not None else ""
