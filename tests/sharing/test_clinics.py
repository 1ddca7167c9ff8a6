"""Clinics, who works there, and whom their patients can call."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.audit.models import AuditEvent
from journal.errors import Conflict, Invalid, NotThere
from journal.sharing import clinics
from journal.sharing.access import Member, member_of
from journal.sharing.clinics import US_LINES, Line, Settings
from journal.sharing.models import Role
from tests.people import person

SAMARITANS = Line("Samaritans", call="116 123")


def test_a_clinic_in_the_united_states_begins_with_988_and_911(
    session: Session, now: datetime
) -> None:
    made = clinics.create_clinic(session, name="Lakeside", zone="America/Chicago", now=now)

    assert {line["call"] for line in made.crisis_lines} >= {"988", "911"}


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (US_LINES, "911"),
        ([SAMARITANS, Line("Emergency", call="112")], "112"),
        ([Line("Ambulance", call="999"), Line("Notruf", call="112")], "112"),
        ([Line("In an emergency", text_to="911")], None),
        ([SAMARITANS], None),
        ([], None),
    ],
)
def test_the_line_that_sends_an_ambulance_is_known_by_its_number(
    lines: Sequence[Line], number: str | None
) -> None:
    found = clinics.emergency_in(lines)

    assert (found.call if found else None) == number


def test_a_clinic_elsewhere_begins_with_none(session: Session, now: datetime) -> None:
    made = clinics.create_clinic(
        session, name="Elbufer", zone="Europe/Berlin", country="DE", now=now
    )

    assert made.crisis_lines == []


def test_a_clinic_elsewhere_can_give_its_own(session: Session, now: datetime) -> None:
    made = clinics.create_clinic(
        session,
        name="Thames",
        zone="Europe/London",
        country="GB",
        crisis_lines=[SAMARITANS],
        now=now,
    )

    assert clinics.lines_of([made]) == [SAMARITANS]


@pytest.mark.parametrize(("name", "zone"), [(" ", "Europe/Berlin"), ("Elbufer", "Mars/Base")])
def test_a_clinic_needs_a_name_and_a_zone(
    session: Session, now: datetime, name: str, zone: str
) -> None:
    with pytest.raises(Invalid):
        clinics.create_clinic(session, name=name, zone=zone, now=now)


def test_each_line_is_said_once(session: Session, boses: Member, coles: Member) -> None:
    coles.clinic.crisis_lines = [vars(SAMARITANS)]

    assert set(clinics.everyones_lines(session)) == {*US_LINES, SAMARITANS}


def test_who_works_there_is_listed(session: Session, boses: Member) -> None:
    names = [one.account.name for one in clinics.members(session, boses.clinic)]

    assert boses.account.name in names


def test_nobody_works_at_two_clinics(
    session: Session, boses: Member, coles: Member, now: datetime
) -> None:
    with pytest.raises(Conflict):
        clinics.add_member(session, coles.clinic, boses.account, Role.CLINICIAN, now)


def test_someone_new_begins_to_work_there(session: Session, boses: Member, now: datetime) -> None:
    nell = person(Kind.MEMBER, "Nell", now)
    session.add(nell)
    session.flush()

    clinics.add_member(session, boses.clinic, nell, Role.COORDINATOR, now)

    assert member_of(session, nell).role is Role.COORDINATOR


def test_a_patient_is_no_member(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    with pytest.raises(Invalid):
        clinics.add_member(session, boses.clinic, ana, Role.CLINICIAN, now)


def test_whoever_left_is_a_member_no_longer(session: Session, boses: Member, now: datetime) -> None:
    clinics.end_membership(session, boses.clinic, boses.account.id, now)

    with pytest.raises(NotThere):
        member_of(session, boses.account)


def test_one_clinic_cannot_dismiss_anothers_member(
    session: Session, boses: Member, coles: Member, now: datetime
) -> None:
    with pytest.raises(NotThere):
        clinics.end_membership(session, coles.clinic, boses.account.id, now)


def test_settings_that_stay_as_they_are_are_no_change(
    session: Session, boses: Member, now: datetime
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))

    clinics.change(session, boses, clinics.settings_of(boses.clinic), now)

    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_settings_hold_from_the_next_look_on(
    session: Session, boses: Member, now: datetime
) -> None:
    wanted = Settings("Riverside", None, "Always", (SAMARITANS,))

    clinics.change(session, boses, wanted, now)

    assert clinics.settings_of(boses.clinic) == wanted
