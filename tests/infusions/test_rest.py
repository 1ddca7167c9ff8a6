"""The day after an infusion."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.infusions.models import Infusion, Standing
from journal.infusions.rest import rests_until
from journal.sharing.access import Member

HOUR = timedelta(hours=1)


@pytest.fixture
def infusion(session: Session, boses: Member, ana: Account, now: datetime) -> Infusion:
    """One of 40 minutes that began two hours ago."""
    began = now - 2 * HOUR
    given = Infusion(
        clinic_id=boses.clinic.id,
        patient_id=ana.id,
        given_at=began,
        day=began.date(),
        dose_mg=35.0,
        minutes=40,
        recorded_by=boses.account.id,
        recorded_at=now,
    )
    session.add(given)
    session.flush()
    return given


def test_whoever_had_none_need_not_rest(session: Session, ana: Account, now: datetime) -> None:
    assert rests_until(session, ana.id, now) is None


def test_she_rests_for_a_day_after_its_end(
    session: Session, ana: Account, infusion: Infusion, now: datetime
) -> None:
    end = infusion.given_at + timedelta(minutes=40) + 24 * HOUR

    assert rests_until(session, ana.id, now) == end
    assert rests_until(session, ana.id, end - timedelta(seconds=1)) == end
    assert rests_until(session, ana.id, end) is None


def test_nobody_else_rests(session: Session, infusion: Infusion, now: datetime) -> None:
    assert rests_until(session, UUID(int=1), now) is None


def test_one_whose_hour_has_come_counts_before_it_is_recorded(
    session: Session, ana: Account, infusion: Infusion, now: datetime
) -> None:
    infusion.standing = Standing.PLANNED

    assert rests_until(session, ana.id, now) is not None
    assert rests_until(session, ana.id, infusion.given_at - HOUR) is None


@pytest.mark.parametrize("standing", [Standing.CANCELLED, Standing.MISSED])
def test_what_was_not_given_needs_no_rest(
    session: Session, ana: Account, infusion: Infusion, now: datetime, standing: Standing
) -> None:
    infusion.standing = standing

    assert rests_until(session, ana.id, now) is None


def test_one_taken_back_needs_no_rest(
    session: Session, ana: Account, infusion: Infusion, now: datetime
) -> None:
    infusion.struck_at = now

    assert rests_until(session, ana.id, now) is None


def test_one_of_five_days_is_rested_from_when_it_is_over(
    session: Session, ana: Account, infusion: Infusion, now: datetime
) -> None:
    infusion.minutes = 7200
    end = infusion.given_at + 5 * 24 * HOUR

    assert rests_until(session, ana.id, end + 23 * HOUR) == end + 24 * HOUR
