"""Ana's goal: one at a time, sealed, from a day on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.goals import Wanted, goal_on, set_goal
from journal.entries.models import Goal
from journal.sharing.access import own
from journal.sharing.models import Scope

ONE = timedelta(days=1)
DOG = "Walk the dog"


def test_there_is_none_until_she_sets_one(session: Session, ana: Account, today: date) -> None:
    assert goal_on(session, own(ana), today) is None


def test_it_holds_from_its_day_on(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today)

    assert goal_on(session, own(ana), today + 100 * ONE) == Wanted(DOG, today)
    assert goal_on(session, own(ana), today - ONE) is None


def test_another_ends_it_and_what_was_stays_known(
    session: Session, ana: Account, today: date
) -> None:
    set_goal(session, ana, DOG, today - 9 * ONE)

    set_goal(session, ana, "Cook again", today)

    assert goal_on(session, own(ana), today - ONE) == Wanted(DOG, today - 9 * ONE)
    assert goal_on(session, own(ana), today) == Wanted("Cook again", today)


def test_the_last_of_a_day_is_the_one(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today)

    set_goal(session, ana, "Cook again", today)

    assert goal_on(session, own(ana), today) == Wanted("Cook again", today)


def test_the_same_again_changes_nothing(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today - 9 * ONE)

    set_goal(session, ana, DOG, today)

    assert goal_on(session, own(ana), today) == Wanted(DOG, today - 9 * ONE)
    assert session.scalar(select(func.count()).select_from(Goal)) == 1


def test_an_empty_one_is_none(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today - ONE)

    set_goal(session, ana, "", today)

    assert goal_on(session, own(ana), today) is None


@pytest.mark.assures("C06")
def test_without_her_words_nobody_reads_it(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today)

    numbers = replace(own(ana), scopes=frozenset({Scope.NUMBERS}))

    assert goal_on(session, numbers, today) is None


@pytest.mark.assures("C06")
def test_what_was_written_before_the_first_day_shared_is_not_read(
    session: Session, ana: Account, today: date
) -> None:
    set_goal(session, ana, DOG, today - 9 * ONE)

    assert goal_on(session, replace(own(ana), first=today - 8 * ONE), today) is None
    assert goal_on(session, replace(own(ana), first=today - 9 * ONE), today) is not None


def test_it_lies_sealed(session: Session, ana: Account, today: date) -> None:
    set_goal(session, ana, DOG, today)

    assert b"dog" not in session.scalars(select(Goal.sealed)).one()
