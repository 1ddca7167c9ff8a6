"""The demo clinic in its database."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import reduce
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact, Kind
from journal.accounts.people import by_email
from journal.audit.models import AuditEvent
from journal.audit.store import first_broken
from journal.clinic import outcomes as figures
from journal.clock import diary_day
from journal.config import Config
from journal.demo.stories import CHECKLIST, NEW_YORK
from journal.entries.fold import State, Told, fold
from journal.entries.goals import goal_on
from journal.entries.models import Day, Edit, How
from journal.entries.rows import said_in, state_of
from journal.infusions import fold as infusion_fold
from journal.infusions import rows as infusion_rows
from journal.infusions.courses import course_of
from journal.infusions.days import Wanted, wanted_by
from journal.infusions.items import items as said_of
from journal.infusions.letters import parse_value
from journal.infusions.models import Infusion, InfusionEdit, Standing
from journal.outcomes import store as outcomes
from journal.push.models import Device
from journal.reminders.models import Due
from journal.reminders.store import rule_of
from journal.sharing.access import PAGE_LOOK, PANEL_LOOK, enrolled, member_of, own
from journal.sharing.models import Clinic, Enrolment, Grant, Scope

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


def test_every_infusion_is_the_fold_of_its_edits(filled: Session) -> None:
    edits: dict[UUID, list[infusion_fold.Told]] = defaultdict(list)
    for edit in filled.scalars(select(InfusionEdit)):
        edits[edit.infusion_id].append(infusion_rows.told(filled, edit))
    infusions = filled.scalars(select(Infusion)).all()

    assert set(edits) == {one.id for one in infusions}
    assert all(
        infusion_rows.items_of(filled, one, NEW_YORK) == infusion_fold.fold(edits[one.id])
        for one in infusions
    )


def test_every_infusion_could_have_come_from_the_form(filled: Session) -> None:
    for edit in filled.scalars(select(InfusionEdit)):
        items, _ = infusion_rows.said_in(filled, edit)

        assert {name: parse_value(said_of()[name], value) for name, value in items.items()} == items


def test_no_infusion_is_impossible_or_odd(filled: Session, made: tuple[Config, datetime]) -> None:
    _, now = made
    born = {one.account_id: one.born for one in filled.scalars(select(Contact))}
    for infusion in filled.scalars(select(Infusion)):
        said = infusion_rows.items_of(filled, infusion, NEW_YORK)

        infusion_fold.check(said, now, born[infusion.patient_id], NEW_YORK)
        assert infusion_fold.doubts(said, said, now, NEW_YORK) == []


def test_what_was_given_is_written_down_in_full(filled: Session) -> None:
    given = filled.scalars(select(Infusion).where(Infusion.standing == Standing.GIVEN)).all()
    asked = {"route", "weight_kg", "bp_systolic_peak", "spo2_lowest", "before_pain", "after_mood"}

    assert all(asked <= set(one.numbers) for one in given)
    assert all({"prescriber", "giver"} <= set(infusion_rows.opened(filled, one)) for one in given)


def test_one_infusion_of_anas_was_put_right_and_why_is_told(filled: Session) -> None:
    edits = filled.scalars(select(InfusionEdit))
    reasons = [infusion_rows.said_in(filled, edit)[1] for edit in edits]

    assert [reason for reason in reasons if reason] == ["Read off the pump again."]


def test_the_clinic_says_what_to_see_to_before_an_infusion(filled: Session) -> None:
    clinic = filled.scalars(select(Clinic)).one()

    assert wanted_by(filled, clinic.id) == Wanted(CHECKLIST, 4)


def test_the_course_says_why_ana_is_treated_and_what_runs_beside(filled: Session) -> None:
    ana, bose = by_email(filled, "ana@demo.example"), by_email(filled, "bose@demo.example")
    assert ana is not None
    assert bose is not None
    member = member_of(filled, bose)

    told = course_of(filled, member, enrolled(filled, member, ana.id)).told

    assert told.diagnosis == "Fibromyalgia, with depression"
    assert [one.name for one in told.beside] == ["Duloxetine 60 mg", "Physiotherapy"]
    assert (told.plan, told.consent_on) == ({"kind": "maintenance", "days": 40}, ana.began)


def test_ana_has_her_goal(filled: Session, made: tuple[Config, datetime]) -> None:
    ana, (_, now) = by_email(filled, "ana@demo.example"), made
    assert ana is not None

    goal = goal_on(filled, own(ana), diary_day(now, ana.zone))

    assert goal is not None
    assert goal.text == "Walk to the lake and back"


def test_who_shares_everything_shares_side_effects(filled: Session) -> None:
    shared = [sorted(scopes) for scopes in filled.scalars(select(Grant.scopes))]

    assert shared.count(sorted(Scope)) == 37


def test_the_clinics_figures_say_what_was_noticed(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    bose, (_, now) = by_email(filled, "bose@demo.example"), made
    assert bose is not None

    noticed = outcomes.noticed(filled, member_of(filled, bose), date.min, date.max, now)

    assert len(figures.effects(noticed)) >= 6
    assert all(one.share for one in figures.effects(noticed))


def test_what_ana_said_in_the_chair_is_what_she_wrote_down(filled: Session) -> None:
    ana = by_email(filled, "ana@demo.example")
    assert ana is not None
    days = filled.scalars(select(Day).where(Day.account_id == ana.id))
    told = {row.day: row.more or {} for row in days}
    given = filled.scalars(select(Infusion).where(Infusion.patient_id == ana.id))
    both = [(told[one.day], one.numbers) for one in given if "after_pain" in told.get(one.day, {})]

    assert len(both) >= 9
    assert all(diary["before_pain"] == chair["before_pain"] for diary, chair in both)
    assert all(diary["after_mood"] == chair["after_mood"] for diary, chair in both)
