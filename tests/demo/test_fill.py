"""The demo clinic in its database."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import reduce
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.accounts.people import by_email
from journal.audit.models import AuditEvent
from journal.audit.store import first_broken
from journal.config import Config
from journal.entries.fold import State, Told, fold
from journal.entries.models import Day, Edit, How
from journal.entries.rows import said_in, state_of
from journal.infusions.models import Infusion
from journal.push.models import Device
from journal.reminders.models import Due
from journal.reminders.store import rule_of
from journal.sharing.access import PAGE_LOOK, PANEL_LOOK, member_of
from journal.sharing.models import Enrolment, Grant, Scope

Key = tuple[UUID, date]


def folded(session: Session) -> Mapping[Key, State]:
    """Each day as all of its edits make it."""
    told: dict[Key, list[Mapping[str, Told]]] = defaultdict(list)
    for edit in session.scalars(select(Edit)):
        items, _ = said_in(session, edit)
        told[edit.account_id, edit.day].append(
            {
                name: Told(value, edit.counted_at, edit.edit_id, How(edit.how))
                for name, value in items.items()
            }
        )
    return {key: reduce(fold, edits, {}) for key, edits in told.items()}


def kept(session: Session) -> Mapping[Key, State]:
    """Each day as its row says."""
    return {
        (row.account_id, row.day): state_of(session, row) for row in session.scalars(select(Day))
    }


def test_every_day_is_the_fold_of_its_edits(filled: Session) -> None:
    assert kept(filled) == folded(filled)


def test_every_revision_is_that_of_a_days_last_edit(filled: Session) -> None:
    highest = func.max(Day.revision)
    newest = filled.execute(select(Day.account_id, highest).group_by(Day.account_id)).all()
    revisions = {one.id: one.revision for one in filled.scalars(select(Account))}

    assert newest
    assert all(revision == revisions[account] for account, revision in newest)


def test_nothing_in_it_happens_later_than_now(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    _, now = made
    last = [
        filled.scalar(select(func.max(column)))
        for column in (Edit.received_at, AuditEvent.at, Infusion.recorded_at, Account.created_at)
    ]

    assert all(at is not None and at <= now for at in last)


def test_words_are_sealed(filled: Session, made: tuple[Config, datetime]) -> None:
    config, _ = made
    everything = b"".join(path.read_bytes() for path in config.instance.glob("demo.db*"))

    assert b"Sat in the garden" not in everything
    assert b"Ibuprofen" not in everything


def test_the_audit_log_is_whole_and_in_the_order_of_time(filled: Session) -> None:
    times = filled.scalars(
        select(AuditEvent.at).where(AuditEvent.patient_id.is_not(None)).order_by(AuditEvent.id)
    ).all()

    assert first_broken(filled) is None
    assert times == sorted(times)


def test_nobody_in_it_has_a_password(filled: Session) -> None:
    assert set(filled.scalars(select(Account.password_hash))) == {None}


def test_forty_patients_and_a_team_of_three(filled: Session) -> None:
    kinds = list(filled.scalars(select(Account.kind)))

    assert (kinds.count(Kind.PATIENT), kinds.count(Kind.MEMBER)) == (40, 3)


def test_dr_bose_works_at_riverbend(filled: Session) -> None:
    bose = by_email(filled, "bose@demo.example")
    assert bose is not None

    member = member_of(filled, bose)

    assert (member.account.name, member.clinic.name) == ("Dr Bose", "Riverbend Infusion")
    assert member.clinic.crisis_lines


def test_dr_bose_looked_at_anas_page_within_the_week(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    ana, (_, now) = by_email(filled, "ana@demo.example"), made
    assert ana is not None

    looks = filled.scalars(
        select(AuditEvent.at).where(
            AuditEvent.patient_id == ana.id, AuditEvent.action.in_((PAGE_LOOK, PANEL_LOOK))
        )
    ).all()

    assert looks
    assert all((now - at).days < 6 for at in looks)


def test_two_patients_share_nothing_and_one_numbers_only(filled: Session) -> None:
    shared = [sorted(scopes) for scopes in filled.scalars(select(Grant.scopes))]

    assert len(shared) == 38
    assert shared.count([Scope.NUMBERS]) == 1


def test_ana_and_a_few_others_want_to_be_asked(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    ana, (_, now) = by_email(filled, "ana@demo.example"), made
    assert ana is not None

    rule = rule_of(filled, ana.id)

    assert rule is not None
    assert (rule.at, rule.days, rule.nudge) == (time(20), [0, 1, 2, 3, 4, 5, 6], True)
    assert [due > now for due in filled.scalars(select(Due.at))] == [True] * 4
    assert filled.scalars(select(Device)).all() == []


def test_every_patient_has_a_number_of_the_clinics_own(filled: Session) -> None:
    numbers = set(filled.scalars(select(Enrolment.number)))

    assert len(numbers) == 40
