"""Keeping a patient's course: why she is treated here, by which plan, from which baseline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.db import seal, unseal
from journal.infusions.models import Course
from journal.sharing.access import Enrolled, Member


@dataclass(frozen=True)
class Beside:
    """Another treatment that runs beside it; without an end it runs on."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Told:
    """What is said of a course. Baselines are in severity units: 0-10, high is bad."""

    diagnosis: str | None = None
    beside: Sequence[Beside] = ()
    plan: Mapping[str, Any] = field(default_factory=dict)
    consent_on: date | None = None
    pain_baseline: float | None = None
    mood_baseline: float | None = None


@dataclass(frozen=True)
class CourseRead:
    """A course as its clinic reads it: what is said, and who set the baselines, when."""

    told: Told
    baseline_by: str | None = None
    baseline_on: date | None = None


def course_of(session: Session, member: Member, patient: Enrolled) -> CourseRead:
    """The course of one of this clinic's patients, empty when nothing was said. Needs no grant."""
    course = session.get(Course, (member.clinic.id, patient.id))
    if course is None:
        return CourseRead(Told())
    by = select(Account.name).where(Account.id == course.baseline_by)
    return CourseRead(_told(session, course), session.scalar(by), course.baseline_on)


def change(session: Session, member: Member, patient: Enrolled, told: Told, now: datetime) -> None:
    """Have the course say this from now on; the same again changes nothing."""
    course = session.get(Course, (member.clinic.id, patient.id))
    before = _told(session, course) if course else Told()
    if told == before:
        return
    if course is None:
        course = Course(clinic_id=member.clinic.id, patient_id=patient.id)
        session.add(course)
    _write(session, course, told)
    if (told.pain_baseline, told.mood_baseline) != (before.pain_baseline, before.mood_baseline):
        course.baseline_by = member.account.id
        course.baseline_on = now.astimezone(ZoneInfo(member.clinic.zone)).date()
    course.changed_by, course.changed_at = member.account.id, now
    about = {"name": member.account.name, "clinic": member.clinic.name}
    record(
        session,
        now,
        Happened("course.changed", member.account.id, patient.id, member.clinic.id, about),
    )


def _told(session: Session, course: Course) -> Told:
    said = json.loads(unseal(session, course.sealed, _name(course))) if course.sealed else {}
    return Told(
        said.get("diagnosis"),
        tuple(_beside(one) for one in said.get("beside", ())),
        course.plan,
        course.consent_on,
        course.pain_baseline,
        course.mood_baseline,
    )


def _write(session: Session, course: Course, told: Told) -> None:
    beside = [asdict(one) for one in told.beside]
    said = json.dumps({"diagnosis": told.diagnosis, "beside": beside}, default=str)
    course.sealed = seal(session, said, _name(course)) if told.diagnosis or beside else None
    course.plan, course.consent_on = dict(told.plan), told.consent_on
    course.pain_baseline, course.mood_baseline = told.pain_baseline, told.mood_baseline


def _beside(one: Mapping[str, str | None]) -> Beside:
    since, until = (
        date.fromisoformat(day) if day else None for day in (one["since"], one["until"])
    )
    return Beside(str(one["name"]), since, until)


def _name(course: Course) -> str:
    return f"courses/{course.clinic_id}/{course.patient_id}"
