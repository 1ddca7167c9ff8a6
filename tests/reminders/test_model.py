"""The model of the reminder rules says what the rules say."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.reminders.model import Life, Pause, Stop, verdicts

NEW_YORK = "America/New_York"
ANA = Life(zone=NEW_YORK, at=time(19, 30), days=frozenset(range(7)), nudge=True)
TUESDAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK))


def told(life: Life, day: int = 24) -> list[tuple[str, str]]:
    """What becomes of what is due from four in the morning until the next."""
    return [(one.kind, one.outcome) for one in verdicts(life, at(4, day=day), at(4, day=day + 1))]


def test_ana_is_asked_and_nudged_an_hour_later() -> None:
    found = verdicts(ANA, at(4), at(4, day=25))

    assert [one.due for one in found] == [at(19, 30), at(20, 30)]
    assert told(ANA) == [("chosen", "sent"), ("nudge", "sent")]


def test_who_wants_no_nudge_gets_none() -> None:
    assert told(replace(ANA, nudge=False)) == [("chosen", "sent")]


def test_a_reminder_that_is_off_is_never_due() -> None:
    assert told(replace(ANA, on=False)) == []


def test_on_other_weekdays_nothing_is_due() -> None:
    assert told(replace(ANA, days=frozenset({0, 2}))) == []


def test_who_has_written_is_not_asked() -> None:
    assert told(replace(ANA, logged=[(at(19, 30), TUESDAY)])) == [("chosen", "logged")]


def test_who_writes_after_she_was_asked_is_not_nudged() -> None:
    wrote = replace(ANA, logged=[(at(19, 31), TUESDAY)])

    assert told(wrote) == [("chosen", "sent"), ("nudge", "logged")]


def test_too_much_today_stops_the_nudge() -> None:
    said = replace(ANA, too_much=[(at(20), TUESDAY)])

    assert told(said) == [("chosen", "sent"), ("nudge", "logged")]


def test_what_she_wrote_about_yesterday_is_not_today() -> None:
    wrote = replace(ANA, logged=[(at(19), date(2026, 11, 23))])

    assert told(wrote) == [("chosen", "sent"), ("nudge", "sent")]


def test_a_time_she_chose_wins_over_quiet_hours_and_a_nudge_does_not() -> None:
    late = replace(ANA, at=time(22, 30))

    assert told(late) == [("chosen", "sent"), ("nudge", "quiet")]


def test_a_nudge_never_comes_on_another_diary_day() -> None:
    wakeful = replace(ANA, at=time(3, 30), quiet=(time(22), time(22)))

    assert told(wakeful) == [("chosen", "sent")]


def test_after_midnight_it_is_still_about_the_day_before() -> None:
    wakeful = replace(ANA, at=time(1), logged=[(at(23), TUESDAY)])

    assert told(wakeful) == [("chosen", "logged")]


@pytest.mark.parametrize(
    ("pause", "becomes"),
    [
        (Pause(at(12), until=date(2026, 11, 25)), "paused"),
        (Pause(at(12), until=TUESDAY), "sent"),
        (Pause(at(20), until=date(2026, 12, 1)), "sent"),
        (Pause(at(12), until=date(2026, 12, 1), ended=at(19)), "sent"),
        (Pause(at(12), until=date(2026, 12, 1), ended=at(20)), "paused"),
    ],
)
def test_a_pause_lasts_until_its_day_or_until_she_ends_it(pause: Pause, becomes: str) -> None:
    assert told(replace(ANA, nudge=False, pauses=[pause])) == [("chosen", becomes)]


def test_of_two_pauses_the_newer_counts() -> None:
    pauses = [Pause(at(12), until=date(2026, 12, 1)), Pause(at(13), until=TUESDAY)]

    assert told(replace(ANA, nudge=False, pauses=pauses)) == [("chosen", "sent")]


@pytest.mark.parametrize(
    ("stop", "becomes"),
    [
        (Stop(at(12)), "stopped"),
        (Stop(at(20)), "sent"),
        (Stop(at(12), until=at(19)), "sent"),
        (Stop(at(12), until=at(20)), "stopped"),
    ],
)
def test_the_clinic_stops_her_messages_and_lets_them_go_on(stop: Stop, becomes: str) -> None:
    assert told(replace(ANA, nudge=False, stops=[stop])) == [("chosen", becomes)]


def test_a_week_has_seven_evenings_also_when_the_clock_changes() -> None:
    friday = datetime(2026, 10, 30, 4, tzinfo=ZoneInfo(NEW_YORK))

    week = verdicts(replace(ANA, at=time(1, 30), nudge=False), friday, friday + timedelta(days=7))

    assert [one.day.day for one in week] == [30, 31, 1, 2, 3, 4, 5]
