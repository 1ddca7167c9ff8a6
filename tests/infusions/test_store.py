"""Keeping infusions, which belong to the clinic that gave them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.errors import Conflict, Invalid, NotThere
from journal.infusions.forms import Given
from journal.infusions.store import days_of, keep, of_patient, strike
from journal.sharing.access import Enrolled, Member, enrolled
from journal.sharing.models import Enrolment


def test_what_is_kept_is_read_back(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    kept = keep(session, boses, patient, uuid4(), given, now)

    assert of_patient(session, boses, patient) == [kept]
    assert (kept.given_at, kept.dose_mg, kept.minutes) == (given.at, 35.0, 40)
    assert kept.recorded_by == boses.account.id


def test_its_day_is_the_one_on_the_clinics_wall(
    session: Session, boses: Member, patient: Enrolled, now: datetime
) -> None:
    late = Given(datetime(2026, 11, 3, 2, 30, tzinfo=UTC), 35.0, 40)

    kept = keep(session, boses, patient, uuid4(), late, now)

    assert kept.day.isoformat() == "2026-11-02"


@pytest.mark.assures("D01")
def test_ana_can_read_that_it_was_recorded(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    keep(session, boses, patient, uuid4(), given, now)

    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.patient_id) == ("infusion.recorded", patient.id)
    assert event.about["name"] == "Dr Bose"


def test_the_same_letter_again_changes_nothing(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    first = keep(session, boses, patient, uuid4(), given, now)

    again = keep(session, boses, patient, first.id, given, now + timedelta(minutes=1))

    assert again is first
    assert len(of_patient(session, boses, patient)) == 1


def test_one_id_stands_for_one_infusion(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    kept = keep(session, boses, patient, uuid4(), given, now)

    with pytest.raises(Conflict):
        keep(session, boses, patient, kept.id, replace(given, dose_mg=36.0), now)


def test_two_at_the_same_minute_are_one_too_many(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    keep(session, boses, patient, uuid4(), given, now)
    moments_later = replace(given, at=given.at.replace(second=59, microsecond=999_999))

    with pytest.raises(Conflict, match="at that minute"):
        keep(session, boses, patient, uuid4(), moments_later, now)


def test_a_minute_apart_they_are_two(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    keep(session, boses, patient, uuid4(), given, now)

    keep(session, boses, patient, uuid4(), replace(given, at=given.at + timedelta(minutes=1)), now)

    assert len(of_patient(session, boses, patient)) == 2


def test_what_cannot_have_been_is_not_kept(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    with pytest.raises(Invalid):
        keep(session, boses, patient, uuid4(), replace(given, at=now + timedelta(days=1)), now)

    assert of_patient(session, boses, patient) == []


def test_one_recorded_in_error_is_struck_and_stays_readable(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    kept = keep(session, boses, patient, uuid4(), given, now)

    strike(session, boses, patient, kept.id, now)

    assert of_patient(session, boses, patient)[0].struck_at == now
    assert days_of(session, boses, patient, kept.day, kept.day) == []
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.action == "infusion.struck"


def test_after_striking_it_can_be_recorded_rightly(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    wrong = keep(session, boses, patient, uuid4(), given, now)
    strike(session, boses, patient, wrong.id, now)

    right = keep(session, boses, patient, uuid4(), replace(given, dose_mg=30.0), now)

    assert days_of(session, boses, patient, right.day, right.day) == [right.day]


def test_a_struck_one_does_not_come_back_by_its_old_letter(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    kept = keep(session, boses, patient, uuid4(), given, now)
    strike(session, boses, patient, kept.id, now)

    with pytest.raises(Conflict):
        keep(session, boses, patient, kept.id, given, now)


def test_it_is_struck_once(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    kept = keep(session, boses, patient, uuid4(), given, now)
    strike(session, boses, patient, kept.id, now)

    with pytest.raises(NotThere):
        strike(session, boses, patient, kept.id, now)


def test_two_on_one_day_mark_it_once(
    session: Session, boses: Member, patient: Enrolled, given: Given, now: datetime
) -> None:
    first = keep(session, boses, patient, uuid4(), given, now)
    keep(session, boses, patient, uuid4(), replace(given, at=given.at + timedelta(minutes=1)), now)

    days = days_of(session, boses, patient, first.day, first.day + timedelta(days=1))

    assert days[0] == first.day
    assert len(set(days)) == len(days)


@pytest.mark.assures("A02")
def test_what_another_clinic_gave_her_is_its_own(
    session: Session,
    boses: Member,
    coles: Member,
    patient: Enrolled,
    ana: Account,
    given: Given,
    now: datetime,
) -> None:
    session.add(Enrolment(clinic_id=coles.clinic.id, patient_id=ana.id, since=now))
    session.flush()
    elsewhere = keep(session, coles, enrolled(session, coles, ana.id), uuid4(), given, now)

    with pytest.raises(NotThere):
        keep(session, boses, patient, elsewhere.id, given, now)
    with pytest.raises(NotThere):
        strike(session, boses, patient, elsewhere.id, now)

    assert of_patient(session, boses, patient) == []
    assert days_of(session, boses, patient, elsewhere.day, elsewhere.day) == []
