"""The audit log: only ever added to, and whoever goes behind its back is found out."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent, AuditHead
from journal.audit.store import Happened, about_patient, first_broken, record

THEN = datetime(2026, 11, 23, 18, 5, 7, 123_456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# That two clinics were made stands there before anything else.
BEFORE = 2


@pytest.fixture
def three(session: Session, ana: Account, dr_bose: Account) -> None:
    """Three things that were done to Ana's record."""
    for minute, action in enumerate(("granted", "looked.page", "withdrawn")):
        done = Happened(action, dr_bose.id, ana.id, about={"name": "Dr Bose", "ü": [1, None]})
        record(session, THEN + minute * MINUTE, done)
    session.commit()
    session.expunge_all()


@pytest.fixture
def unguarded(session: Session, three: None) -> None:
    """The database without its guards, as someone with its password leaves it."""
    if session.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            session.execute(text(f"DROP TRIGGER audit_events_no_{verb}"))
    else:
        session.execute(text("ALTER TABLE audit_events DISABLE TRIGGER ALL"))


@pytest.mark.assures("D02")
def test_a_log_that_has_hardly_begun_is_whole(session: Session) -> None:
    assert first_broken(session) is None


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("three")
def test_a_log_that_was_only_added_to_is_whole(session: Session) -> None:
    assert first_broken(session) is None


@pytest.mark.assures("D02")
def test_events_written_at_once_follow_each_other(session: Session, ana: Account) -> None:
    record(session, THEN, *(Happened("looked.panel", patient_id=ana.id) for _ in range(3)))

    numbers = session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all()
    assert numbers == [1, 2, 3, 4, 5]
    assert first_broken(session) is None


def test_nothing_done_writes_nothing(session: Session) -> None:
    record(session, THEN)

    assert written(session) == BEFORE


@pytest.mark.assures("D01")
def test_it_stands_or_falls_with_what_it_describes(session: Session, ana: Account) -> None:
    record(session, THEN, Happened("granted", patient_id=ana.id))

    session.rollback()

    assert written(session) == BEFORE
    assert first_broken(session) is None


@pytest.mark.assures("D03")
@pytest.mark.usefixtures("three")
def test_the_newest_about_someone_come_first(session: Session, ana: Account) -> None:
    found = about_patient(session, ana.id, ["granted", "withdrawn"], limit=5)

    assert [one.action for one in found] == ["withdrawn", "granted"]


@pytest.mark.assures("D03")
@pytest.mark.usefixtures("three")
def test_what_was_done_to_others_is_not_hers_to_read(session: Session, dr_cole: Account) -> None:
    assert about_patient(session, dr_cole.id, ["granted"], limit=5) == []


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("three")
def test_the_database_refuses_to_change_an_event(session: Session) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(update(AuditEvent).values(action="granted"))


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("three")
def test_the_database_refuses_to_take_an_event_out(session: Session) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(delete(AuditEvent))


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    "change",
    [
        {"action": "granted"},
        {"at": THEN - MINUTE},
        {"actor_id": None},
        {"patient_id": None},
        {"about": {"name": "Dr Cole"}},
        {"previous_hash": "0" * 64},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_behind_its_back_is_found(session: Session, change: dict[str, object]) -> None:
    session.execute(update(AuditEvent).where(AuditEvent.id == BEFORE + 2).values(change))

    assert first_broken(session) == BEFORE + 2


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("number", [1, 3, 5])
def test_what_was_taken_out_is_missed(session: Session, number: int) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.id == number))

    assert first_broken(session) == number


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("unguarded")
def test_taking_out_everything_is_noticed(session: Session) -> None:
    session.execute(delete(AuditEvent))

    assert first_broken(session) == 1


@pytest.mark.assures("D02")
@pytest.mark.usefixtures("three")
def test_what_was_put_in_behind_its_back_is_found(session: Session) -> None:
    last = session.get_one(AuditHead, 1).last_hash
    forged = AuditEvent(
        id=BEFORE + 4, at=THEN, action="granted", about={}, previous_hash=last, hash="0" * 64
    )
    session.add(forged)
    session.flush()

    assert first_broken(session) == BEFORE + 4


def written(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(AuditEvent))
