"""What a patient asked for on the day of an infusion, kept until she says it again.

Whatever narrows is done at once; only what would let a clinic see more waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.errors import Conflict, NotThere, words
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Grant, Scope, Wish

LAPSES = timedelta(days=7)
CONSENT = "consent"
NEVER = datetime.max.replace(tzinfo=UTC)
NOTHING = Consent(frozenset())


@dataclass(frozen=True)
class Waiting:
    """One wish: what she wished a clinic might see, and whether she is asked about it by now."""

    wish: Wish
    clinic: Clinic
    consent: Consent
    asked: bool


def give(
    session: Session,
    patient: Account,
    clinic_id: UUID,
    wished: Consent,
    now: datetime,
    rests_until: datetime | None,
) -> Wish | None:
    """Let a clinic read this; while she rests, only as far as it narrows.

    The rest is kept as a wish, which is answered. A newer word about a clinic ends an older
    wish. Raises NotThere where she is no patient.
    """
    grants.locked(session, patient.id, clinic_id)
    before = grants.shared_with(session, patient.id, clinic_id, now)
    forget(session, patient.id, clinic_id, now)
    stands = _consent(before.grant) if before.grant else NOTHING
    narrower = _both(stands, wished)
    if rests_until is None or narrower == wished:
        grants.give(session, patient, clinic_id, wished, now)
        return None
    if narrower != stands:
        grants.give(session, patient, clinic_id, narrower, now)
    return _keep(session, patient, before.clinic, wished, now, rests_until)


def waiting(session: Session, patient_id: UUID, now: datetime) -> Sequence[Waiting]:
    """Her wishes that have not lapsed, oldest first."""
    wishes = session.scalars(
        select(Wish)
        .where(Wish.account_id == patient_id, Wish.ended_at.is_(None), Wish.until > now)
        .order_by(Wish.wished_at)
    ).all()
    return [
        Waiting(
            wish,
            session.get_one(Clinic, UUID(wish.about["clinic"])),
            _read(wish.about),
            wish.ask_from <= now,
        )
        for wish in wishes
    ]


def asks(session: Session, patient_id: UUID, now: datetime) -> bool:
    """Whether there is a wish that she is asked about by now."""
    return any(one.asked for one in waiting(session, patient_id, now))


def say_again(
    session: Session, patient: Account, wish_id: UUID, now: datetime, rests_until: datetime | None
) -> None:
    """It is still her wish: it is done now.

    Raises NotThere for one that has ended or lapsed, Conflict while she still rests.
    """
    wish = _open(session, patient, wish_id, now)
    if rests_until is not None or wish.ask_from > now:
        raise Conflict(words("Not before a day has passed since your infusion."))
    wish.became, wish.ended_at = "done", now
    grants.give(session, patient, UUID(wish.about["clinic"]), _read(wish.about), now)


def drop(session: Session, patient: Account, wish_id: UUID, now: datetime) -> None:
    """It is her wish no longer. Raises NotThere."""
    wish = _open(session, patient, wish_id, now)
    wish.became, wish.ended_at = "dropped", now
    clinic = session.get_one(Clinic, UUID(wish.about["clinic"]))
    record(session, now, _happened("wish.dropped", patient, clinic))


def forget(session: Session, patient_id: UUID, clinic_id: UUID, now: datetime) -> None:
    """Whatever she wished about this clinic is overtaken by what she says now."""
    open_ones = session.scalars(
        select(Wish).where(Wish.account_id == patient_id, Wish.ended_at.is_(None))
    )
    overtaken = [wish.id for wish in open_ones if wish.about["clinic"] == str(clinic_id)]
    if overtaken:
        session.execute(
            update(Wish).where(Wish.id.in_(overtaken)).values(became="dropped", ended_at=now)
        )


def _keep(
    session: Session,
    patient: Account,
    clinic: Clinic,
    wished: Consent,
    now: datetime,
    rests_until: datetime,
) -> Wish:
    wish = Wish(
        account_id=patient.id,
        kind=CONSENT,
        about=_written(clinic.id, wished),
        wished_at=now,
        ask_from=rests_until,
        until=rests_until + LAPSES,
    )
    session.add(wish)
    record(session, now, _happened("wish.kept", patient, clinic))
    return wish


def _open(session: Session, patient: Account, wish_id: UUID, now: datetime) -> Wish:
    wish = session.scalars(
        select(Wish)
        .where(Wish.id == wish_id, Wish.account_id == patient.id)
        .where(Wish.ended_at.is_(None), Wish.until > now)
        .with_for_update()
    ).first()
    if wish is None:
        raise NotThere()
    return wish


def _both(one: Consent, other: Consent) -> Consent:
    """What both of them allow."""
    scopes = one.scopes & other.scopes
    if not scopes:
        return NOTHING
    first = max(one.first_day or date.min, other.first_day or date.min)
    expires = min(one.expires_at or NEVER, other.expires_at or NEVER)
    return Consent(
        scopes,
        None if first == date.min else first,
        None if expires == NEVER else expires,
    )


def _consent(grant: Grant) -> Consent:
    scopes = frozenset(Scope(scope) for scope in grant.scopes)
    return Consent(scopes, grant.first_day, grant.expires_at)


def _written(clinic_id: UUID, consent: Consent) -> dict[str, Any]:
    return {
        "clinic": str(clinic_id),
        "scopes": sorted(consent.scopes),
        "first_day": consent.first_day and consent.first_day.isoformat(),
        "expires_at": consent.expires_at and consent.expires_at.isoformat(),
    }


def _read(about: dict[str, Any]) -> Consent:
    first, expires = about["first_day"], about["expires_at"]
    return Consent(
        frozenset(Scope(scope) for scope in about["scopes"]),
        first and date.fromisoformat(first),
        expires and datetime.fromisoformat(expires),
    )


def _happened(action: str, patient: Account, clinic: Clinic) -> Happened:
    return Happened(action, patient.id, patient.id, clinic.id, {"clinic": clinic.name})
