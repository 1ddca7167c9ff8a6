"""How every patient of the panel stands, in one question to the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Row, Uuid, and_, case, column, func, select, values
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from journal.charts import Point
from journal.entries.models import Day, How
from journal.infusions.models import Infusion
from journal.infusions.models import Standing as Became
from journal.insights.activation import high_mood_little_sleep
from journal.insights.change import BEFORE, WEEK, Change, Window, this_week_against_before
from journal.sharing.access import Access, Member
from journal.sharing.models import Scope

FORTNIGHT = 14
# Two days running, up to today or, because a day is often told on its evening, to yesterday.
NEWEST = 3
Written = aliased(Day)
ITEMS = ("pain_avg", "mood", "sleep_hours")
Points = Mapping[str, Mapping[date, Point]]


@dataclass(frozen=True)
class Standing:
    """One patient's last entry and infusion, how pain and mood changed (None: not enough), whether
    mood is high with little sleep, and the next day for which an infusion is planned."""

    last_entry: date | None
    last_infusion: date | None
    pain: Change | None
    mood: Change | None
    elated: bool = False
    planned: date | None = None


def standings(
    session: Session, member: Member, accesses: Sequence[Access], today: date
) -> Mapping[UUID, Standing]:
    """Where each of these stands; one statement for any number of them and of days."""
    if not accesses:
        return {}
    reach = _reach(accesses)
    rows = session.execute(
        select(
            reach.c.patient,
            _last_entry(reach),
            _last_infusion(reach, member),
            _planned(reach, member, today),
            *_sums("pain", Day.pain_avg, today),
            *_sums("mood", Day.mood, today),
            *_newest("mood", Day.mood, today),
            *_newest("sleep", Day.sleep_hours, today),
        )
        .select_from(reach)
        .outerjoin(
            Day,
            and_(
                Day.account_id == reach.c.patient,
                Day.day > today - timedelta(days=WEEK + BEFORE),
                Day.day <= today,
                Day.day >= reach.c.first,
            ),
        )
        .group_by(reach.c.patient, reach.c.first)
    )
    return {row.patient: _standing(row, today) for row in rows}


def fortnight(session: Session, accesses: Sequence[Access], today: date) -> Mapping[UUID, Points]:
    """The last 14 days of pain, mood and sleep of these patients; nothing for anybody else."""
    found: dict[UUID, dict[str, dict[date, Point]]] = defaultdict(lambda: defaultdict(dict))
    if not accesses:
        return found
    reach = _reach(accesses)
    rows = session.execute(
        select(Day.account_id, Day.day, Day.told, *(getattr(Day, item) for item in ITEMS))
        .join(reach, and_(Day.account_id == reach.c.patient, Day.day >= reach.c.first))
        .where(Day.day > today - timedelta(days=FORTNIGHT), Day.day <= today)
    )
    for row in rows:
        for item, value in zip(ITEMS, row[3:], strict=True):
            if value is not None:
                hollow = row.told[item]["how"] != How.LIVE
                found[row.account_id][item][row.day] = Point(float(value), hollow)
    return found


def planned(
    session: Session, member: Member, patients: Sequence[UUID], today: date
) -> Mapping[UUID, date]:
    """The next day from today on for which an infusion is planned here, by patient."""
    if not patients:
        return {}
    rows = session.execute(
        select(Infusion.patient_id, func.min(Infusion.day))
        .where(Infusion.patient_id.in_(patients), *_to_come(member, today))
        .group_by(Infusion.patient_id)
    )
    return {patient: day for patient, day in rows}


def _to_come(member: Member, today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Infusion.clinic_id == member.clinic.id,
        Infusion.standing == Became.PLANNED,
        Infusion.struck_at.is_(None),
        Infusion.day >= today,
    )


def _reach(accesses: Sequence[Access]) -> Any:
    """A table of whose numbers may be read from which day on."""
    rows = [(access.patient_id, _first(access)) for access in accesses]
    return values(column("patient", Uuid), column("first", Date)).data(rows).cte("reach")


def _first(access: Access) -> date:
    # Whoever shares notes and no numbers has no day that may be counted here.
    return access.first or date.min if access.allows(Scope.NUMBERS) else date.max


def _last_entry(reach: Any) -> ColumnElement[date]:
    return (
        select(func.max(Written.day))
        .where(Written.account_id == reach.c.patient, Written.answered)
        .where(Written.day >= reach.c.first)
        .correlate(reach)
        .scalar_subquery()
        .label("last_entry")
    )


def _last_infusion(reach: Any, member: Member) -> ColumnElement[date]:
    return (
        select(func.max(Infusion.day))
        .where(Infusion.clinic_id == member.clinic.id, Infusion.patient_id == reach.c.patient)
        .where(Infusion.standing == Became.GIVEN, Infusion.struck_at.is_(None))
        .correlate(reach)
        .scalar_subquery()
        .label("last_infusion")
    )


def _planned(reach: Any, member: Member, today: date) -> ColumnElement[date]:
    return (
        select(func.min(Infusion.day))
        .where(Infusion.patient_id == reach.c.patient, *_to_come(member, today))
        .correlate(reach)
        .scalar_subquery()
        .label("planned")
    )


def _sums(name: str, item: Any, today: date) -> list[ColumnElement[Any]]:
    in_week = Day.day > today - timedelta(days=WEEK)
    return [
        func.sum(case((in_week, item))).label(f"{name}_week"),
        func.count(case((in_week, item))).label(f"{name}_week_days"),
        func.sum(case((~in_week, item))).label(f"{name}_before"),
        func.count(case((~in_week, item))).label(f"{name}_before_days"),
    ]


def _newest(name: str, item: Any, today: date) -> list[ColumnElement[Any]]:
    """The value of each of the newest days."""
    days = [today - timedelta(days=n) for n in range(NEWEST)]
    return [
        func.max(case((Day.day == day, item))).label(f"{name}_{n}") for n, day in enumerate(days)
    ]


def _standing(row: Row[Any], today: date) -> Standing:
    return Standing(
        row.last_entry,
        row.last_infusion,
        this_week_against_before(*_windows(row, "pain")),
        this_week_against_before(*_windows(row, "mood"), higher_is_better=True),
        bool(high_mood_little_sleep(_values(row, "mood", today), _values(row, "sleep", today))),
        row.planned,
    )


def _values(row: Row[Any], name: str, today: date) -> Mapping[date, float]:
    found = ((today - timedelta(days=n), row._mapping[f"{name}_{n}"]) for n in range(NEWEST))
    return {day: value for day, value in found if value is not None}


def _windows(row: Row[Any], name: str) -> tuple[Window, Window]:
    said = row._mapping
    return (
        Window(said[f"{name}_week"] or 0, said[f"{name}_week_days"]),
        Window(said[f"{name}_before"] or 0, said[f"{name}_before_days"]),
    )
