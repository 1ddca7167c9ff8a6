"""A link that lets one person join, once, for two weeks."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.errors import NotThere, Refused
from journal.sharing import invitations
from journal.sharing.access import Member
from journal.sharing.invitations import GOOD_FOR, NotOpen, State
from journal.sharing.models import Enrolment, Invitation

Invited = tuple[Invitation, str]


def actions(session: Session) -> Sequence[str]:
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()


def test_a_new_one_is_open_and_names_the_clinic(
    session: Session, invited: Invited, now: datetime
) -> None:
    found = invitations.find(session, invited[1], now)

    assert found.clinic.name == invited[0].clinic.name
    assert invitations.state(found, now) is State.OPEN


@pytest.mark.assures("A12")
def test_its_token_is_not_kept(session: Session, invited: Invited) -> None:
    kept = session.scalars(select(Invitation.token_hash)).one()

    assert invited[1] not in kept
    assert len(invited[1]) >= 43


def test_redeeming_it_uses_it_up(session: Session, invited: Invited, now: datetime) -> None:
    invitations.redeem(session, invited[0], now)

    with pytest.raises(NotOpen) as refused:
        invitations.find(session, invited[1], now)
    assert refused.value.state is State.USED


def test_it_cannot_be_redeemed_twice(session: Session, invited: Invited, now: datetime) -> None:
    invitations.redeem(session, invited[0], now)

    with pytest.raises(NotOpen) as refused:
        invitations.redeem(session, invited[0], now)
    assert refused.value.state is State.USED


def test_it_runs_out_after_two_weeks(session: Session, invited: Invited, now: datetime) -> None:
    with pytest.raises(NotOpen) as refused:
        invitations.redeem(session, invited[0], now + GOOD_FOR)
    assert refused.value.state is State.EXPIRED


def test_it_can_be_taken_back(
    session: Session, boses: Member, invited: Invited, now: datetime
) -> None:
    invitations.revoke(session, boses, invited[0].id, now)

    with pytest.raises(NotOpen) as refused:
        invitations.redeem(session, invited[0], now)
    assert refused.value.state is State.REVOKED


def test_one_that_was_used_cannot_be_taken_back(
    session: Session, boses: Member, invited: Invited, now: datetime
) -> None:
    invitations.redeem(session, invited[0], now)

    with pytest.raises(NotThere):
        invitations.revoke(session, boses, invited[0].id, now)


@pytest.mark.assures("A15")
def test_another_clinic_cannot_take_it_back(
    session: Session, coles: Member, invited: Invited, now: datetime
) -> None:
    with pytest.raises(NotThere):
        invitations.revoke(session, coles, invited[0].id, now)


def test_nobody_knows_an_unknown_token(session: Session, now: datetime) -> None:
    with pytest.raises(NotOpen) as refused:
        invitations.find(session, "nope", now)
    assert refused.value.state is State.UNKNOWN


@pytest.mark.assures("A12")
def test_of_many_at_once_exactly_one_wins(
    session: Session, invited: Invited, now: datetime
) -> None:
    session.commit()
    engine = session.get_bind()

    def redeem(_: int) -> bool:
        with Session(engine) as own:
            invitation = own.get_one(Invitation, invited[0].id)
            try:
                invitations.redeem(own, invitation, now)
            except NotOpen:
                return False
            own.commit()
            return True

    with ThreadPoolExecutor(8) as phones:
        won = list(phones.map(redeem, range(8)))

    assert sorted(won) == [False] * 7 + [True]


@pytest.mark.assures("D01")
def test_making_and_taking_back_are_written_down(
    session: Session, boses: Member, invited: Invited, now: datetime
) -> None:
    invitations.revoke(session, boses, invited[0].id, now)

    assert actions(session)[-2:] == ["invitation.made", "invitation.revoked"]


@pytest.mark.assures("D01")
def test_what_is_undone_is_not_written_down(session: Session, boses: Member, now: datetime) -> None:
    session.commit()
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    invitations.invite(session, boses, "Mia", None, now)

    session.rollback()

    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_the_list_says_how_each_one_stands(
    session: Session, boses: Member, invited: Invited, now: datetime
) -> None:
    invitations.invite(session, boses, "Old", None, now - GOOD_FOR - timedelta(days=1))
    invitations.redeem(session, invited[0], now)

    states = {one.label: one.state for one in invitations.listed(session, boses, now)}

    assert states["Mia"] is State.USED
    assert states["Old"] is State.EXPIRED


def test_the_list_shows_nothing_of_another_clinic(
    session: Session, coles: Member, invited: Invited, now: datetime
) -> None:
    assert invitations.listed(session, coles, now) == []


@pytest.mark.assures("F05")
def test_without_crisis_lines_nobody_is_invited(
    session: Session, coles: Member, now: datetime
) -> None:
    coles.clinic.crisis_lines = []

    with pytest.raises(Refused, match="crisis"):
        invitations.invite(session, coles, "Mia", None, now)


def test_joining_makes_someone_a_patient(
    session: Session, dr_bose: Account, ana: Account, boses: Member, now: datetime
) -> None:
    invitation, token = invitations.invite(session, boses, "Ana", "77", now)

    invitations.enrol(session, invitations.find(session, token, now), ana, now)

    enrolment = session.scalars(select(Enrolment).where(Enrolment.patient_id == ana.id)).one()
    assert (enrolment.clinic_id, enrolment.number) == (invitation.clinic_id, "77")
    assert actions(session)[-1] == "patient.joined"


def test_someone_who_left_can_come_back(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    enrolment = session.scalars(select(Enrolment).where(Enrolment.patient_id == ana.id)).one()
    enrolment.until = now - timedelta(days=1)
    _, token = invitations.invite(session, boses, "Ana", None, now)

    invitations.enrol(session, invitations.find(session, token, now), ana, now)

    assert enrolment.since == now
    assert enrolment.until is None
