"""Putting the demo clinic into an empty database, in the caller's transaction."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact, Kind
from journal.audit.store import Happened
from journal.clock import diary_day
from journal.demo import days
from journal.demo.beside import goal_since
from journal.demo.diaries import diary, everyone
from journal.demo.models import DemoMark
from journal.demo.person import Event, Person, done, noted
from journal.demo.stories import ANA, CHECKLIST, NEW_YORK, SEED, Story
from journal.demo.treatment import is_decided_about, is_treated
from journal.entries.goals import set_goal
from journal.infusions.days import USUAL_QUIET_HOURS
from journal.infusions.models import InfusionDay
from journal.outcomes import store as outcomes
from journal.outcomes.reckon import reckoned
from journal.reminders.schedule import WEEKDAYS
from journal.reminders.store import Wanted, change
from journal.sharing import clinics, invitations
from journal.sharing.access import PAGE_LOOK, PANEL_LOOK, Member
from journal.sharing.models import Clinic, Enrolment, Grant, Role

TEAM = (
    ("Dr Bose", "bose@demo.example", Role.CLINICIAN),
    ("Kim Lindqvist", "kim@demo.example", Role.COORDINATOR),
    ("Ada Brooks", "ada@demo.example", Role.ADMINISTRATOR),
)
OPENED = timedelta(days=400)
SATURDAY = 5
Progress = Callable[[int, int], None]


def fill(session: Session, now: datetime, progress: Progress) -> None:
    """Make the clinic, its team and forty patients; `progress` hears how many are done."""
    ids = Random(SEED)  # noqa: S311 -- ids that stay the same from one demo to the next
    clinic = clinics.create_clinic(
        session,
        name="Riverbend Infusion",
        zone=NEW_YORK,
        now=now - OPENED,
        telephone="+1 716 555 0100",
        hours="Monday to Friday, 9 to 5",
    )
    session.add(
        InfusionDay(clinic_id=clinic.id, checklist=[*CHECKLIST], quiet_hours=USUAL_QUIET_HOURS)
    )
    bose, kim, _ = [_member(session, clinic, *one, now - OPENED) for one in TEAM]
    events: list[Event] = []
    stories = everyone()
    for number, story in enumerate(stories):
        person = _patient(session, story, number, now, ids)
        written = [*diary(story, person.today)]
        days.write(session, person.account, written, now, ids)
        _wants_to_be_asked(session, person, now)
        events += _joins(session, clinic, person)
        _has_a_goal(session, person)
        events += is_treated(session, bose, person, written, now, ids)
        events += is_decided_about(session, bose, person, ids)
        progress(number + 1, len(stories))
        events += _is_looked_at(bose, person, now)
    # In the order in which it happened: each row of the log seals the one before.
    for at, happens in sorted(events, key=lambda event: event[0]):
        happens(session, at.astimezone(UTC))
    for label, days_ago in (("M. Osei", 25), ("New patient, Tuesday", 3)):
        invitations.invite(session, kim, label, None, now - timedelta(days=days_ago))
    session.flush()
    outcomes.keep(session, clinic, reckoned(session, clinic, now))
    session.add(DemoMark(id=1, made_at=now))


def _member(
    session: Session, clinic: Clinic, name: str, email: str, role: Role, since: datetime
) -> Member:
    account = _account(Kind.MEMBER, name, email, clinic.zone, since)
    session.add(account)
    session.flush()
    clinics.add_member(session, clinic, account, role, since)
    return Member(account, clinic, role)


def _patient(session: Session, story: Story, number: int, now: datetime, ids: Random) -> Person:
    today = diary_day(now, story.zone)
    began = datetime.combine(today - timedelta(days=story.days), time(11), ZoneInfo(story.zone))
    email = "ana@demo.example" if story is ANA else f"patient{number}@demo.example"
    account = _account(Kind.PATIENT, story.name, email, story.zone, min(began, now))
    account.id = UUID(int=ids.getrandbits(128), version=4)
    session.add(account)
    session.flush()
    born = date(story.born, ids.randint(1, 12), ids.randint(1, 28))
    telephone = f"+1 716 555 01{number + 20:02}"
    session.add(
        Contact(account_id=account.id, telephone=telephone, may_leave_message=True, born=born)
    )
    return Person(account, story, number, today)


def _wants_to_be_asked(session: Session, person: Person, now: datetime) -> None:
    """At her time, every day, and once more; no device of hers exists that could show it."""
    if at := person.story.reminded:
        change(session, person.account, Wanted(at, WEEKDAYS, on=True, nudge=True), now)


def _has_a_goal(session: Session, person: Person) -> None:
    if since := goal_since(person.story, person.account.began):
        set_goal(session, person.account, person.story.goal, since)


def _account(kind: Kind, name: str, email: str, zone: str, since: datetime) -> Account:
    return Account(
        kind=kind,
        name=name,
        email=email,
        locale="en",
        zone=zone,
        began=diary_day(since, zone),
        created_at=since,
    )


def _joins(session: Session, clinic: Clinic, person: Person) -> Iterator[Event]:
    patient, since, scopes = person.account.id, person.account.created_at, person.story.scopes
    session.add(
        Enrolment(
            clinic_id=clinic.id, patient_id=patient, number=f"{4400 + person.number}", since=since
        )
    )
    about = {"clinic": clinic.name}
    yield noted(since, Happened("patient.joined", patient, patient, clinic.id, about))
    if scopes:
        began = person.account.began
        session.add(
            Grant(
                clinic_id=clinic.id,
                patient_id=patient,
                scopes=sorted(scopes),
                first_day=began,
                given_at=since,
            )
        )
        given = {**about, "scopes": sorted(scopes), "first_day": began.isoformat()}
        yield noted(since, Happened("grant.given", patient, patient, clinic.id, given))


def _is_looked_at(member: Member, person: Person, now: datetime) -> Iterator[Event]:
    """On the clinic's last working day she saw everyone in the list, and Ana's page after lunch."""
    zone = ZoneInfo(member.clinic.zone)
    day = now.astimezone(zone).date() - timedelta(days=1)
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    if person.story.scopes and person.account.began < day:
        yield done(member, PANEL_LOOK, person, datetime.combine(day, time(8, 50), zone))
    if person.story is ANA:
        yield done(member, PAGE_LOOK, person, datetime.combine(day, time(14, 5), zone))
