"""Two clicks that reach two workers at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from journal.config import Config
from journal.db import opened
from journal.errors import Conflict
from journal.infusions.courses import Told, change, course_of
from journal.infusions.decisions import Made, decide, decided
from journal.infusions.letters import EditBody
from journal.infusions.store import history, of_patient, save_edit
from journal.sharing.access import Enrolled, Member, enrolled, member_of
from journal.vault import Vault
from tests.infusions.letters import an_hour_ago, body, given_at

Work = Callable[[Session], None]


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

    answers = at_once(session, engine, config, [saving(boses, patient, *one, now) for one in edits])

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

    answers = at_once(session, engine, config, [saving(boses, patient, uuid4(), edit, now)] * 2)

    [kept] = of_patient(session, boses, patient)
    assert answers == ["recorded", "recorded"]
    assert len(history(session, kept)) == 1


def test_two_who_write_down_a_course_at_once_both_do(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    now: datetime,
) -> None:
    said = [Told(diagnosis="Low mood"), Told(consent_on=now.date())]

    answers = at_once(
        session, engine, config, [changing(boses, patient, told, now) for told in said]
    )

    session.expire_all()
    told = course_of(session, boses, patient).told
    assert answers == ["recorded", "recorded"]
    assert (told.diagnosis, told.consent_on) == ("Low mood", now.date())


def test_two_clicks_at_once_are_one_decision(
    session: Session,
    engine: Engine,
    config: Config,
    boses: Member,
    patient: Enrolled,
    now: datetime,
) -> None:
    answers = at_once(session, engine, config, [deciding(boses, patient, uuid4(), now)] * 2)

    assert answers == ["recorded", "recorded"]
    assert len(decided(session, boses, patient)) == 1


def at_once(session: Session, engine: Engine, config: Config, works: Sequence[Work]) -> list[str]:
    """What became of each, where each reached a worker of its own."""
    session.commit()
    together = Barrier(len(works))

    def click(work: Work) -> str:
        together.wait()
        with opened(engine, Vault(config.vault_keys), writing=True) as worker:
            return done(worker, work)

    with ThreadPoolExecutor(len(works)) as workers:
        return sorted(workers.map(click, works))


def done(worker: Session, work: Work) -> str:
    try:
        work(worker)
    except Conflict:
        return "again"
    worker.commit()
    return "recorded"


def saving(boses: Member, patient: Enrolled, infusion: UUID, edit: EditBody, now: datetime) -> Work:
    def save(worker: Session) -> None:
        member = member_of(worker, boses.account)
        save_edit(worker, member, enrolled(worker, member, patient.id), infusion, edit, now)

    return save


def changing(boses: Member, patient: Enrolled, told: Told, now: datetime) -> Work:
    """A page that showed an empty course says this."""

    def save(worker: Session) -> None:
        member = member_of(worker, boses.account)
        known = enrolled(worker, member, patient.id)
        course_of(worker, member, known)
        change(worker, member, known, told, now, shown=Told())

    return save


def deciding(boses: Member, patient: Enrolled, decision: UUID, now: datetime) -> Work:
    made = Made("pain", now.date(), "wait", "She is well", {})

    def save(worker: Session) -> None:
        member = member_of(worker, boses.account)
        decide(worker, member, enrolled(worker, member, patient.id), decision, made, now)

    return save
