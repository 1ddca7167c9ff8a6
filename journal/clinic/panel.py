"""The panel: whom to look at first, and why."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask_babel import format_date, format_decimal, gettext, ngettext
from markupsafe import Markup

from journal.charts import Point, Series, spark
from journal.clinic.standing import Points, Standing
from journal.clock import diary_day
from journal.insights.change import Change
from journal.insights.exact import rounded
from journal.outcomes.baseline import ahead
from journal.outcomes.drawing import DRAWN
from journal.outcomes.wording import first_ahead
from journal.sharing.access import Access, Enrolled
from journal.sharing.models import Scope

PAGE = 50
SILENT = 3
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Row:
    """One patient of the panel, and what she lets it read. Where relief may be fading, `faded` is
    the infusion after which."""

    patient: Enrolled
    access: Access
    standing: Standing
    today: date
    faded: date | None = None

    @property
    def numbers(self) -> bool:
        """Whether her numbers are shared; without them nothing is known of silence or change."""
        return self.access.allows(Scope.NUMBERS)

    @property
    def silent(self) -> int:
        """Days since the last entry, or since there could have been one."""
        if not self.numbers:
            return 0
        joined = self.access.from_day(diary_day(self.patient.since, self.patient.zone))
        return max(0, (self.today - (self.standing.last_entry or joined)).days)

    @property
    def new(self) -> bool:
        """Whether a first day is still waited for."""
        return self.numbers and self.standing.last_entry is None

    @property
    def worst(self) -> Fraction:
        """The larger of the notable changes, in points; 0 without one."""
        return max(_worse(self.standing.pain), _worse(self.standing.mood))

    @property
    def fading(self) -> bool:
        """Whether relief may be fading, and no infusion came since that was reckoned."""
        return self.faded is not None and self.faded == self.standing.last_infusion

    @property
    def first_planned(self) -> date | None:
        """The day of a first infusion that is to come; None where one was given, or none is."""
        return self.standing.planned if self.numbers and self.since_infusion is None else None

    @property
    def sign(self) -> str:
        """Which sign stands before the reason."""
        return "change" if self.worst or self.standing.elated or self.fading else "quiet"

    @property
    def since_infusion(self) -> int | None:
        """Days since this clinic's last infusion; None without one."""
        last = self.standing.last_infusion
        return (self.today - last).days if last else None


# "silence" puts whoever needs a look first: very well and sleepless, then silent for 3 days or
# more, then sinking, then those whose relief may be fading, the new ones, those before a first
# infusion, and then the rest.
SORTS: Mapping[str, Callable[[Row], tuple[Any, ...]]] = {
    "silence": lambda row: (
        not row.standing.elated,
        -_pressing(row.silent),
        -row.worst,
        not row.fading,
        not row.new,
        row.first_planned or date.max,
        _by_name(row),
    ),
    "change": lambda row: (-row.worst, -row.silent, _by_name(row)),
    "name": lambda row: (_by_name(row),),
}


