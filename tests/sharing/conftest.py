"""An invitation as Dr Bose makes one, and what Mia answers."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.sharing.access import Member, member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Invitation


@pytest.fixture
def boses(session: Session, dr_bose: Account) -> Member:
    return _working(session, dr_bose)


@pytest.fixture
def coles(session: Session, dr_cole: Account) -> Member:
    return _working(session, dr_cole)


@pytest.fixture
def invited(session: Session, boses: Member, now: datetime) -> tuple[Invitation, str]:
    made = invite(session, boses, "Mia", "4471", now)
    session.commit()
    return made


@pytest.fixture
def link(invited: tuple[Invitation, str]) -> str:
    return f"/join/{invited[1]}"


@pytest.fixture
def answers() -> dict[str, str]:
    return {
        "name": "Mia Lind",
        "email": "mia@example.org",
        "password": "copper lantern meadow pencil",
        "zone": "Europe/Berlin",
        "numbers": "y",
        "until": "open",
    }


def _working(session: Session, account: Account) -> Member:
    # Whoever reads in this session takes SQLite's turn to write: give it back for the phones.
    found = member_of(session, account)
    session.commit()
    return found
