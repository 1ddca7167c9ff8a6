"""One patient's page for the care team: three charts, and what they stand on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from markupsafe import Markup

from journal.entries.goals import Wanted
from journal.entries.rows import DayRead
from journal.entries.wording import in_words, reviewed_in_words, weeks_in_words
from journal.outcomes.drawing import DRAWN, levels_of, over_days
from journal.outcomes.held import Held
from journal.sharing.access import Access
from journal.sharing.models import Scope

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
    """What was noticed on a day, in words, and what of it is to be talked about with her."""

    day: date
    said: str
    to_talk_about: str


@dataclass(frozen=True)
class Goal:
    """Her goal in her words, None where they are not shared, and how the weeks were answered."""

    text: str | None
    weeks: str


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
        Noticed(day.day, in_words("noticed", had), reviewed_in_words(had))
        for day in reversed(days)
        if since and day.day >= since and (had := _had(day)) is not None
    ]


def goal(wanted: Wanted | None, access: Access, days: Sequence[DayRead]) -> Goal | None:
    """Her goal and its weeks in `days`, as far as they are shared; None without either."""
    since = wanted.since if wanted else date.min
    weeks = weeks_in_words(
        {
            day.day: day.items["goal_met"]
            for day in days
            if day.day >= since and "goal_met" in day.items
        }
    )
    if wanted:
        return Goal(wanted.text, weeks)
    # Without her words nobody here knows whether she has one; with them, she has none.
    return Goal(None, weeks) if weeks and not access.allows(Scope.NOTES) else None


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


def _had(day: DayRead) -> Mapping[str, int] | None:
    return cast("Mapping[str, int] | None", day.items.get("noticed"))


def _said(day: DayRead, item: str) -> str | None:
    return in_words(item, day.items[item]) if item in day.items else None
