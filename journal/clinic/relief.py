"""What one page of the panel has to know of series: two questions for any number of rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, Uuid, and_, column, select, values
from sqlalchemy.orm import Session

from journal.entries.models import Day
from journal.infusions.models import Course, Infusion, Standing
from journal.infusions.treated import Treated, baselines_of
from journal.insights.series import series_of
from journal.outcomes.baseline import Ahead, ahead, since
from journal.outcomes.held import BY_NAME, series_in
from journal.sharing.access import Access, Member
from journal.sharing.models import Scope

ONE = timedelta(days=1)
Scores = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True)
class Noted:
    """The day since the last infusion, where relief may be fading; how far she is before her
    first one, where that is planned. Either may be None."""

    fading: int | None = None
    ahead: Ahead | None = None


def noted(
    session: Session, member: Member, accesses: Sequence[Access], today: date
) -> Mapping[UUID, Noted]:
    """What is to be said of these patients, of those who share their numbers."""
    reach = {one.patient_id: one for one in accesses if one.allows(Scope.NUMBERS)}
    if not reach:
        return {}
    treated, planned = _infusions(session, member, [*reach], today)
    spans = [
        (patient, max(begin, access.from_day(begin)), end)
        for patient, access in reach.items()
        for begin, end in _spans(treated.get(patient), planned.get(patient), today)
    ]
    days = _days(session, spans)
    return {
        patient: _noted(days[patient], treated.get(patient), planned.get(patient), today)
        for patient in reach
    }


def _noted(days: Scores, treated: Treated | None, planned: date | None, today: date) -> Noted:
    if treated is not None:
        last = (series_in(days[name], treated, today, name)[-1] for name in BY_NAME)
        fades = any(look.fading for look in last)
        return Noted(fading=(today - treated.days[-1]).days if fades else None)
    if planned is not None:
        both = days["pain"].keys() & days["mood"].keys()
        return Noted(ahead=ahead(both, planned, today))
    return Noted()


def _spans(
    treated: Treated | None, planned: date | None, today: date
) -> Iterator[tuple[date, date]]:
    """The days that decide: those before the first infusion, and those of the last series."""
    if treated is not None:
        yield since(treated.days[0]), treated.days[0] - ONE
        yield series_of(treated.days, treated.new_series)[-1][0], today
    elif planned is not None:
        yield since(planned), today


def _infusions(
    session: Session, member: Member, patients: Sequence[UUID], today: date
) -> tuple[Mapping[UUID, Treated], Mapping[UUID, date]]:
    """What was given up to today, and the next day planned, by patient."""
    given: dict[UUID, list[Any]] = defaultdict(list)
    planned: dict[UUID, date] = {}
    for row in session.execute(_recorded(member, patients)):
        if row.standing == Standing.GIVEN and row.day <= today:
            given[row.patient_id].append(row)
        elif row.day >= today:
            planned.setdefault(row.patient_id, row.day)
    return {patient: _treated(rows) for patient, rows in given.items()}, planned


def _recorded(member: Member, patients: Sequence[UUID]) -> Select[UUID, date, bool, str, Course]:
    return (
        select(Infusion.patient_id, Infusion.day, Infusion.new_series, Infusion.standing, Course)
        .outerjoin(
            Course,
            and_(Course.clinic_id == Infusion.clinic_id, Course.patient_id == Infusion.patient_id),
        )
        .where(Infusion.clinic_id == member.clinic.id, Infusion.patient_id.in_(patients))
        .where(Infusion.standing.in_((Standing.GIVEN, Standing.PLANNED)))
        .where(Infusion.struck_at.is_(None))
        .order_by(Infusion.day)
    )


def _treated(rows: Sequence[Any]) -> Treated:
    course, marked = rows[0].Course, (row.day for row in rows if row.new_series)
    days = sorted({row.day for row in rows})
    return Treated(days, frozenset(marked), baselines_of(course) if course else {})


def _days(session: Session, spans: Sequence[tuple[UUID, date, date]]) -> Mapping[UUID, Scores]:
    """Pain and mood in these spans, by patient and measure."""
    found: dict[UUID, dict[str, dict[date, int]]] = defaultdict(
        lambda: {name: {} for name in BY_NAME}
    )
    if not spans:
        return found
    reach = (
        values(column("patient", Uuid), column("first", Date), column("last", Date))
        .data([*spans])
        .cte("reach")
    )
    rows = session.execute(
        select(Day.account_id, Day.day, Day.pain_avg, Day.mood).join(
            reach,
            and_(Day.account_id == reach.c.patient, Day.day.between(reach.c.first, reach.c.last)),
        )
    )
    for patient, day, *scores in rows:
        for name, score in zip(BY_NAME, scores, strict=True):
            if score is not None:
                found[patient][name][day] = score
    return found
