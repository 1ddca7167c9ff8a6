"""Who looked is counted fairly and said plainly."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.sharing import looks
from journal.sharing.access import PAGE_LOOK, PANEL_LOOK, Member, granted, granted_all

# A Tuesday after everything that the fixtures do.
NOON = datetime.fromisoformat("2031-11-25T12:00:00-05:00")


@pytest.fixture(autouse=True)
def _in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def count(session: Session, action: str) -> int:
    counted = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == action)
    return session.scalar(counted) or 0


@pytest.mark.assures("D01")
def test_a_page_looked_at_twice_in_a_visit_is_one_look(
    session: Session, ana: Account, boses: Member
) -> None:
    granted(session, boses, ana.id, NOON)

    granted(session, boses, ana.id, NOON + timedelta(minutes=14))

    assert count(session, PAGE_LOOK) == 1


def test_a_quarter_of_an_hour_later_it_is_another_look(
    session: Session, ana: Account, boses: Member
) -> None:
    granted(session, boses, ana.id, NOON)

    granted(session, boses, ana.id, NOON + timedelta(minutes=16))

    assert count(session, PAGE_LOOK) == 2


@pytest.mark.assures("D01")
def test_the_panel_counts_once_a_day(session: Session, ana: Account, boses: Member) -> None:
    granted_all(session, boses, NOON)

    granted_all(session, boses, NOON + timedelta(hours=6))

    assert count(session, PANEL_LOOK) == 1


def test_the_panel_counts_again_on_the_next_day(
    session: Session, ana: Account, boses: Member
) -> None:
    granted_all(session, boses, NOON)

    granted_all(session, boses, NOON + timedelta(hours=20))

    assert count(session, PANEL_LOOK) == 2


def test_what_was_not_shown_is_no_look(session: Session, ana: Account, coles: Member) -> None:
    granted_all(session, coles, NOON)

    assert looks.latest(session, ana.id, NOON) is None


@pytest.mark.assures("D03")
def test_ana_reads_who_looked_and_when(session: Session, ana: Account, boses: Member) -> None:
    granted(session, boses, ana.id, NOON - timedelta(days=2))

    said = looks.listed(session, ana.id, NOON)[0].said

    assert said.startswith("Dr Bose looked at your journal on Sunday at")


def test_a_look_of_long_ago_has_a_date(session: Session, ana: Account, boses: Member) -> None:
    granted(session, boses, ana.id, NOON - timedelta(days=40))

    assert "16 October 2031" in looks.listed(session, ana.id, NOON)[0].said


def test_the_last_look_is_one_sentence_without_a_word_of_health(
    session: Session, ana: Account, boses: Member
) -> None:
    granted(session, boses, ana.id, NOON - timedelta(days=3))
    granted_all(session, boses, NOON)

    said = looks.latest(session, ana.id, NOON)

    assert said == f"{boses.clinic.name} looked at your journal today."


def test_where_nobody_looked_nothing_is_said(session: Session, ana: Account) -> None:
    assert looks.latest(session, ana.id, NOON) is None
