"""What she wants to be able to do again: one goal at a time, in her own words, sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.db import seal, unseal
from journal.entries.models import Goal
from journal.sharing.access import Access, own
from journal.sharing.models import Scope


@dataclass(frozen=True)
class Wanted:
    """A goal and the day from which it holds."""

    text: str
    since: date


def goal_on(session: Session, access: Access, day: date) -> Wanted | None:
    """The goal she had on that day, where her words may be read as far back as she wrote it."""
    if not access.allows(Scope.NOTES):
        return None
    found = session.scalars(
        select(Goal)
        .where(Goal.account_id == access.patient_id, Goal.since <= day)
        .where((Goal.until.is_(None)) | (Goal.until > day))
        .where(Goal.since >= access.from_day(date.min))
        .order_by(Goal.since.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    return Wanted(unseal(session, found.sealed, _name(found.id)), found.since)


def set_goal(session: Session, patient: Account, text: str, today: date) -> None:
    """From today on this is her goal, instead of what was; an empty text ends it."""
    # Two phones setting one at once take turns here: there is one goal at a time.
    session.execute(select(Account.id).where(Account.id == patient.id).with_for_update())
    before = goal_on(session, own(patient), today)
    if text == (before.text if before else ""):
        return
    session.execute(
        update(Goal).where(Goal.account_id == patient.id, Goal.until.is_(None)).values(until=today)
    )
    if text:
        goal_id = uuid4()
        sealed = seal(session, text, _name(goal_id))
        session.add(Goal(id=goal_id, account_id=patient.id, sealed=sealed, since=today))
        session.flush()


def _name(goal_id: UUID) -> str:
    return f"goals/{goal_id}"
