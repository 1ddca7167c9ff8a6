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
from journal.infusions.letters import EditBody
from journal.infusions.store import history, of_patient, save_edit
from journal.sharing.access import Enrolled, Member, enrolled, member_of
from journal.vault import Vault
from tests.infusions.letters import an_hour_ago, body, given_at


def test_of_two_clicks_at_once_one_is_recorded(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    now: datetime,
) -> None:
    items, account = given_at(an_hour_ago(now)), str(boses.account.id)
    edits = [(uuid4(), body(items=items, account=account)) for _ in range(2)]

    answers = at_once(session, engine, config, boses, patient, now, edits)

    assert answers == ["again", "recorded"]
    assert len(of_patient(session, boses, patient)) == 1


def test_one_letter_that_arrives_twice_at_once_is_one_edit(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    now: datetime,
) -> None:
    edit = body(items=given_at(an_hour_ago(now)), account=str(boses.account.id))

    answers = at_once(session, engine, config, boses, patient, now, [(uuid4(), edit)] * 2)

    [kept] = of_patient(session, boses, patient)
    assert answers == ["recorded", "recorded"]
    assert len(history(session, kept)) == 1


def at_once(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    now: datetime,
    edits: list[tuple[UUID, EditBody]],
) -> list[str]:
    """What became of each, where each reached a worker of its own."""
    session.commit()
    together = Barrier(len(edits))

    def click(one: tuple[UUID, EditBody]) -> str:
        together.wait()
        with opened(engine, Vault(config.vault_keys), writing=True) as worker:
            return record(worker, boses.account, patient.id, *one, now)

    with ThreadPoolExecutor(len(edits)) as workers:
        return sorted(workers.map(click, edits))


def record(
    worker: Session, bose: Account, patient_id: UUID, infusion: UUID, edit: EditBody, now: datetime
) -> str:
    member = member_of(worker, bose)
    try:
        save_edit(worker, member, enrolled(worker, member, patient_id), infusion, edit, now)
    except Conflict:
        return "again"
    worker.commit()
    return "recorded"
