"""Keeping a patient's course: why she is treated here, by which plan, from which baseline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.db import seal_words, unseal_words
from journal.infusions.models import Course
from journal.infusions.turns import refuse_new, take_turn
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


PARTS = tuple(part.name for part in fields(Told))


@dataclass(frozen=True)
class Earlier:
    """What these parts of a course said until someone changed them, and when."""

    parts: Sequence[str]
    told: Told
    by: str | None
    at: datetime


@dataclass(frozen=True)
class CourseRead:
    """A course as its clinic reads it: what is said and was said before, the newest first, and who
    set the baselines, when."""

    told: Told
    baseline_by: str | None = None
    baseline_on: date | None = None
    before: Sequence[Earlier] = ()


def course_of(session: Session, member: Member, patient: Enrolled) -> CourseRead:
    """The course of one of this clinic's patients, empty when nothing was said. Needs no grant."""
    course = session.get(Course, (member.clinic.id, patient.id))
    if course is None:
        return CourseRead(Told())
    by = select(Account.name).where(Account.id == course.baseline_by)
    before = _before(session, course)
    return CourseRead(_told(session, course), session.scalar(by), course.baseline_on, before)


def change(
    session: Session,
    member: Member,
    patient: Enrolled,
    told: Told,
    now: datetime,
    shown: Told | None = None,
) -> None:
    """Have the course say this from now on; the same again changes nothing.

    Of a page that had `shown` something, only what differs from it is said: what someone else
    changed meanwhile stays. Raises Conflict for someone who has left.
    """
    if not take_turn(session, member, patient):
        raise refuse_new(patient)
    # As it is after those who came first, whatever this session read before.
    course = session.get(Course, (member.clinic.id, patient.id), populate_existing=True)
    before = _told(session, course) if course else Told()
    told = _merged(before, told, shown)
    if told == before:
        return
    history = _history(before, told, member, now) if course else []
    if course is None:
        course = Course(clinic_id=member.clinic.id, patient_id=patient.id)
        session.add(course)
    _write(session, course, told, [*_opened(session, course).get("before", ()), *history])
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


def written(told: Told) -> str:
    """As a page carries along what it showed."""
    return json.dumps(asdict(told), default=str)


def read(text: str) -> Told:
    """What such a text says. Raises ValueError for any other."""
    try:
        return _said(json.loads(text))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not what a page showed of a course") from error


def _merged(before: Told, told: Told, shown: Told | None) -> Told:
    return replace(before, **{part: getattr(told, part) for part in _differing(told, shown)})


def _differing(told: Told, other: Told | None) -> list[str]:
    if other is None:
        return [*PARTS]
    return [part for part in PARTS if getattr(told, part) != getattr(other, part)]


def _history(before: Told, told: Told, member: Member, now: datetime) -> list[dict[str, Any]]:
    """What is no longer said, as it lies among what is sealed."""
    said = json.loads(written(before))
    gone = {part: said[part] for part in _differing(before, told)}
    return [{"by": str(member.account.id), "at": now.isoformat(), "said": gone}]


def _before(session: Session, course: Course) -> list[Earlier]:
    kept = _opened(session, course).get("before", ())
    if not kept:
        return []
    ids = {UUID(one["by"]) for one in kept}
    found = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    names = {row.id: row.name for row in found}
    return [
        Earlier(
            [*one["said"]],
            _said(one["said"]),
            names.get(UUID(one["by"])),
            datetime.fromisoformat(one["at"]),
        )
        for one in reversed(kept)
    ]


def _told(session: Session, course: Course) -> Told:
    said = _said(_opened(session, course))
    return replace(
        said,
        plan=course.plan,
        consent_on=course.consent_on,
        pain_baseline=course.pain_baseline,
        mood_baseline=course.mood_baseline,
    )


def _said(said: Mapping[str, Any]) -> Told:
    """From JSON; a part that is missing says nothing."""
    return Told(
        said.get("diagnosis"),
        tuple(_beside(one) for one in said.get("beside", ())),
        said.get("plan", {}),
        _day(said.get("consent_on")),
        said.get("pain_baseline"),
        said.get("mood_baseline"),
    )


def _opened(session: Session, course: Course) -> dict[str, Any]:
    return unseal_words(session, course.sealed, _name(course))


def _write(
    session: Session, course: Course, told: Told, history: Sequence[Mapping[str, Any]]
) -> None:
    said = json.loads(written(told))
    words = {"diagnosis": said["diagnosis"], "beside": said["beside"], "before": history}
    kept = {part: value for part, value in words.items() if value}
    course.sealed = seal_words(session, kept, _name(course))
    course.plan, course.consent_on = dict(told.plan), told.consent_on
    course.pain_baseline, course.mood_baseline = told.pain_baseline, told.mood_baseline


def _beside(one: Mapping[str, str | None]) -> Beside:
    return Beside(str(one["name"]), _day(one["since"]), _day(one["until"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _name(course: Course) -> str:
    return f"courses/{course.clinic_id}/{course.patient_id}"
