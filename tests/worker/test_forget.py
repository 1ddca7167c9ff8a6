"""What nobody needs any more is dropped; what is needed stays."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts import recovery, sign_ins, throttle
from journal.accounts.models import Account, Attempt, Recovery, SignIn
from journal.worker import Worker

DAY = timedelta(days=1)


def count(session: Session, table: type) -> int:
    number = session.scalars(select(func.count()).select_from(table)).one()
    session.commit()
    return number


def signed_in_at(session: Session, account: Account, at: datetime) -> SignIn:
    _, sign_in = sign_ins.begin(session, account, "a browser", at)
    session.commit()
    return sign_in


def test_tries_are_forgotten_after_a_day(session: Session, worker: Worker, now: datetime) -> None:
    throttle.count(session, now - 1.1 * DAY, (throttle.PERSON, "ana"))
    throttle.count(session, now - 0.9 * DAY, (throttle.PERSON, "ana"))
    session.commit()

    worker.turn(now)

    assert count(session, Attempt) == 1


def test_a_session_that_ended_stays_for_a_month(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    for days in (29, 31):
        signed_in_at(session, ana, now - 40 * DAY).ended_at = now - days * DAY
    session.commit()

    worker.turn(now)

    assert count(session, SignIn) == 1


def test_a_patients_session_is_kept_while_it_lasts(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    signed_in_at(session, ana, now - 399 * DAY)

    worker.turn(now)

    assert count(session, SignIn) == 1


def test_a_patients_session_that_ran_out_is_dropped_a_month_later(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    signed_in_at(session, ana, now - 431 * DAY)

    worker.turn(now)

    assert count(session, SignIn) == 0


def test_a_members_session_that_ran_out_is_dropped_a_month_later(
    session: Session, worker: Worker, dr_bose: Account, now: datetime
) -> None:
    signed_in_at(session, dr_bose, now - 29 * DAY)
    signed_in_at(session, dr_bose, now - 31 * DAY)

    worker.turn(now)

    assert count(session, SignIn) == 1


def test_a_way_back_in_is_dropped_a_month_after_it_ran_out(
    session: Session, worker: Worker, ana: Account, now: datetime
) -> None:
    recovery.by_mail(session, ana, now - 29 * DAY)
    recovery.by_mail(session, ana, now - 31 * DAY)
    session.commit()

    worker.turn(now)

    assert count(session, Recovery) == 1
