"""A clinic's own record of infusions, as its pages lay it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from uuid import UUID

from flask_babel import format_date, format_decimal, format_time, gettext

from journal.infusions.courses import Beside, Told
from journal.infusions.forms import TOP
from journal.infusions.items import Items, Value, items, mg_per_kg
from journal.infusions.models import Infusion, Standing
from journal.infusions.rows import numbers_of
from journal.insights.doses import Dose, cumulative
from journal.insights.exact import rounded
from journal.insights.series import series_of


@dataclass(frozen=True)
class Line:
    """One infusion in a list; `after` is how many days after the one before it in its series."""

    id: UUID
    at: datetime
    day: date
    what: str
    after: int | None = None


@dataclass(frozen=True)
class Run:
    """A series: its infusions, the newest first, and all its doses together, in words."""

    lines: Sequence[Line]
    first: date
    last: date
    dose: str


@dataclass(frozen=True)
class Listed:
    """Everything that was recorded, by what became of it."""

    planned: Sequence[Line]
    series: Sequence[Run]
    off: Sequence[tuple[Line, str]]
    struck: Sequence[Line]
    dose: str


def listed(recorded: Sequence[Infusion], zone: str) -> Listed:
    """Planned ones by their date, then the series, the newest first; and what never was."""
    standing = [one for one in recorded if one.struck_at is None]
    planned = [one for one in standing if one.standing == Standing.PLANNED]
    off = [one for one in standing if one.standing in (Standing.CANCELLED, Standing.MISSED)]
    given = [one for one in standing if one.standing == Standing.GIVEN]
    return Listed(
        planned=[_line(one, zone) for one in reversed(planned)],
        series=_series(given, zone),
        off=[(_line(one, zone), one.standing) for one in off],
        struck=[_line(one, zone) for one in recorded if one.struck_at],
        dose=_together(given),
    )


def course_in_words(told: Told) -> list[str]:
    """Why, by which plan, and what runs beside it, and whether consent is written down."""
    consent = (
        gettext("Consent on %(day)s.", day=format_date(told.consent_on, "medium"))
        if told.consent_on
        else gettext("No consent is written down.")
    )
    beside = part_in_words("beside", told) if told.beside else ""
    return [said for said in (told.diagnosis, _plan(told.plan), beside, consent) if said]


def part_in_words(part: str, told: Told) -> str:
    """One part of a course, said as it was; "nothing" where it said nothing."""
    match part:
        case "diagnosis":
            return gettext("Why they are treated: %(what)s", what=_or(told.diagnosis))
        case "beside":
            return gettext("Beside it: %(what)s", what=_or(_beside(told.beside)))
        case "plan":
            return _plan(told.plan) or gettext("Plan: %(what)s", what=_or(None))
        case "consent_on":
            return gettext("Consent: %(what)s", what=_or(_day(told.consent_on)))
        case "pain_baseline":
            return gettext("Baseline of pain: %(what)s", what=_or(_score(told.pain_baseline)))
        case _:
            mood = _upside_down(told.mood_baseline)
            return gettext("Baseline of mood: %(what)s", what=_or(_score(mood)))


def _or(said: str | None) -> str:
    return said or gettext("nothing")


def _day(day: date | None) -> str | None:
    return str(format_date(day, "medium")) if day else None


def _upside_down(severity: float | None) -> float | None:
    """Mood as it is asked for, where high is good."""
    return None if severity is None else TOP - severity


def _score(value: float | None) -> str | None:
    return None if value is None else str(format_decimal(round(value, 2)))


def _beside(beside: Sequence[Beside]) -> str:
    return ", ".join(_with_days(one) for one in beside)


def _with_days(one: Beside) -> str:
    days = " – ".join(_day(day) or "" for day in (one.since, one.until)).strip()
    return f"{one.name} ({days})" if one.since or one.until else one.name


def _plan(plan: Mapping[str, Any]) -> str:
    match plan.get("kind"):
        case "induction":
            return str(
                gettext(
                    "Plan: %(infusions)s infusions in %(weeks)s weeks.",
                    infusions=plan["infusions"],
                    weeks=plan["weeks"],
                )
            )
        case "maintenance":
            return str(gettext("Plan: one every %(days)s days.", days=plan["days"]))
        case "as needed":
            return str(gettext("Plan: as needed."))
    return ""


def in_words(name: str, value: Value | None) -> str:
    """A value of an item as a person would read it; None, a cleared one, is said too."""
    item = items()[name]
    if value is None:
        return gettext("nothing")
    if item.kind == "flag":
        return gettext("yes")
    if item.kind == "choice":
        return gettext(item.choices[str(value)])
    if item.kind == "date":
        return str(format_date(date.fromisoformat(str(value)), "medium"))
    if item.kind == "moment":
        at = datetime.fromisoformat(str(value))
        return f"{format_date(at.date(), 'medium')}, {format_time(at, 'short', rebase=False)}"
    if item.kind == "time":
        return str(format_time(time.fromisoformat(str(value)), "short", rebase=False))
    if not item.is_number:
        return str(value)
    unit = gettext(item.unit) if item.unit else ""
    return f"{format_decimal(value)} {unit}".strip()


def said_in_words(said: Mapping[str, Value | None]) -> str:
    """Several items, each by its name."""
    return "; ".join(
        f"{gettext(items()[name].text)}: {in_words(name, value)}" for name, value in said.items()
    )


def what(said: Items) -> str:
    """Dose, dose for each kilogram, agent, route and length in one line."""
    parts = [
        _amount(said),
        gettext("%(number)s mg/kg", number=format_decimal(each))
        if (each := mg_per_kg(said))
        else "",
        *(in_words(name, said[name]) for name in ("agent", "route") if name in said),
    ]
    return ", ".join(part for part in parts if part)


def _amount(said: Items) -> str:
    dose, minutes = said.get("dose_mg"), said.get("minutes")
    if dose is None:
        return ""
    if minutes is None:
        return gettext("%(dose)s mg", dose=format_decimal(dose))
    return gettext("%(dose)s mg in %(minutes)s minutes", dose=format_decimal(dose), minutes=minutes)


def _line(one: Infusion, zone: str, after: int | None = None) -> Line:
    return Line(one.id, one.given_at, one.day, what(numbers_of(one, zone)), after)


def _series(given: Sequence[Infusion], zone: str) -> list[Run]:
    """`given` is newest first."""
    by_day: dict[date, list[Infusion]] = {}
    for one in given:
        by_day.setdefault(one.day, []).append(one)
    marked = {one.day for one in given if one.new_series}
    return [_run(days, by_day, zone) for days in reversed(series_of(by_day, marked))]


def _run(days: Sequence[date], by_day: Mapping[date, Sequence[Infusion]], zone: str) -> Run:
    after = {day: (day - before).days for before, day in pairwise(days)}
    here = [one for day in reversed(days) for one in by_day[day]]
    lines = [_line(one, zone, after.get(one.day)) for one in here]
    return Run(lines, days[0], days[-1], _together(here))


def _together(given: Sequence[Infusion]) -> str:
    """All doses of these, agent by agent; "" where none was recorded."""
    doses = [Dose(one.day, one.agent, one.dose_mg) for one in given]
    sums = cumulative(doses, date.min, date.max)
    known = [(agent, given) for agent, given in sums.items() if given.mg]
    return ", ".join(
        gettext(
            "%(dose)s mg of %(agent)s",
            dose=format_decimal(rounded(given.mg, 2).normalize(), "#,##0.##"),
            agent=in_words("agent", agent),
        )
        for agent, given in known
    )
