"""On which days infusions were given: all that reckoning wants to know of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.infusions.models import Course, Infusion, Standing
from journal.sharing.access import Access, Enrolled, Member


@dataclass(frozen=True)
class Treated:
    """The days on which something was given, each once, oldest first; which of them a clinician
    marked as the first of a new series; and the baselines she set ("pain", "mood"), in severity
    units (0-10, high is bad)."""

    days: Sequence[date]
    new_series: frozenset[date] = frozenset()
    baselines: Mapping[str, float] = field(default_factory=dict)


NOTHING = Treated(())


def at_clinic(session: Session, member: Member, patient: Enrolled) -> Treated:
    """What this clinic gave one of its patients. It is its own record, and needs no grant."""
    clinic_id = member.clinic.id
    rows = session.execute(
        _given().where(Infusion.clinic_id == clinic_id, Infusion.patient_id == patient.id)
    )
    course = session.get(Course, (clinic_id, patient.id))
    return _treated(rows, baselines_of(course) if course else {})


def everywhere(session: Session, access: Access) -> Treated:
    """What any clinic gave her, as she sees it herself."""
    rows = session.execute(_given().where(Infusion.patient_id == access.patient_id))
    return _treated(rows, {})


def of_clinic(session: Session, clinic_id: UUID) -> Mapping[UUID, Treated]:
    """What this clinic gave each of its patients, for reckoning; no page reads it."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(_given().where(Infusion.clinic_id == clinic_id)):
        found[row.patient_id].append(row)
    courses = {
        course.patient_id: baselines_of(course)
        for course in session.scalars(select(Course).where(Course.clinic_id == clinic_id))
    }
    return {one: _treated(rows, courses.get(one, {})) for one, rows in found.items()}


def foreseen(session: Session, access: Access, first: date, last: date) -> Sequence[date]:
    """The days between these two for which an infusion is planned, or on which one was given."""
    return session.scalars(
        select(Infusion.day)
        .where(Infusion.patient_id == access.patient_id, Infusion.struck_at.is_(None))
        .where(Infusion.standing.in_((Standing.PLANNED, Standing.GIVEN)))
        .where(Infusion.day.between(first, last))
        .distinct()
        .order_by(Infusion.day)
    ).all()


def baselines_of(course: Course) -> Mapping[str, float]:
    """What a clinician set, by what is measured."""
    said = {"pain": course.pain_baseline, "mood": course.mood_baseline}
    return {measure: value for measure, value in said.items() if value is not None}


def _given() -> Select[UUID, date, bool]:
    return select(Infusion.patient_id, Infusion.day, Infusion.new_series).where(
        Infusion.standing == Standing.GIVEN, Infusion.struck_at.is_(None)
    )


def _treated(rows: Iterable[Any], baselines: Mapping[str, float]) -> Treated:
    known = list(rows)
    marked = frozenset(row.day for row in known if row.new_series)
    return Treated(sorted({row.day for row in known}), marked, baselines)
