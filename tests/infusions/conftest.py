"""Dr Bose and Dr Cole at work, and Ana as Dr Bose's clinic knows her."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.infusions.forms import Given
from journal.sharing.access import Enrolled, Member, enrolled, member_of


@pytest.fixture
def boses(session: Session, dr_bose: Account) -> Member:
    return member_of(session, dr_bose)


@pytest.fixture
def coles(session: Session, dr_cole: Account) -> Member:
    return member_of(session, dr_cole)


@pytest.fixture
def patient(session: Session, boses: Member, ana: Account) -> Enrolled:
    return enrolled(session, boses, ana.id)


@pytest.fixture
def given(now: datetime) -> Given:
    return Given((now - timedelta(hours=2)).replace(microsecond=0), 35.0, 40)