def in_order(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows in the order asked for; in the first one for an order that is not known."""
    return sorted(rows, key=SORTS.get(sort, SORTS["silence"]))


def rows(
    patients: Sequence[Enrolled],
    standings: Mapping[UUID, Standing],
    faded: Mapping[UUID, date],
    today: date,
) -> list[Row]:
    """A row for everyone who consents."""
    return [
        Row(patient, patient.access, standings[patient.id], today, faded.get(patient.id))
        for patient in patients
        if patient.access
    ]


def found(patients: Sequence[Enrolled], wanted: str) -> list[Enrolled]:
    """Those whose name or number holds what was typed, accents or not."""
    text = _plain(wanted.strip())
    return [one for one in patients if text in _plain(one.name) or text in _plain(one.number or "")]


def why(row: Row, points: Points) -> list[str]:
    """The reasons for a look, in words, most pressing first."""
    if not row.numbers:
        return [gettext("Their numbers are not shared with you")]
    first = row.first_planned
    reasons = (
        _elated(row.standing),
        _changed(row.standing),
        _fading(row),
        _quiet(row),
        _planned(first, points, row.today) if first else "",
    )
    return [said for said in reasons if said]


def why_now(patient: Enrolled, access: Access, standing: Standing, today: date) -> list[str]:
    """The reasons that her own page repeats: relief and baseline are said there by themselves."""
    row = Row(patient, access, replace(standing, planned=None), today)
    return why(row, {}) if row.numbers else []


def last_entry(row: Row) -> str:
    """When something was last written down, in words."""
    last = row.standing.last_entry
    if last is None:
        return ""
    words = {0: gettext("last entry today"), 1: gettext("last entry yesterday")}
    on = gettext("last entry %(day)s", day=format_date(last, "d MMM"))
    return words.get((row.today - last).days, on)


def sparks(points: Points, first: date, today: date) -> dict[str, tuple[Markup, str]]:
    """For each series the last fortnight as a small line, and its newest value in words."""
    names = {"pain": gettext("Pain"), "mood": gettext("Mood"), "sleep": gettext("Sleep")}
    drawn: dict[str, tuple[Markup, str]] = {}
    for key, (item, high, unit) in DRAWN.items():
        mine = points.get(item, {})
        newest = f"{format_decimal(mine[max(mine)].value)}{unit}" if mine else ""
        line = spark(Series(key, 0, high, unit, mine), first, today, _spoken(names[key], mine))
        drawn[key] = (line, newest)
    return drawn


def _changed(standing: Standing) -> str:
    """Mood and pain in one sentence: they are set against the same four weeks."""
    said = {
        "mood": str(format_decimal(rounded(_worse(standing.mood)))),
        "pain": str(format_decimal(rounded(_worse(standing.pain)))),
    }
    if _worse(standing.mood) and _worse(standing.pain):
        return gettext(
            "Mood %(mood)s lower and pain %(pain)s higher than in the four weeks before", **said
        )
    if _worse(standing.mood):
        return gettext("Mood %(mood)s lower than in the four weeks before", **said)
    if _worse(standing.pain):
        return gettext("Pain %(pain)s higher than in the four weeks before", **said)
    return ""


def _elated(standing: Standing) -> str:
    if not standing.elated:
        return ""
    return gettext("High mood with little sleep, two days running")


def _fading(row: Row) -> str:
    if not row.fading:
        return ""
    return gettext("Relief may be fading: day %(day)s", day=row.since_infusion)


def _planned(first: date, points: Points, today: date) -> str:
    """How far she is before her first infusion, by the two weeks that the panel knows."""
    if first == today:
        return gettext("First infusion today")
    pain, mood = points.get("pain_avg", {}), points.get("mood", {})
    return first_ahead(ahead(pain.keys() & mood.keys(), first, today))


def _quiet(row: Row) -> str:
    if row.silent < SILENT:
        return gettext("New: no day written down yet") if row.new else ""
    if row.new:
        return gettext("No day written down yet, %(days)s days after joining", days=row.silent)
    return gettext("Nothing for %(days)s days", days=row.silent)


def _spoken(name: str, points: Mapping[date, Point]) -> str:
    if not points:
        return gettext("%(name)s: nothing in the last two weeks", name=name)
    values = [point.value for point in points.values()]
    return ngettext(
        "%(name)s in the last two weeks: %(num)s day, from %(low)s to %(high)s, last on %(day)s",
        "%(name)s in the last two weeks: %(num)s days, from %(low)s to %(high)s, last on %(day)s",
        len(points),
        name=name,
        low=format_decimal(min(values)),
        high=format_decimal(max(values)),
        day=format_date(max(points), "medium"),
    )


def _worse(change: Change | None) -> Fraction:
    return change.worse if change and change.notable else NOTHING


def _pressing(days: int) -> int:
    return days if days >= SILENT else 0


def _by_name(row: Row) -> str:
    return _plain(row.patient.name)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
