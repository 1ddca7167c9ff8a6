"""A patient of the demo once she has a row, and what is told of her."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.demo.stories import Story
from journal.sharing.access import Member

Event = tuple[datetime, Callable[[Session, datetime], None]]


@dataclass(frozen=True)
class Person:
    """A patient of the demo, once she has a row."""

    account: Account
    story: Story
    number: int
    today: date


def noted(at: datetime, happened: Happened) -> Event:
    """Something that stands in the log."""
    return at, lambda session, then: record(session, then, happened)


def done(member: Member, action: str, person: Person, at: datetime) -> Event:
    """Something a member did about a patient."""
    about = {"name": member.account.name, "clinic": member.clinic.name}
    happened = Happened(action, member.account.id, person.account.id, member.clinic.id, about)
    return noted(at, happened)
