"""The diaries of people who do not exist."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.demo.diaries import Written, diary, everyone, infusion_days, relief
from journal.demo.stories import (
    ANA,
    FADES,
    JOINED,
    MOOD_ONLY,
    NON_RESPONDER,
    NUMBERS_ONLY,
    PRIVATE,
    QUIET,
    SINKING,
    STRONG,
    Story,
)
from journal.entries.forms import parse_value
from journal.instruments import diary as instrument

TODAY = date(2026, 11, 24)
ONE, WEEK = timedelta(days=1), timedelta(days=7)
EVERY_WEEKDAY = [TODAY + timedelta(days=n) for n in range(7)]

days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
people = st.sampled_from(everyone())


def written(story: Story, today: date = TODAY) -> list[Written]:
    return list(diary(story, today))


def mean(story: Story, item: str, today: date, first: date, last: date) -> float:
    """What she wrote about these days, on average."""
    said = [one for one in written(story, today) if first <= one.day <= last]
    return fmean(float(one.items[item]) for one in said if item in one.items)  # type: ignore[arg-type]


def by_day(story: Story, item: str) -> dict[date, float]:
    said = [one for one in written(story) if item in one.items]
    return {one.day: float(one.items[item]) for one in said}  # type: ignore[arg-type]


def before_and_after(
    story: Story, item: str, today: date, after: Sequence[int]
) -> tuple[float, float]:
    """Before the first infusion, and from so many to so many days after the first six."""
    six = infusion_days(story, today)[:6]
    first, last = (six[-1] + timedelta(days=n) for n in after)
    before = mean(story, item, today, six[0] - timedelta(days=20), six[0] - timedelta(days=1))
    return before, mean(story, item, today, first, last)


def shifted(one: Written, by: timedelta) -> Written:
    return Written(one.day + by, one.at + by, one.items, one.reason)


def test_there_are_forty_people_and_no_two_share_a_name() -> None:
    names = {story.name for story in everyone()}

    assert len(names) == 40


def test_names_are_long_and_short_and_written_from_the_right() -> None:
    names = {story.name for story in everyone()}

    assert {"O", "ليلى حداد", "Walter Szymański-Oppenheimer zu Hohenfels"} <= names


@settings(deadline=None)
@given(days, people)
def test_the_same_today_gives_the_same_diary(today: date, story: Story) -> None:
    assert list(diary(story, today)) == list(diary(story, today))


@settings(deadline=None)
@given(days, people, st.integers(1, 200))
def test_weeks_later_it_is_the_same_diary_weeks_later(
    today: date, story: Story, weeks: int
) -> None:
    later = WEEK * weeks

    shifted_diary = [shifted(one, later) for one in diary(story, today)]

    assert list(diary(story, today + later)) == shifted_diary


@settings(deadline=None)
@given(days, people)
def test_everything_written_could_have_come_from_a_phone(today: date, story: Story) -> None:
    for one in diary(story, today):
        for item, value in one.items.items():
            sent = list(value) if isinstance(value, tuple) else value

            assert parse_value(instrument()[item], sent) == value


@settings(deadline=None)
@given(days, people)
def test_nobody_is_treated_on_a_weekend(today: date, story: Story) -> None:
    assert all(day.weekday() < 5 for day in infusion_days(story, today))


@settings(deadline=None)
@given(days, people)
def test_six_infusions_come_within_two_weeks(today: date, story: Story) -> None:
    six = infusion_days(story, today)[:6]

    assert not story.series or (six[-1] - six[0]).days == 11


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_ana_has_written_yesterday_and_not_today(today: date) -> None:
    last = max(one.day for one in written(ANA, today))

    assert last == today - timedelta(days=1)


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_ana_has_kept_her_journal_for_half_a_year(today: date) -> None:
    told = {one.day for one in written(ANA, today)}

    assert min(told) <= today - timedelta(days=175)
    assert 145 <= len(told) <= 178


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_a_strong_responder_has_half_the_pain_for_weeks(today: date) -> None:
    before, after = before_and_after(STRONG, "pain_avg", today, (1, 28))

    assert after < before / 2


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_has_relief_that_is_gone_after_twelve_days(today: date) -> None:
    before, soon = before_and_after(FADES, "pain_avg", today, (1, 8))
    _, later = before_and_after(FADES, "pain_avg", today, (18, 40))

    assert soon < before - 2
    assert abs(later - before) < 1


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
@pytest.mark.parametrize("item", ["pain_avg", "mood"])
def test_one_is_not_helped(today: date, item: str) -> None:
    before, after = before_and_after(NON_RESPONDER, item, today, (1, 28))

    assert abs(after - before) < 1


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_is_helped_in_mood_and_not_in_pain(today: date) -> None:
    mood_before, mood_after = before_and_after(MOOD_ONLY, "mood", today, (1, 28))
    pain_before, pain_after = before_and_after(MOOD_ONLY, "pain_avg", today, (1, 28))

    assert mood_after > mood_before + 3
    assert abs(pain_after - pain_before) < 1


def test_relief_sets_in_over_days_and_is_gone_in_the_end() -> None:
    six = infusion_days(FADES, TODAY)[:6]
    last = six[-1]

    early = relief(FADES, six, last - timedelta(days=10))
    full = relief(FADES, six, last + timedelta(days=1))
    gone = relief(FADES, six, last + timedelta(days=30))

    assert early < full / 2
    assert gone < 0.01


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_has_gone_quiet(today: date) -> None:
    last = max(one.day for one in written(QUIET, today))

    assert 11 <= (today - last).days <= 16


def test_one_has_just_joined() -> None:
    assert written(JOINED) == []


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_is_sinking(today: date) -> None:
    week = today - timedelta(days=6)

    now = mean(SINKING, "mood", today, week, today)
    before = mean(SINKING, "mood", today, week - timedelta(days=28), week - timedelta(days=1))

    assert now <= before - 2


def test_two_share_nothing_and_one_her_numbers_only() -> None:
    shared = [story.scopes for story in everyone()]

    assert shared.count(()) == len(PRIVATE) == 2
    assert shared.count(NUMBERS_ONLY.scopes) == 1


def test_there_are_late_days_corrected_ones_and_days_that_were_too_much() -> None:
    everything = [one for story in everyone() for one in diary(story, TODAY)]
    late = [one for one in everything if one.at.date() == one.day + timedelta(days=1)]
    corrected = [one for one in everything if one.reason]
    too_much = [one for one in everything if "too_much" in one.items]

    assert len(late) > 100
    assert len(corrected) > 30
    assert len(too_much) > 20


def test_weekends_have_more_gaps() -> None:
    told = {(story.name, one.day) for story in everyone() for one in diary(story, TODAY)}
    weekends = sum(day.weekday() >= 5 for _, day in told) / 2
    workdays = sum(day.weekday() < 5 for _, day in told) / 5

    assert weekends < workdays * 0.95


def test_one_bad_day_makes_the_next_more_likely_to_be_bad() -> None:
    pains = by_day(NON_RESPONDER, "pain_avg")
    usual = fmean(pains.values())

    after_bad_ones = [
        pains[day + ONE] for day in pains if pains[day] > usual + 1 and day + ONE in pains
    ]

    assert fmean(after_bad_ones) > usual + 0.2
