"""What the series of the demo's people did: every status is there to be seen."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.config import Config
from journal.demo.diaries import diary, infusion_days
from journal.demo.stories import (
    AT_ONCE,
    BEFORE_FIRST,
    FADES,
    FADING,
    GAP,
    LITTLE_PAIN,
    MOOD_ONLY,
    NON_RESPONDER,
    STOPPED,
    STRONG,
    TOO_EARLY,
    Story,
)
from journal.entries.models import How
from journal.entries.rows import DayRead
from journal.infusions.models import Decision, Infusion, Standing
from journal.infusions.treated import Treated, everywhere
from journal.insights.activation import high_mood_little_sleep
from journal.insights.relief import Status
from journal.outcomes.held import BY_NAME, Held, held
from journal.outcomes.said import said
from journal.sharing.access import own

EVERY_WEEKDAY = [date(2026, 11, 24) + timedelta(days=n) for n in range(7)]
ONE = timedelta(days=1)


def series(story: Story, key: str, today: date) -> Sequence[Held]:
    """As they stand when today is written down, too."""
    told: dict[date, dict[str, object]] = {}
    for one in diary(story, today):
        told.setdefault(one.day, {}).update(one.items)
    days = [
        DayRead(day, items, dict.fromkeys(items, How.LIVE), 0)  # type: ignore[arg-type]
        for day, items in sorted(told.items())
    ]
    return held(days, Treated(infusion_days(story, today)), today, key)


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
@pytest.mark.parametrize(
    ("story", "key", "status"),
    [
        (STRONG, "pain", Status.ONGOING),
        (STRONG, "mood", Status.ONGOING),
        (FADES, "pain", Status.LOST),
        (NON_RESPONDER, "pain", Status.NO_RESPONSE),
        (NON_RESPONDER, "mood", Status.NO_RESPONSE),
        (MOOD_ONLY, "pain", Status.NO_RESPONSE),
        (MOOD_ONLY, "mood", Status.ONGOING),
        (FADING, "pain", Status.ONGOING),
        (TOO_EARLY, "pain", Status.TOO_EARLY),
        (STOPPED, "pain", Status.NOT_EVALUABLE),
        (GAP, "pain", Status.DATA_GAP),
        (AT_ONCE, "pain", Status.BASELINE_INSUFFICIENT),
        (LITTLE_PAIN, "pain", Status.BASELINE_TOO_LOW),
    ],
)
def test_each_has_the_story_that_is_hers(
    today: date, story: Story, key: str, status: Status
) -> None:
    assert series(story, key, today)[-1].did.status is status


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_of_one_relief_is_fading_and_it_held_before(today: date) -> None:
    *before, now = series(FADING, "pain", today)

    assert now.fading
    assert before[-1].did.durability_days


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_is_very_well_and_hardly_sleeps(today: date) -> None:
    told = [one for one in diary(LITTLE_PAIN, today) if one.day < today]
    moods = {one.day: float(one.items["mood"]) for one in told if "mood" in one.items}  # type: ignore[arg-type]
    hours = {one.day: float(one.items["sleep_hours"]) for one in told if "sleep_hours" in one.items}  # type: ignore[arg-type]

    assert today - ONE in high_mood_little_sleep(moods, hours)


def test_every_status_is_there_over_pain_and_mood(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    found = {
        one.did.status
        for account in filled.scalars(select(Account).where(Account.kind == "patient"))
        for key in BY_NAME
        for one in _series_of(filled, account, key, made[1])
    }

    assert found == set(Status)


def test_infusions_are_planned_and_two_agents_are_given(
    filled: Session, made: tuple[Config, datetime]
) -> None:
    planned = filled.scalars(select(Infusion).where(Infusion.standing == Standing.PLANNED)).all()

    assert len(planned) == 3
    assert all(one.given_at > made[1] for one in planned)
    assert set(filled.scalars(select(Infusion.agent))) == {"racemic", "esketamine"}


def test_one_has_her_first_infusion_ahead(filled: Session) -> None:
    lena = filled.scalars(select(Account).where(Account.name == BEFORE_FIRST.name)).one()

    standings = filled.scalars(select(Infusion.standing).where(Infusion.patient_id == lena.id))

    assert standings.all() == [Standing.PLANNED]


def test_a_decision_was_made_before_now(filled: Session, made: tuple[Config, datetime]) -> None:
    decision = filled.scalars(select(Decision)).one()

    assert decision.became == "wait"
    assert decision.decided_at < made[1]


def _series_of(session: Session, account: Account, key: str, now: datetime) -> Sequence[Held]:
    today = diary_day(now, account.zone)
    days = said(session, own(account), account.began, today)
    return held(days, everywhere(session, own(account)), today, key)
