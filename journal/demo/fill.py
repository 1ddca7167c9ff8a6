"""Putting the demo clinic into an empty database, in the caller's transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact, Kind
from journal.audit.store import Happened, record
from journal.clock import diary_day
from journal.demo import days
from journal.demo.diaries import SEED, diary, everyone, infusion_days, planned_day
from journal.demo.models import DemoMark
from journal.demo.stories import ANA, FADES, NEW_YORK, Story
from journal.infusions import decisions
from journal.infusions.decisions import Made
from journal.infusions.models import Course, Infusion, Standing
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
Event = tuple[datetime, Happened]


@dataclass(frozen=True)
class Person:
    """A patient of the demo, once she has a row."""

    account: Account
    story: Story
    number: int
    today: date


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
    bose, kim, _ = [_member(session, clinic, *one, now - OPENED) for one in TEAM]
    events: list[Event] = []
    stories = everyone()
    for number, story in enumerate(stories):
        person = _patient(session, story, number, now, ids)
        days.write(session, person.account, diary(story, person.today), now, ids)
        _wants_to_be_asked(session, person, now)
        events += _joins(session, clinic, person)
        events += _is_treated(session, bose, person, now)
        _is_planned(session, bose, person)
        events += _is_decided_about(session, bose, person, ids)
        progress(number + 1, len(stories))
        events += _is_looked_at(bose, person, now)
    # In the order in which it happened: each row of the log seals the one before.
    for at, happened in sorted(events, key=lambda event: event[0]):
        record(session, at.astimezone(UTC), happened)
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
    yield since, Happened("patient.joined", patient, patient, clinic.id, about)
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
        yield since, Happened("grant.given", patient, patient, clinic.id, given)


def _is_treated(session: Session, giver: Member, person: Person, now: datetime) -> Iterator[Event]:
    for day in infusion_days(person.story, person.today):
        infusion = _infusion(giver, person, day, Standing.GIVEN)
        if infusion.recorded_at <= now:
            session.add(infusion)
            yield infusion.recorded_at, _done(giver, "infusion.recorded", person)


def _is_planned(session: Session, giver: Member, person: Person) -> None:
    """The next infusion, where there is to be one, and what the plan behind it is."""
    day = planned_day(person.story, person.today)
    if day is None:
        return
    session.add(_infusion(giver, person, day, Standing.PLANNED))
    plan = {"kind": "maintenance", "days": 40} if person.story is ANA else {"kind": "as needed"}
    session.add(
        Course(
            clinic_id=giver.clinic.id,
            patient_id=person.account.id,
            plan=plan,
            changed_by=giver.account.id,
            changed_at=person.account.created_at,
        )
    )


def _infusion(giver: Member, person: Person, day: date, standing: Standing) -> Infusion:
    at = datetime.combine(day, time(9 + person.number % 7, 30), ZoneInfo(giver.clinic.zone))
    recorded = at + timedelta(minutes=50) if standing is Standing.GIVEN else None
    return Infusion(
        clinic_id=giver.clinic.id,
        patient_id=person.account.id,
        standing=standing,
        agent=person.story.agent,
        given_at=at,
        day=day,
        dose_mg=30.0 + 2.5 * (person.number % 9),
        minutes=40,
        recorded_by=giver.account.id,
        recorded_at=recorded or person.account.created_at,
    )


def _is_decided_about(
    session: Session, member: Member, person: Person, ids: Random
) -> Iterator[Event]:
    """Two weeks after his first series relief was fading; he and she talked, and waited."""
    if person.story is not FADES:
        return
    last = infusion_days(FADES, person.today)[5]
    day = last + timedelta(days=17)
    at = datetime.combine(day, time(11), ZoneInfo(member.clinic.zone))
    known = {
        "status": "ongoing",
        "durability_days": 13,
        "low_days": 4,
        "baseline": None,
        "best_improvement_pct": None,
        "diary_days": 15,
        "diary_expected": 17,
        "day": 17,
        "fading": True,
    }
    why = "He sleeps well and is back at work half days; he would rather wait and see."
    made = Made("pain", last, "wait", why, known)
    decision_id = UUID(int=ids.getrandbits(128), version=4)
    session.add(
        decisions.row_of(session, member, person.account.id, decision_id, made, at.astimezone(UTC))
    )
    yield at, _done(member, decisions.RECORDED, person)


def _is_looked_at(member: Member, person: Person, now: datetime) -> Iterator[Event]:
    """On the clinic's last working day she saw everyone in the list, and Ana's page after lunch."""
    zone = ZoneInfo(member.clinic.zone)
    day = now.astimezone(zone).date() - timedelta(days=1)
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    if person.story.scopes and person.account.began < day:
        yield datetime.combine(day, time(8, 50), zone), _done(member, PANEL_LOOK, person)
    if person.story is ANA:
        yield datetime.combine(day, time(14, 5), zone), _done(member, PAGE_LOOK, person)


def _done(member: Member, action: str, person: Person) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, person.account.id, member.clinic.id, about)
