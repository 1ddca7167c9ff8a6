"""One patient's page for the care team: three charts, and what they stand on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from journal.entries.rows import DayRead
from journal.entries.wording import in_words
from journal.outcomes.drawing import DRAWN, levels_of, over_days
from journal.outcomes.held import Held

LENGTHS = (28, 90, 180, 365, 1095)
USUAL = 90


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


@dataclass(frozen=True)
class Noticed:
    """What was noticed on a day, in words."""

    day: date
    said: str


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


def noticed(days: Sequence[DayRead], since: date | None) -> list[Noticed]:
    """What was ticked as noticed from the last infusion on, newest first."""
    return [
        Noticed(day.day, in_words("noticed", day.items["noticed"]))
        for day in reversed(days)
        if since and day.day >= since and "noticed" in day.items
    ]


def charts(
    days: Sequence[DayRead],
    infusions: Collection[date],
    standing: Mapping[str, Sequence[Held]],
    first: date,
    last: date,
) -> list[Markup]:
    """Pain, mood and sleep, each drawn by itself, its direction said (CLINICAL 6)."""
    return [
        over_days(
            key,
            days,
            first,
            last,
            infusions=infusions,
            levels=levels_of(standing[key][-1] if standing.get(key) else None),
            chart_id=f"chart-{key}",
        )
        for key in DRAWN
    ]


def _said(day: DayRead, item: str) -> str | None:
    return in_words(item, day.items[item]) if item in day.items else None
