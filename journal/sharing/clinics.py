"""Clinics: how they begin, who works there, and the lines they give for a crisis."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.audit.store import Happened, record
from journal.clock import zone_named
from journal.errors import Conflict, Invalid, NotThere, words
from journal.sharing.access import Member
from journal.sharing.models import Clinic, Enrolment, Membership, Role


@dataclass(frozen=True)
class Line:
    """Somebody who answers in a crisis: a number to call, one to text (and what), a word on how."""

    label: str
    call: str = ""
    text_to: str = ""
    text_body: str = ""
    note: str = ""


US_LINES = (
    Line(words("988 Suicide and Crisis Lifeline"), call="988", text_to="988"),
    Line(words("Emergency"), call="911"),
    Line(
        words("Veterans Crisis Line"),
        call="988",
        text_to="838255",
        note=words("When you call: press 1."),
    ),
    Line(
        words("988 in Spanish"),
        call="988",
        text_to="988",
        text_body="AYUDA",
        note=words("When you call: press 2."),
    ),
    Line(words("Crisis Text Line"), text_to="741741", text_body="HOME"),
)
LINES_IN = {"US": US_LINES}
# What an ambulance is called by; the first of these that a line has.
AMBULANCE = ("911", "112", "999", "000")


@dataclass(frozen=True)
class Settings:
    """What an administrator decides about the clinic."""

    name: str
    telephone: str | None
    hours: str | None
    lines: tuple[Line, ...]


def create_clinic(
    session: Session,
    *,
    name: str,
    zone: str,
    now: datetime,
    country: str = "US",
    crisis_lines: Iterable[Line] | None = None,
    telephone: str | None = None,
    hours: str | None = None,
) -> Clinic:
    """A new clinic. Where we know no lines for its country and it gives none, it has none yet.

    Raises Invalid for an empty name or an unknown zone.
    """
    _check(name, zone)
    lines = LINES_IN.get(country.upper(), ()) if crisis_lines is None else crisis_lines
    clinic = Clinic(
        name=name.strip(),
        zone=zone,
        telephone=telephone,
        hours=hours,
        crisis_lines=[asdict(line) for line in lines],
        created_at=now,
    )
    session.add(clinic)
    session.flush()
    record(session, now, Happened("clinic.created", clinic_id=clinic.id, about={"to": clinic.name}))
    return clinic


def settings_of(clinic: Clinic) -> Settings:
    """How it is now."""
    lines = tuple(Line(**line) for line in clinic.crisis_lines)
    return Settings(clinic.name, clinic.telephone, clinic.hours, lines)


def change(session: Session, administrator: Member, settings: Settings, now: datetime) -> None:
    """Change what is settled about the administrator's own clinic."""
    clinic = administrator.clinic
    told = {
        "name": settings.name,
        "telephone": settings.telephone,
        "hours": settings.hours,
        "crisis_lines": [asdict(line) for line in settings.lines],
    }
    changed = {name: to for name, to in told.items() if getattr(clinic, name) != to}
    for name, to in changed.items():
        setattr(clinic, name, to)
    if changed:
        by = administrator.account.id
        record(session, now, Happened("clinic.changed", by, clinic_id=clinic.id, about=changed))


def add_member(
    session: Session, clinic: Clinic, account: Account, role: Role, now: datetime
) -> Membership:
    """Someone begins to work at a clinic.

    Raises Invalid for a patient's account, Conflict for someone who works at a clinic already.
    """
    if account.kind != Kind.MEMBER:
        raise Invalid(words("A patient's account cannot belong to a care team."))
    works = select(Membership.id).where(Membership.account_id == account.id)
    if session.scalars(works.where(Membership.until.is_(None))).first():
        raise Conflict(words("This person already works at a clinic."))
    membership = Membership(account_id=account.id, clinic_id=clinic.id, role=role, since=now)
    session.add(membership)
    about = {"name": account.name, "role": role}
    record(session, now, Happened("member.added", clinic_id=clinic.id, about=about))
    return membership


def members(session: Session, clinic: Clinic) -> Sequence[Member]:
    """Who works there now, by name."""
    rows = session.execute(
        select(Account, Membership.role)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.clinic_id == clinic.id, Membership.until.is_(None))
        .order_by(Account.name)
    )
    return [Member(row.Account, clinic, Role(row.role)) for row in rows]


def end_membership(
    session: Session, clinic: Clinic, account_id: UUID, now: datetime, *, by: UUID | None = None
) -> None:
    """Someone works there no longer, from her next request on. Raises NotThere."""
    ended = session.execute(
        update(Membership)
        .where(
            Membership.clinic_id == clinic.id,
            Membership.account_id == account_id,
            Membership.until.is_(None),
        )
        .values(until=now)
        .returning(Membership.id)
    )
    if ended.first() is None:
        raise NotThere()
    about = {"member": str(account_id)}
    record(session, now, Happened("member.ended", by, clinic_id=clinic.id, about=about))


def of_patient(session: Session, patient_id: UUID) -> Sequence[Clinic]:
    """The clinics she is a patient of now, the first one first."""
    return session.scalars(
        select(Clinic)
        .join(Enrolment, Enrolment.clinic_id == Clinic.id)
        .where(Enrolment.patient_id == patient_id, Enrolment.until.is_(None))
        .order_by(Enrolment.since)
    ).all()


def everyones_lines(session: Session) -> Sequence[Line]:
    """The lines of all clinics here, for someone we do not know."""
    return merged(session.scalars(select(Clinic.crisis_lines).order_by(Clinic.created_at)))


def lines_of(clinics: Iterable[Clinic]) -> Sequence[Line]:
    """The lines of these clinics."""
    return merged(clinic.crisis_lines for clinic in clinics)


def emergency_in(lines: Iterable[Line]) -> Line | None:
    """The line that sends an ambulance, as far as one can tell."""
    called = {line.call: line for line in reversed([*lines]) if line.call}
    return next((called[number] for number in AMBULANCE if number in called), None)


def merged(lists: Iterable[Iterable[dict[str, str]]]) -> Sequence[Line]:
    """Each line once, in the order it first comes."""
    return list(dict.fromkeys(Line(**line) for lines in lists for line in lines))


def _check(name: str, zone: str) -> None:
    if not name.strip():
        raise Invalid(words("A clinic needs a name."), field="name")
    try:
        zone_named(zone)
    except ValueError as error:
        raise Invalid(
            words("%(zone)s is not a time zone. One looks like America/New_York."),
            field="zone",
            zone=zone[:64],
        ) from error
