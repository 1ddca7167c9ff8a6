"""Putting the demo clinic's people into an empty database, in one transaction."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact, Kind
from journal.audit.store import Happened, record
from journal.clock import diary_day
from journal.demo.diaries import Written, diary, everyone, infusion_days
from journal.demo.models import DemoMark
from journal.demo.stories import ANA, Story
from journal.entries.fold import Told, counted_at, fold
from journal.entries.forms import EditBody
from journal.entries.models import Day, Edit, How
from journal.entries.rows import day_row, edit_row
from journal.infusions.models import Infusion
from journal.sharing import clinics
from journal.sharing.access import PAGE_LOOK
from journal.sharing.models import Clinic, Enrolment, Grant, Role

ZONE = "America/New_York"
EVENING = time(20, 40)
AFTER = {How.LIVE: timedelta(0), How.LATE: timedelta(hours=12), How.CORRECTED: timedelta(days=3)}
Progress = Callable[[int, int], None]


def fill(session: Session, now: datetime, progress: Progress) -> None:
    """Make the clinic, its team and forty patients; `progress` hears how many are done."""
    made_up = Random(7)  # noqa: S311 -- ids that stay the same from one demo to the next
    clinic = clinics.create_clinic(
        session,
        name="Riverbend Infusion",
        zone=ZONE,
        now=now,
        telephone="+1 555 010 0100",
        hours="Monday to Friday, 9 to 17",
    )
    bose = _team(session, clinic, now)
    stories = everyone()
    for number, story in enumerate(stories):
        patient = _patient(session, story, number, now, made_up)
        _ties(session, clinic, patient, story, number, now)
        _write_diary(session, patient, story, number, made_up)
        _give_infusions(session, clinic, bose, patient, story, made_up)
        progress(number + 1, len(stories))
        if story is ANA:
            _look(session, clinic, bose, patient, now)
    session.add(DemoMark(id=1, made_at=now))


def _team(session: Session, clinic: Clinic, now: datetime) -> Account:
    for name, email, role in (
        ("Kim Lindqvist", "kim@demo.example", Role.COORDINATOR),
        ("Ada Brooks", "ada@demo.example", Role.ADMINISTRATOR),
        ("Dr Bose", "bose@demo.example", Role.CLINICIAN),
    ):
        member = _account(Kind.MEMBER, name, email, ZONE, now, now.date())
        session.add(member)
        session.flush()
        clinics.add_member(session, clinic, member, role, now)
    return member


def _patient(
    session: Session, story: Story, number: int, now: datetime, made_up: Random
) -> Account:
    email = "ana@demo.example" if story is ANA else f"patient{number}@demo.example"
    began = diary_day(now, story.zone) - timedelta(days=story.days)
    patient = _account(Kind.PATIENT, story.name, email, story.zone, now, began)
    patient.id = UUID(int=made_up.getrandbits(128), version=4)
    session.add(patient)
    session.flush()
    born = date(story.born, made_up.randint(1, 12), made_up.randint(1, 28))
    session.add(Contact(account_id=patient.id, telephone=f"+1 555 010 {number:04}", born=born))
    return patient


def _account(kind: Kind, name: str, email: str, zone: str, now: datetime, began: date) -> Account:
    created = min(now, datetime.combine(began, EVENING, ZoneInfo(zone)))
    return Account(
        kind=kind,
        name=name,
        email=email,
        locale="en",
        zone=zone,
        began=began,
        created_at=created,
    )


def _ties(
    session: Session, clinic: Clinic, patient: Account, story: Story, number: int, now: datetime
) -> None:
    both: dict[str, Any] = {"clinic_id": clinic.id, "patient_id": patient.id}
    since = patient.created_at
    session.add(Enrolment(**both, number=f"{4400 + number}", since=since))
    if story.scopes:
        session.add(
            Grant(**both, scopes=list(story.scopes), first_day=patient.began, given_at=since)
        )
        about = {"clinic": clinic.name}
        record(session, now, Happened("grant.given", patient.id, patient.id, clinic.id, about))


def _write_diary(
    session: Session, patient: Account, story: Story, number: int, made_up: Random
) -> None:
    today = patient.began + timedelta(days=story.days)
    edits, days = [], []
    for revision, written in enumerate(diary(story, today, number), start=1):
        edit, day = _rows(session, patient, written, revision, made_up)
        edits.append(edit)
        days.append(day)
    patient.revision = len(days)
    session.flush()
    if days:
        session.execute(insert(Edit), edits)
        session.execute(insert(Day), days)


def _rows(
    session: Session, patient: Account, written: Written, revision: int, made_up: Random
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The edit and the day it makes, just as saving it would."""
    wall = datetime.combine(written.day, EVENING, ZoneInfo(patient.zone))
    at = wall + AFTER[written.how] + timedelta(minutes=made_up.randint(-90, 90))
    edit_id = UUID(int=made_up.getrandbits(128), version=4)
    reason = "I had it on paper." if written.how is How.CORRECTED else None
    body = EditBody(edit_id, at, patient.zone, written.items, reason, patient.id)
    counted = counted_at(at, at)
    told = {
        name: Told(value, counted, edit_id, written.how) for name, value in written.items.items()
    }
    stamps = {"received_at": at, "counted_at": counted, "how": written.how, "sign_in_id": None}
    return (
        edit_row(session, patient.id, written.day, body) | stamps,
        day_row(session, patient.id, written.day, fold({}, told), revision),
    )


def _give_infusions(
    session: Session,
    clinic: Clinic,
    giver: Account,
    patient: Account,
    story: Story,
    made_up: Random,
) -> None:
    today = patient.began + timedelta(days=story.days)
    for day in infusion_days(story, today):
        at = datetime.combine(day, EVENING, ZoneInfo(clinic.zone)) - timedelta(hours=10)
        session.add(
            Infusion(
                clinic_id=clinic.id,
                patient_id=patient.id,
                given_at=at,
                day=day,
                dose_mg=made_up.choice((30.0, 35.0, 40.0, 42.5)),
                minutes=40,
                recorded_by=giver.id,
                recorded_at=at,
            )
        )


def _look(
    session: Session, clinic: Clinic, member: Account, patient: Account, now: datetime
) -> None:
    about = {"name": member.name, "clinic": clinic.name}
    look = Happened(PAGE_LOOK, member.id, patient.id, clinic.id, about)
    record(session, now - timedelta(days=2, hours=3), look)
