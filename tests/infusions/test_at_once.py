"""Two clicks on "Record it" that reach two workers at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.config import Config
from journal.db import opened
from journal.errors import Conflict
from journal.infusions.forms import Given
from journal.infusions.store import keep, of_patient
from journal.sharing.access import Enrolled, Member, enrolled, member_of
from journal.vault import Vault


def test_of_two_clicks_at_once_one_is_recorded(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    given: Given,
    now: datetime,
) -> None:
    session.commit()
    together = Barrier(2)

    def click(_turn: int) -> str:
        together.wait()
        with opened(engine, Vault(config.vault_keys), writing=True) as worker:
            return record(worker, boses.account, patient.id, given, now)

    with ThreadPoolExecutor(2) as workers:
        answers = sorted(workers.map(click, range(2)))

    assert answers == ["again", "recorded"]
    assert len(of_patient(session, boses, patient)) == 1


def record(worker: Session, bose: Account, patient_id: UUID, given: Given, now: datetime) -> str:
    member = member_of(worker, bose)
    try:
        keep(worker, member, enrolled(worker, member, patient_id), uuid4(), given, now)
    except Conflict:
        return "again"
    worker.commit()
    return "recorded"
