"""What is read of Ana's days for reckoning, and her first infusion while it is ahead; on both
databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from journal.infusions.models import Standing
from journal.outcomes.said import first_foreseen, said
from journal.sharing.access import Access, own
from journal.sharing.models import Scope
from tests.clinic.desk import every_day, give, write
from tests.people import People

TODAY = date(2026, 3, 20)
ONE = timedelta(days=1)


@pytest.fixture
def hers(people: People) -> Access:
    return own(people.ana)


def test_days_with_pain_or_mood_are_read_and_no_others(session: Session, people: People) -> None:
    access = Access(people.ana.id, frozenset({Scope.NUMBERS}), None)
    write(session, people.ana, every_day(TODAY, 2, 2, pain_avg=5, mood=4, sleep_hours=7))
    write(session, people.ana, every_day(TODAY, 1, 1, mood=0, note="Rain"))
    write(session, people.ana, every_day(TODAY, 0, 0, sleep_hours=7))

    days = said(session, access, TODAY - 9 * ONE, TODAY)

    assert [(day.day, dict(day.items)) for day in days] == [
        (TODAY - 2 * ONE, {"pain_avg": 5, "mood": 4}),
        (TODAY - ONE, {"mood": 0}),
    ]


@pytest.mark.assures("A03")
def test_only_as_far_as_access_reaches(session: Session, people: People) -> None:
    write(session, people.ana, every_day(TODAY, 9, 0, mood=5))
    numbers = Access(people.ana.id, frozenset({Scope.NUMBERS}), TODAY - 2 * ONE)
    notes = Access(people.ana.id, frozenset({Scope.NOTES}), None)

    read = [len(said(session, one, TODAY - 9 * ONE, TODAY)) for one in (numbers, notes)]

    assert read == [3, 0]


def test_her_first_infusion_is_the_next_one_planned(
    session: Session, people: People, hers: Access
) -> None:
    for days in (9, 5, -3):
        give(session, people.riverbend, people.ana, TODAY + days * ONE, standing=Standing.PLANNED)

    assert first_foreseen(session, hers, TODAY) == TODAY + 5 * ONE


def test_after_one_that_was_given_there_is_no_first_one(
    session: Session, people: People, hers: Access
) -> None:
    give(session, people.hillside, people.ana, TODAY - 90 * ONE)
    give(session, people.riverbend, people.ana, TODAY + 5 * ONE, standing=Standing.PLANNED)

    assert first_foreseen(session, hers, TODAY) is None


def test_one_that_was_taken_back_counts_for_nothing(
    session: Session, people: People, hers: Access, now: datetime
) -> None:
    give(session, people.riverbend, people.ana, TODAY - ONE, struck_at=now)
    give(session, people.riverbend, people.ana, TODAY + ONE, standing=Standing.MISSED)

    assert first_foreseen(session, hers, TODAY) is None
