"""A clinic of 500 with half a year of days, and one patient with three years, on a real file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account, Kind
from journal.clock import diary_day
from journal.entries.models import Day
from journal.infusions.models import Infusion
from journal.sharing.models import Clinic, Enrolment, Grant, Membership, Role, Scope

ZONE = "America/New_York"
PATIENTS, HALF_A_YEAR, THREE_YEARS = 500, 180, 1095


@dataclass(frozen=True)
class Record:
    """Who is in it, and the tokens of two people who are signed in."""

    patient_id: UUID
    patient_token: str
    member_token: str
    today: date


def fill(session: Session, now: datetime) -> Record:
    """Write it all, in the caller's transaction."""
    today, chance = diary_day(now, ZONE), Random(11)  # noqa: S311 -- noise, not secrets
    clinic = Clinic(name="Bench", zone=ZONE, crisis_lines=[], created_at=now)
    bose = _account(Kind.MEMBER, "Dr Bose", today, now)
    patients = [_account(Kind.PATIENT, f"Patient {n}", today, now) for n in range(PATIENTS)]
    session.add_all([clinic, bose, *patients])
    session.flush()
    session.add(Membership(account_id=bose.id, clinic_id=clinic.id, role=Role.CLINICIAN, since=now))
    for patient in patients:
        session.add_all(_ties(clinic.id, patient.id, today, now))
    for n, patient in enumerate(patients):
        long = THREE_YEARS if n == 0 else HALF_A_YEAR
        session.execute(insert(Day), list(_days(patient.id, today, long, chance)))
    return Record(
        patients[0].id,
        sign_ins.begin(session, patients[0], "bench", now)[0],
        sign_ins.begin(session, bose, "bench", now)[0],
        today,
    )


def _account(kind: Kind, name: str, today: date, now: datetime) -> Account:
    return Account(
        id=uuid4(),
        kind=kind,
        name=name,
        email=f"{uuid4()}@example.org",
        locale="en",
        zone=ZONE,
        began=today - timedelta(days=THREE_YEARS),
        created_at=now,
    )


def _ties(clinic_id: UUID, patient_id: UUID, today: date, now: datetime) -> list[Any]:
    both = {"clinic_id": clinic_id, "patient_id": patient_id}
    return [
        Enrolment(**both, number=str(patient_id)[:6], since=now),
        Grant(**both, scopes=list(Scope), given_at=now),
        Infusion(
            **both, given_at=now, day=today - timedelta(days=20), dose_mg=35, minutes=40,
            recorded_at=now,
        ),
    ]  # fmt: skip


def _days(patient_id: UUID, today: date, long: int, chance: Random) -> Iterator[dict[str, Any]]:
    told = {"at": "2026-01-01T00:00:00+00:00", "edit": str(uuid4()), "how": "live"}
    for back in range(1, long):
        numbers: dict[str, float] = {
            name: chance.randint(2, 8) for name in ("pain_avg", "pain_worst", "mood")
        }
        numbers["sleep_hours"] = chance.randint(16, 34) / 4
        yield {
            "account_id": patient_id,
            "day": today - timedelta(days=back),
            "revision": back,
            "answered": True,
            "told": dict.fromkeys(numbers, told),
            **numbers,
        }
