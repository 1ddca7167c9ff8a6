"""Access: the proof that one may read a patient's record. Only this module makes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact
from journal.audit.models import AuditEvent
from journal.audit.store import Happened, record
from journal.errors import NotThere
from journal.sharing.models import Clinic, Enrolment, Grant, Membership, Role, Scope

PANEL_LOOK = "looked.panel"
PAGE_LOOK = "looked.page"
SAME_VISIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Access:
    """What may be read of one patient: which parts, from which day on (None: all days)."""

    patient_id: UUID
    scopes: frozenset[Scope]
    first: date | None

    def allows(self, scope: Scope) -> bool:
        return scope in self.scopes

    def from_day(self, day: date) -> date:
        """`day`, or the first day that may be read if that is later."""
        return max(day, self.first) if self.first else day


@dataclass(frozen=True)
class Member:
    """Someone who works at a clinic now."""

    account: Account
    clinic: Clinic
    role: Role

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR


@dataclass(frozen=True)
class Enrolled:
    """A patient of a clinic as its members know her; `access` is None without consent."""

    id: UUID
    name: str
    number: str | None
    born: date | None
    zone: str
    began: date
    since: datetime
    access: Access | None


def own(patient: Account) -> Access:
    """A patient reads her own record, from the day it began."""
    return Access(patient.id, frozenset(Scope), patient.began)


def member_of(session: Session, account: Account) -> Member:
    """Where this account works now. Raises NotThere for anyone who does not."""
    found = session.execute(
        select(Membership.role, Clinic)
        .join(Clinic, Clinic.id == Membership.clinic_id)
        .where(Membership.account_id == account.id, Membership.until.is_(None))
    ).one_or_none()
    if found is None:
        raise NotThere()
    return Member(account, found.Clinic, Role(found.role))


def granted(
    session: Session, member: Member, patient_id: UUID, now: datetime
) -> tuple[Enrolled, Access]:
    """One patient who lets this member's clinic read; the look is recorded.

    Raises NotThere without a current grant: the clinic does not learn what there is.
    """
    seen = _seen(member, PAGE_LOOK, now - SAME_VISIT)
    row = session.execute(
        _enrolments(member, now, seen).where(Enrolment.patient_id == patient_id)
    ).one_or_none()
    if row is None or row.Grant is None:
        raise NotThere()
    if not row.seen:
        record(session, now, _look(member, PAGE_LOOK, patient_id))
    known = _enrolled(row.Account, row.Enrolment, row.born, row.Grant)
    return known, _access(row.Account, row.Grant)


def granted_all(session: Session, member: Member, now: datetime) -> Sequence[Enrolled]:
    """Every patient of the clinic, with access where she gave it; a look counts once a day."""
    seen = _seen(member, PANEL_LOOK, _midnight(now, member.clinic.zone))
    rows = session.execute(_enrolments(member, now, seen)).all()
    record(
        session,
        now,
        *(_look(member, PANEL_LOOK, row.Account.id) for row in rows if row.Grant and not row.seen),
    )
    return [_enrolled(row.Account, row.Enrolment, row.born, row.Grant) for row in rows]


def enrolled(session: Session, member: Member, patient_id: UUID) -> Enrolled:
    """A patient for the clinic's own record, which needs no grant; carries no access.

    Raises NotThere for anyone who was never enrolled here.
    """
    row = session.execute(
        select(Account, Enrolment, Contact.born)
        .join(Enrolment, Enrolment.patient_id == Account.id)
        .outerjoin(Contact, Contact.account_id == Account.id)
        .where(Enrolment.clinic_id == member.clinic.id, Enrolment.patient_id == patient_id)
    ).one_or_none()
    if row is None:
        raise NotThere()
    return _enrolled(row.Account, row.Enrolment, row.born, None)


def current(now: datetime) -> ColumnElement[bool]:
    """Grants that hold now."""
    return and_(
        Grant.withdrawn_at.is_(None), or_(Grant.expires_at.is_(None), Grant.expires_at > now)
    )


def _enrolments(
    member: Member, now: datetime, seen: ColumnElement[bool]
) -> Select[Account, Enrolment, date | None, Grant, bool]:
    return (
        select(Account, Enrolment, Contact.born, Grant, seen.label("seen"))
        .join(Enrolment, Enrolment.patient_id == Account.id)
        .outerjoin(Contact, Contact.account_id == Account.id)
        .outerjoin(
            Grant,
            and_(
                Grant.clinic_id == Enrolment.clinic_id,
                Grant.patient_id == Enrolment.patient_id,
                current(now),
            ),
        )
        .where(Enrolment.clinic_id == member.clinic.id, Enrolment.until.is_(None))
    )


def _seen(member: Member, action: str, since: datetime) -> ColumnElement[bool]:
    return exists().where(
        AuditEvent.patient_id == Account.id,
        AuditEvent.actor_id == member.account.id,
        AuditEvent.action == action,
        AuditEvent.at >= since,
    )


def _midnight(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _look(member: Member, action: str, patient_id: UUID) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, patient_id, member.clinic.id, about)


def _enrolled(
    account: Account, enrolment: Enrolment, born: date | None, grant: Grant | None
) -> Enrolled:
    return Enrolled(
        account.id,
        account.name,
        enrolment.number,
        born,
        account.zone,
        account.began,
        enrolment.since,
        _access(account, grant) if grant else None,
    )


def _access(patient: Account, grant: Grant) -> Access:
    return Access(patient.id, frozenset(Scope(scope) for scope in grant.scopes), grant.first_day)
