"""Invitations: a link that lets one person join, once, for two weeks."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from journal.accounts.models import Account
from journal.accounts.sign_ins import hash_of
from journal.audit.store import Happened, record
from journal.errors import JournalError, NotThere, Refused, words
from journal.sharing.access import Member
from journal.sharing.models import Enrolment, Invitation

GOOD_FOR = timedelta(days=14)
LISTED = 100


class State(StrEnum):
    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class NotOpen(JournalError):
    """A link that lets nobody join, and why."""

    code = "not_open"

    def __init__(self, state: State) -> None:
        super().__init__(words("This link cannot be used."))
        self.state = state


@dataclass(frozen=True)
class Listed:
    """One invitation as the clinic's list shows it."""

    id: UUID
    label: str
    number: str | None
    state: State
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def invite(
    session: Session, member: Member, label: str, number: str | None, now: datetime
) -> tuple[Invitation, str]:
    """A new invitation and its token, which is seen here and never again.

    Raises Refused for a clinic that has not said whom its patients can call in a crisis.
    """
    if not member.clinic.crisis_lines:
        raise Refused(
            words(
                "Before your clinic can invite anyone, its settings must say whom patients "
                "can call in a crisis where you are."
            )
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        clinic_id=member.clinic.id,
        made_by=member.account.id,
        label=label,
        number=number,
        token_hash=hash_of(token),
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    session.add(invitation)
    session.flush()
    record(session, now, _happened("invitation.made", member, invitation.id))
    return invitation, token


def revoke(session: Session, member: Member, invitation_id: UUID, now: datetime) -> None:
    """Take back one that is still open. Raises NotThere for any other."""
    revoked = session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.clinic_id == member.clinic.id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .returning(Invitation.id)
    )
    if revoked.first() is None:
        raise NotThere()
    record(session, now, _happened("invitation.revoked", member, invitation_id))


def listed(session: Session, member: Member, now: datetime) -> Sequence[Listed]:
    """The newest invitations of the member's clinic."""
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.clinic_id == member.clinic.id)
        .order_by(Invitation.created_at.desc())
        .limit(LISTED)
    )
    return [
        Listed(
            row.id,
            row.label,
            row.number,
            state(row, now),
            row.created_at,
            row.expires_at,
            row.used_at,
        )
        for row in rows
    ]


def state(invitation: Invitation, now: datetime) -> State:
    """How an invitation stands now."""
    if invitation.used_at:
        return State.USED
    if invitation.revoked_at:
        return State.REVOKED
    return State.EXPIRED if invitation.expires_at <= now else State.OPEN


def find(session: Session, token: str, now: datetime) -> Invitation:
    """The open invitation behind a link, with its clinic; looking uses nothing up.

    Raises NotOpen.
    """
    found = session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.clinic, innerjoin=True))
        .where(Invitation.token_hash == hash_of(token))
    ).first()
    stands = state(found, now) if found else State.UNKNOWN
    if found is None or stands is not State.OPEN:
        raise NotOpen(stands)
    return found


def redeem(session: Session, invitation: Invitation, now: datetime) -> None:
    """Use an invitation up. Of any number at once exactly one gets through.

    Raises NotOpen for the others.
    """
    # What was read before may be old by now: the row itself decides, in one statement.
    won = session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(Invitation.id)
    )
    if won.first() is None:
        session.refresh(invitation)
        raise NotOpen(state(invitation, now))


def enrol(session: Session, invitation: Invitation, patient: Account, now: datetime) -> None:
    """Make someone a patient of the clinic whose invitation she redeemed."""
    enrolment = _enrolment(session, invitation.clinic_id, patient.id)
    if enrolment is None:
        enrolment = Enrolment(clinic_id=invitation.clinic_id, patient_id=patient.id, since=now)
        session.add(enrolment)
    if enrolment.until is not None:
        enrolment.since, enrolment.until = now, None
    enrolment.number = invitation.number or enrolment.number
    session.flush()
    about = {"clinic": invitation.clinic.name, "invitation": str(invitation.id)}
    record(
        session,
        now,
        Happened("patient.joined", patient.id, patient.id, invitation.clinic_id, about),
    )


def _enrolment(session: Session, clinic_id: UUID, patient_id: UUID) -> Enrolment | None:
    return session.scalars(
        select(Enrolment).where(
            Enrolment.clinic_id == clinic_id, Enrolment.patient_id == patient_id
        )
    ).first()


def _happened(action: str, member: Member, invitation_id: UUID) -> Happened:
    about = {"name": member.account.name, "invitation": str(invitation_id)}
    return Happened(action, member.account.id, None, member.clinic.id, about)
