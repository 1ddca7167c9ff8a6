"""High mood with little sleep, two days running: a reason for a look, not a triumph."""

from collections.abc import Mapping
from datetime import date, timedelta

HIGH_MOOD, LITTLE_SLEEP = 9, 4
ONE = timedelta(days=1)


def high_mood_little_sleep(
    mood: Mapping[date, int | float], hours: Mapping[date, int | float]
) -> list[date]:
    """The days on which it was so for the second day running, oldest first.

    Mood is 9 or more of 10, and the night before it (the day's own hours of sleep) had 4 hours or
    less. A day on which either is missing counts as none. The rule is this project's own; it is
    no test for mania.
    """
    so = {
        day
        for day, value in mood.items()
        if value >= HIGH_MOOD and day in hours and hours[day] <= LITTLE_SLEEP
    }
    return sorted(day for day in so if day - ONE in so)
