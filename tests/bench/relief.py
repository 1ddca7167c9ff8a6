"""What reckoning relief costs beside reading the rows that it is reckoned from."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select, text

from journal.accounts.models import Account, Kind
from journal.config import Config
from journal.db import make_engine, opened
from journal.entries.models import Day
from journal.infusions.models import Infusion
from journal.infusions.treated import of_clinic
from journal.insights.relief import looks
from journal.migrations import upgrade
from journal.outcomes.reckon import reckoned
from journal.outcomes.store import keep
from journal.sharing.models import Clinic, Enrolment, Grant, Scope
from journal.vault import Vault
from tests.bench.rounds import Ratio, compare

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
FIVE_YEARS, SIXTY = 1825, 60
PATIENTS, THREE_YEARS, THIRTY_SIX = 2000, 1095, 36
# As a phone leaves them: pain and mood of every day, between 2 and 7, as irregular as noise.
DAYS = text("""
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :days)
INSERT INTO days (account_id, day, revision, answered, pain_avg, mood, told)
SELECT id, date(:today, '-' || n || ' days'), n, 1, 2 + n * n % 6, 2 + n * n * 7 % 11 % 6, '{}'
FROM accounts, numbers
""")


def one_patient(config: Config) -> Ratio:
    """All series of 60 infusions in 5 years of days, read and reckoned, beside reading them."""
    engine, vault = _filled(config, patients=1, days=FIVE_YEARS, infusions=SIXTY)

    def read() -> tuple[dict[date, int], Sequence[date]]:
        with opened(engine, vault, writing=False) as session:
            clinic_id = session.scalars(select(Clinic.id)).one()
            told = session.execute(select(Day.day, Day.pain_avg)).all()
            (treated,) = of_clinic(session, clinic_id).values()
        return {day: pain for day, pain in told if pain is not None}, treated.days

    def reckon() -> None:
        scores, infusions = read()
        if len([look.held for look in looks(scores, infusions, TODAY)]) != SIXTY:
            raise SystemExit("not every series was reckoned")

    return compare(reckon, read, times=10)


def clinic(config: Config) -> Ratio:
    """2,000 patients with 3 years of days, read, reckoned and kept, beside reading them."""
    engine, vault = _filled(config, patients=PATIENTS, days=THREE_YEARS, infusions=THIRTY_SIX)
    return compare(_reckon(engine, vault), _read(engine, vault), times=1, rounds=1, warm=1)


def _reckon(engine: Engine, vault: Vault) -> Callable[[], None]:
    def reckon() -> None:
        with opened(engine, vault, writing=False) as session:
            where = session.scalars(select(Clinic)).one()
            found = list(reckoned(session, where, NOW))
        with opened(engine, vault, writing=True) as session:
            count = keep(session, where, found)
            session.commit()
        if count != 2 * PATIENTS * THIRTY_SIX:
            raise SystemExit(f"{count} series were kept")

    return reckon


def _read(engine: Engine, vault: Vault) -> Callable[[], None]:
    def read() -> None:
        with opened(engine, vault, writing=False) as session:
            of_clinic(session, session.scalars(select(Clinic.id)).one())
            for patient_id in session.scalars(select(Account.id)).all():
                columns = select(Day.day, Day.pain_avg, Day.mood)
                session.execute(columns.where(Day.account_id == patient_id)).all()

    return read


def _filled(config: Config, *, patients: int, days: int, infusions: int) -> tuple[Engine, Vault]:
    engine, vault = make_engine(config.database_url), Vault(config.vault_keys)
    upgrade(engine)
    with opened(engine, vault, writing=True) as session:
        where = Clinic(name="Bench", zone="UTC", crisis_lines=[], created_at=NOW)
        people = [_account(days) for _ in range(patients)]
        session.add_all([where, *people])
        session.flush()
        apart = days // (infusions + 1)
        given = [TODAY - n * timedelta(days=apart) for n in range(1, infusions + 1)]
        for one in people:
            session.add_all(_ties(where.id, one.id))
            session.execute(insert(Infusion), [_infusion(where.id, one.id, day) for day in given])
        session.execute(DAYS, {"days": days, "today": TODAY.isoformat()})
        session.commit()
    return engine, vault


def _account(days: int) -> Account:
    return Account(
        id=uuid4(), kind=Kind.PATIENT, name="Somebody", email=f"{uuid4()}@example.org",
        locale="en", zone="UTC", began=TODAY - timedelta(days=days), created_at=NOW,
    )  # fmt: skip


def _ties(clinic_id: UUID, patient_id: UUID) -> list[Enrolment | Grant]:
    both = {"clinic_id": clinic_id, "patient_id": patient_id}
    return [
        Enrolment(**both, number="1", since=NOW),
        Grant(**both, scopes=list(Scope), given_at=NOW),
    ]


def _infusion(clinic_id: UUID, patient_id: UUID, day: date) -> dict[str, object]:
    at = datetime.combine(day, NOW.timetz())
    return {
        "clinic_id": clinic_id, "patient_id": patient_id, "given_at": at, "day": day,
        "dose_mg": 35, "minutes": 40, "recorded_at": at,
    }  # fmt: skip
