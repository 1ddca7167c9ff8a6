"""Dr Bose and Dr Cole at work, and Ana as Dr Bose's clinic knows her."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.infusions.models import Infusion
from journal.infusions.store import save_edit
from journal.sharing.access import Enrolled, Member, enrolled, member_of
from tests.infusions.letters import an_hour_ago, body, given_at

Says = Callable[..., Infusion]


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
def says(session: Session, boses: Member, patient: Enrolled, now: datetime) -> Says:
    """What Dr Bose says of one of Ana's infusions, an ordinary one of an hour ago or other."""

    def said(
        items: dict[str, Any] | None = None, of: UUID | None = None, **fields: object
    ) -> Infusion:
        items = given_at(an_hour_ago(now)) if items is None else items
        edit = body(items=items, **{"account": str(boses.account.id), **fields})
        return save_edit(session, boses, patient, of or uuid4(), edit, now)

    return said
