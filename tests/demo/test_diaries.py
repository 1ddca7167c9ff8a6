"""The diaries of people who do not exist."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.demo.beside import goal_since
from journal.demo.diaries import Written, diary, everyone, infusion_days, relief
from journal.demo.stories import (
    ANA,
    FADES,
    JOINED,
    LITTLE_PAIN,
    MOOD_ONLY,
    NON_RESPONDER,
    NUMBERS_ONLY,
    PRIVATE,
    QUIET,
    SINKING,
    STRONG,
    Story,
)
from journal.entries.fold import Value
from journal.entries.forms import parse_value
from journal.entries.nights import night_of
from journal.instruments import diary as instrument
from journal.patient.asks import Known, asked_on

TODAY = date(2026, 11, 24)
# Half a year before it no clock is changed: an hour more or less is no mistake of the diary.
BEFORE_CLOCKS_CHANGE = date(2026, 10, 30)
WITH_NIGHTS = [story for story in everyone() if story.nights]
WITH_GOALS = [story for story in everyone() if story.goal]
ONE, WEEK = timedelta(days=1), timedelta(days=7)
EVERY_WEEKDAY = [TODAY + timedelta(days=n) for n in range(7)]

days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
people = st.sampled_from(everyone())


def written(story: Story, today: date = TODAY) -> list[Written]:
    return list(diary(story, today))


def told(story: Story, today: date = TODAY) -> dict[date, dict[str, Value]]:
    """Each day with all that was written about it."""
    days: dict[date, dict[str, Value]] = {}
    for one in diary(story, today):
        days.setdefault(one.day, {}).update(one.items)
    return days


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


def test_ana_and_two_others_write_down_most_nights_in_detail() -> None:
    nights = [sum("into_bed" in one.items for one in written(story)) for story in WITH_NIGHTS]

    assert ANA in WITH_NIGHTS
    assert len(nights) == 3
    assert min(nights) > 60


@pytest.mark.parametrize("story", WITH_NIGHTS, ids=lambda story: story.name)
def test_a_night_in_detail_is_as_long_as_the_hours_slept(story: Story) -> None:
    said = [one for one in written(story, BEFORE_CLOCKS_CHANGE) if "into_bed" in one.items]
    nights = [(one, night_of(one.items, one.day, story.zone)) for one in said]

    assert all(found and found.valid for _, found in nights)
    assert [found and found.tst_min for _, found in nights] == [
        cast("float", one.items["sleep_hours"]) * 60 for one, _ in nights
    ]


@pytest.mark.parametrize("story", everyone(), ids=lambda story: story.name)
def test_nothing_is_told_that_was_not_asked(story: Story) -> None:
    began = TODAY - timedelta(days=story.days)
    beside = told(story)
    known = Known(infusion_days(story, TODAY), beside, goal_since(story, began))
    said = {
        (day, part)
        for day, items in beside.items()
        for part, item in (("noticed", "noticed"), ("goal", "goal_met"))
        if item in items
    }

    assert all(part in asked_on(day, known) for day, part in said)


def test_most_say_what_they_noticed_and_some_that_it_was_nothing() -> None:
    days = [items for story in everyone() for items in told(story).values()]
    noticed = [items["noticed"] for items in days if "noticed" in items]

    assert len(noticed) > 150
    assert noticed.count({}) > 30


@pytest.mark.parametrize("today", EVERY_WEEKDAY)
def test_one_noticed_something_to_call_the_clinic_about_in_the_last_days(today: date) -> None:
    *_, last = [one for one in written(LITTLE_PAIN, today) if "noticed" in one.items]

    assert today - last.day <= timedelta(days=3)
    assert last.items["noticed"] == {"elated": 2, "anxiety": 1}


def test_nobody_else_noticed_anything_to_call_about() -> None:
    marks = {effect.id: effect.call_clinic_if for effect in instrument()["noticed"].effects}
    called = {
        story.name
        for story in everyone()
        for one in written(story)
        for effect, strength in cast("dict[str, int]", one.items.get("noticed", {})).items()
        if strength >= (marks[effect] or 4)
    }

    assert called == {LITTLE_PAIN.name}


def test_ana_and_some_others_have_a_goal_and_say_weekly_whether_they_reached_it() -> None:
    weeks = {
        story.name: [one.items["goal_met"] for one in written(story) if "goal_met" in one.items]
        for story in WITH_GOALS
    }

    assert ANA.goal == "Walk to the lake and back"
    assert len(weeks) == 4
    assert all(len(said) > 12 for said in weeks.values())
    assert set(weeks[ANA.name]) == {"yes", "partly", "no"}


def test_on_most_infusion_days_ana_writes_down_how_she_is_before_and_after() -> None:
    given_on = set(infusion_days(ANA, TODAY))
    days = told(ANA).items()
    before = {day for day, items in days if {"ready", "before_pain", "before_mood"} <= set(items)}
    after = {day for day, items in days if {"after_pain", "after_mood"} <= set(items)}

    assert before == after <= given_on
    assert len(before) >= 9
