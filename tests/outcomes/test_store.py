"""What was reckoned is kept, and read only while consent holds as it did."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import Day
from journal.infusions.models import Standing
from journal.outcomes import store
from journal.outcomes.models import NoticedMonth, SeriesOutcome
from journal.outcomes.reckon import Reckoned, reckoned
from journal.sharing import grants
from journal.sharing.access import Member
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Enrolment, Grant, Scope
from tests.clinic.desk import give

ONE = timedelta(days=1)
EARLY, LATE = date(2000, 1, 1), date(2100, 1, 1)
Reckon = Callable[[], list[Reckoned]]


def count(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(SeriesOutcome)).one()


def measures(session: Session, member: Member, now: datetime) -> set[str]:
    rows = store.first_series(session, member, EARLY, LATE, now)
    return {row.measure for row in rows}


def test_her_clinic_reads_it(
    session: Session, boses: Member, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    assert measures(session, boses, now) == {"pain", "mood"}
    assert store.reckoned_at(session, boses) == now


def test_another_does_not(
    session: Session, coles: Member, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    assert measures(session, coles, now) == set()
    assert store.reckoned_at(session, coles) is None


def test_withdrawing_takes_effect_at_once(
    session: Session, ana: Account, boses: Member, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    grants.withdraw(session, ana, session.scalars(granted(ana)).one(), now)

    assert measures(session, boses, now) == set()


def test_so_does_narrowing(
    session: Session,
    ana: Account,
    boses: Member,
    riverbend: Clinic,
    treated: None,
    reckon: Reckon,
    now: datetime,
) -> None:
    reckon()

    fewer = Consent(frozenset({Scope.NUMBERS}), (now - ONE).date())
    grants.give(session, ana, riverbend.id, fewer, now + ONE / 24)

    assert measures(session, boses, now + ONE / 12) == set()


def test_a_consent_that_ran_out_is_none(
    session: Session, ana: Account, boses: Member, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    session.execute(update(Grant).where(Grant.patient_id == ana.id).values(expires_at=now - ONE))

    assert measures(session, boses, now) == set()


def test_whoever_left_is_not_read(
    session: Session, ana: Account, boses: Member, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    session.execute(update(Enrolment).where(Enrolment.patient_id == ana.id).values(until=now))

    assert measures(session, boses, now) == set()


def test_a_series_outside_of_the_period_is_not_read(
    session: Session,
    boses: Member,
    treated: None,
    reckon: Reckon,
    infusion: date,
    now: datetime,
) -> None:
    reckon()

    assert store.first_series(session, boses, infusion + ONE, LATE, now) == []
    assert store.first_series(session, boses, EARLY, infusion - ONE, now) == []
    assert len(store.first_series(session, boses, infusion, infusion, now)) == 2


def test_a_later_series_is_not_the_first(
    session: Session,
    ana: Account,
    boses: Member,
    riverbend: Clinic,
    treated: None,
    reckon: Reckon,
    today: date,
    now: datetime,
) -> None:
    give(session, riverbend, ana, today - 10 * ONE)
    reckon()

    assert store.first_series(session, boses, today - 10 * ONE, LATE, now) == []


def test_reckoning_again_replaces_what_was_kept(
    session: Session, treated: None, reckon: Reckon
) -> None:
    reckon()
    reckon()

    assert count(session) == 2


def test_what_is_no_longer_there_is_kept_no_longer(
    session: Session, ana: Account, treated: None, reckon: Reckon, now: datetime
) -> None:
    reckon()

    grants.withdraw(session, ana, session.scalars(granted(ana)).one(), now)
    reckon()

    assert count(session) == 0


def test_a_patient_who_left_between_reading_and_keeping_is_left_out(
    session: Session, ana: Account, riverbend: Clinic, treated: None, now: datetime
) -> None:
    found = list(reckoned(session, riverbend, now))

    session.execute(delete(Enrolment).where(Enrolment.patient_id == ana.id))

    assert store.keep(session, riverbend, found) == 0


def test_an_account_that_goes_takes_its_rows_along(
    session: Session, ana: Account, treated: None, reckon: Reckon
) -> None:
    noticed(session, ana, {"nausea": 1})
    reckon()

    session.execute(delete(Account).where(Account.id == ana.id))

    assert count(session) == 0
    assert session.scalars(select(NoticedMonth)).all() == []


def test_what_was_noticed_in_these_months(
    session: Session,
    ana: Account,
    boses: Member,
    treated: None,
    reckon: Reckon,
    today: date,
    now: datetime,
) -> None:
    noticed(session, ana, {"nausea": 1, "headache": 2})
    reckon()

    assert store.noticed(session, boses, EARLY, LATE, now) == {
        ana.id: frozenset({"nausea", "headache"})
    }
    assert store.noticed(session, boses, EARLY, today - 70 * ONE, now) == {}


def test_what_was_noticed_is_read_with_consent_to_that_alone(
    session: Session,
    ana: Account,
    boses: Member,
    treated: None,
    reckon: Reckon,
    now: datetime,
) -> None:
    noticed(session, ana, {"nausea": 1})
    reckon()

    session.execute(update(Grant).where(Grant.patient_id == ana.id).values(scopes=[Scope.NUMBERS]))

    assert store.noticed(session, boses, EARLY, LATE, now) == {}


def test_what_was_given_is_the_clinics_own(
    session: Session,
    ana: Account,
    boses: Member,
    coles: Member,
    riverbend: Clinic,
    treated: None,
    today: date,
) -> None:
    give(session, riverbend, ana, today - ONE)
    give(session, riverbend, ana, today, struck_at=datetime.now().astimezone())
    give(session, riverbend, ana, today, standing="missed")

    assert store.given(session, boses, EARLY, LATE) == (1, 2)
    assert store.given(session, coles, EARLY, LATE) == (0, 0)


def test_a_clinic_is_due_once_a_day_of_its_own(
    session: Session, riverbend: Clinic, now: datetime
) -> None:
    assert store.is_due(riverbend, now)

    store.done(session, riverbend, now)

    session.refresh(riverbend)
    assert not store.is_due(riverbend, now)
    assert store.is_due(riverbend, now + ONE)


def test_everyone_began_with_her_first_infusion_here(
    session: Session,
    ana: Account,
    boses: Member,
    coles: Member,
    riverbend: Clinic,
    treated: None,
    infusion: date,
) -> None:
    give(session, riverbend, ana, infusion - 300 * ONE, standing=Standing.MISSED)
    give(session, riverbend, ana, infusion + 10 * ONE)

    assert store.began(session, boses) == [infusion]
    assert store.began(session, coles) == []


def granted(who: Account) -> Select[UUID]:
    return select(Grant.id).where(Grant.patient_id == who.id)


def noticed(session: Session, who: Account, said: dict[str, int]) -> None:
    """On every day of hers."""
    session.execute(update(Day).where(Day.account_id == who.id).values(more={"noticed": said}))
    session.commit()
