"""Consent is the patient's alone, and in force at once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.errors import NotThere
from journal.sharing import grants
from journal.sharing.access import Member, granted, granted_all
from journal.sharing.grants import Consent
from journal.sharing.models import Grant, Scope

NUMBERS = frozenset({Scope.NUMBERS})
EVERYTHING = frozenset(Scope)


def current(session: Session, patient: Account, now: datetime) -> Grant:
    grant = grants.shared(session, patient.id, now)[0].grant
    assert grant is not None
    return grant


def granted_actions(session: Session, patient: Account) -> Sequence[str]:
    return session.scalars(
        select(AuditEvent.action)
        .where(AuditEvent.patient_id == patient.id, AuditEvent.action.startswith("grant."))
        .order_by(AuditEvent.id)
    ).all()


def test_with_consent_dr_bose_reads(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    _, access = granted(session, boses, ana.id, now)

    assert access.allows(Scope.NUMBERS)


def test_consent_to_numbers_is_no_consent_to_notes(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(NUMBERS), now)

    _, access = granted(session, boses, ana.id, now)

    assert not access.allows(Scope.NOTES)


def test_consent_from_a_day_hides_the_days_before(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(NUMBERS, date(2026, 10, 1)), now)

    _, access = granted(session, boses, ana.id, now)

    assert access.from_day(date(2026, 9, 1)) == date(2026, 10, 1)
    assert access.from_day(date(2026, 11, 1)) == date(2026, 11, 1)


@pytest.mark.assures("A03")
def test_withdrawal_is_in_force_at_once(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.withdraw(session, ana, current(session, ana, now).id, now)

    with pytest.raises(NotThere):
        granted(session, boses, ana.id, now)


def test_after_withdrawal_the_panel_has_no_access(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.withdraw(session, ana, current(session, ana, now).id, now)

    assert {one.id: one.access for one in granted_all(session, boses, now)}[ana.id] is None


def test_withdrawing_twice_is_no_harm(session: Session, ana: Account, now: datetime) -> None:
    grant = current(session, ana, now)
    grants.withdraw(session, ana, grant.id, now)

    grants.withdraw(session, ana, grant.id, now)

    assert granted_actions(session, ana).count("grant.withdrawn") == 1


@pytest.mark.assures("A03")
def test_consent_that_ran_out_is_none(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    until = now + timedelta(days=91)
    grants.give(session, ana, boses.clinic.id, Consent(NUMBERS, None, until), now)

    with pytest.raises(NotThere):
        granted(session, boses, ana.id, until)


def test_consent_can_be_given_again_after_it_ran_out(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    until = now + timedelta(days=91)
    grants.give(session, ana, boses.clinic.id, Consent(NUMBERS, None, until), now)

    grants.give(session, ana, boses.clinic.id, Consent(EVERYTHING), until)

    assert granted(session, boses, ana.id, until)[1].patient_id == ana.id
    assert granted_actions(session, ana)[-1] == "grant.given"


def test_changing_it_leaves_one_grant_in_force(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(EVERYTHING), now)

    in_force = session.scalars(
        select(Grant).where(Grant.patient_id == ana.id, Grant.withdrawn_at.is_(None))
    ).one()
    assert set(in_force.scopes) == EVERYTHING
    assert granted_actions(session, ana)[-1] == "grant.changed"


def test_consent_to_nothing_ends_what_was(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(frozenset()), now)

    with pytest.raises(NotThere):
        granted(session, boses, ana.id, now)
    assert granted_actions(session, ana)[-1] == "grant.withdrawn"


def test_consent_to_nothing_where_there_was_none_changes_nothing(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, Consent(frozenset()), now)
    before = granted_actions(session, ana)

    grants.give(session, ana, boses.clinic.id, Consent(frozenset()), now)

    assert granted_actions(session, ana) == before


def test_nobody_consents_to_a_clinic_she_is_no_patient_of(
    session: Session, ana: Account, coles: Member, now: datetime
) -> None:
    with pytest.raises(NotThere):
        grants.give(session, ana, coles.clinic.id, Consent(NUMBERS), now)


@pytest.mark.assures("A15")
def test_nobody_withdraws_someone_elses_consent(
    session: Session, ana: Account, dr_cole: Account, now: datetime
) -> None:
    with pytest.raises(NotThere):
        grants.withdraw(session, dr_cole, current(session, ana, now).id, now)


@pytest.mark.assures("D01")
def test_consent_and_its_audit_row_stand_or_fall_together(
    session: Session, ana: Account, now: datetime
) -> None:
    before = granted_actions(session, ana)
    grants.withdraw(session, ana, current(session, ana, now).id, now)

    session.rollback()

    assert granted_actions(session, ana) == before
    assert current(session, ana, now)


def test_there_is_no_consent_with_an_unknown_id(
    session: Session, ana: Account, now: datetime
) -> None:
    with pytest.raises(NotThere):
        grants.withdraw(session, ana, uuid4(), now)
