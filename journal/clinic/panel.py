"""The panel: whom to look at first, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, gettext
from markupsafe import Markup

from journal.charts import Series, spark
from journal.clinic.standing import Points, Standing
from journal.clock import diary_day
from journal.sharing.access import Enrolled

PAGE = 50
SILENT = 3
SERIES = (("pain", "pain_avg", 10, ""), ("mood", "mood", 10, ""), ("sleep", "sleep_hours", 12, "h"))


@dataclass(frozen=True)
class Row:
    """One patient of the panel. `silent` counts days since the last entry, or since joining."""

    patient: Enrolled
    standing: Standing
    silent: int
    today: date

    @property
    def worst(self) -> float:
        """The larger of the notable changes, in points; 0 without one."""
        changes = (self.standing.pain, self.standing.mood)
        return max((one.worse for one in changes if one and one.notable), default=0.0)

    @property
    def sign(self) -> str:
        """Which sign stands before the reason."""
        if self.worst:
            return "change"
        return "quiet" if self.silent >= SILENT else ""

    @property
    def since_infusion(self) -> int | None:
        last = self.standing.last_infusion
        return (self.today - last).days if last else None


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "silence": lambda row: (-row.silent, -row.worst, row.patient.name.casefold()),
    "change": lambda row: (-row.worst, -row.silent, row.patient.name.casefold()),
    "name": lambda row: row.patient.name.casefold(),
}


def rows(
    patients: Sequence[Enrolled], standings: Mapping[Any, Standing], sort: str, today: date
) -> list[Row]:
    """The consenting patients in the order asked for."""
    made = [
        Row(patient, standings[patient.id], _silent(patient, standings[patient.id], today), today)
        for patient in patients
        if patient.id in standings
    ]
    return sorted(made, key=SORTS[sort])


def found(patients: Sequence[Enrolled], wanted: str) -> list[Enrolled]:
    """Those whose name or number holds what was typed."""
    text = wanted.casefold().strip()
    return [
        patient
        for patient in patients
        if text in patient.name.casefold() or text in (patient.number or "").casefold()
    ]


def why(row: Row) -> list[str]:
    """The reasons for a look, in words, most pressing first."""
    standing = row.standing
    said = []
    if standing.mood and standing.mood.notable:
        said.append(
            gettext(
                "Mood %(points)s lower than in the four weeks before",
                points=format_decimal(standing.mood.worse),
            )
        )
    if standing.pain and standing.pain.notable:
        said.append(
            gettext(
                "Pain %(points)s higher than in the four weeks before",
                points=format_decimal(standing.pain.worse),
            )
        )
    if standing.last_entry is None:
        said.append(gettext("No day written down yet"))
    elif row.silent >= SILENT:
        said.append(gettext("Nothing for %(days)s days", days=row.silent))
    return said


def sparks(points: Points, today: date, first: date) -> dict[str, tuple[Markup, str]]:
    """For each series the last fortnight as a small line, and its newest value in words."""
    names = {"pain": gettext("Pain"), "mood": gettext("Mood"), "sleep": gettext("Sleep")}
    drawn = {}
    for key, item, high, unit in SERIES:
        mine = points.get(item, {})
        newest = mine[max(mine)].value if mine else None
        said = "" if newest is None else f"{format_decimal(newest)}{unit}"
        words = _spoken(names[key], mine)
        drawn[key] = (spark(Series(key, 0, high, unit, mine), first, today, words), said)  # type: ignore[arg-type]
    return drawn


def _spoken(name: str, points: Mapping[date, Any]) -> str:
    if not points:
        return gettext("%(name)s: nothing in the last two weeks", name=name)
    return gettext(
        "%(name)s in the last two weeks: %(days)s days, from %(low)s to %(high)s, last on %(day)s",
        name=name,
        days=len(points),
        low=format_decimal(min(point.value for point in points.values())),
        high=format_decimal(max(point.value for point in points.values())),
        day=format_date(max(points), "medium"),
    )


def _silent(patient: Enrolled, standing: Standing, today: date) -> int:
    last = standing.last_entry or diary_day(patient.since, patient.zone)
    return max(0, (today - last).days)
