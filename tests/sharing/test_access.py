"""Proof that one may read, and the clinic's own record, which needs none."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.errors import NotThere
from journal.sharing import grants
from journal.sharing.access import Member, enrolled, granted, own
from journal.sharing.models import Scope


def test_ana_reads_all_of_her_own(ana: Account) -> None:
    access = own(ana)

    assert access.scopes == frozenset(Scope)
    assert access.from_day(date(1999, 1, 1)) == ana.began


@pytest.mark.assures("A03")
def test_another_clinic_learns_no_more_than_of_an_unknown_id(
    session: Session, ana: Account, coles: Member, now: datetime
) -> None:
    with pytest.raises(NotThere) as elsewhere:
        granted(session, coles, ana.id, now)
    with pytest.raises(NotThere) as unknown:
        granted(session, coles, uuid4(), now)

    assert elsewhere.value.message == unknown.value.message


def test_the_clinics_own_record_outlives_consent(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grant = grants.shared(session, ana.id, now)[0].grant
    assert grant is not None
    grants.withdraw(session, ana, grant.id, now)

    known = enrolled(session, boses, ana.id)

    assert (known.name, known.access) == ("Ana", None)


def test_the_clinics_own_record_is_not_another_clinics(
    session: Session, ana: Account, coles: Member
) -> None:
    with pytest.raises(NotThere):
        enrolled(session, coles, ana.id)
