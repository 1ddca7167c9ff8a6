"""High mood with little sleep, two days running."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.activation import high_mood_little_sleep

FIRST = date(2026, 3, 1)
ONE = timedelta(days=1)
days = some.integers(0, 30).map(lambda n: FIRST + n * ONE)


def on(*values: float | None) -> dict[date, float]:
    said = ((FIRST + n * ONE, value) for n, value in enumerate(values))
    return {day: value for day, value in said if value is not None}


@pytest.mark.parametrize(
    ("mood", "hours", "found"),
    [
        ([9, 9], [4, 4], [1]),
        ([10, 9, 10], [0, 3.75, 2], [1, 2]),
        ([9, 8], [4, 4], []),
        ([9, 9], [4, 4.25], []),
        ([9, 5, 9], [4, 4, 4], []),
        ([9, None, 9], [4, 4, 4], []),
        ([9, 9], [4, None], []),
    ],
    ids=["two days", "three", "mood", "sleep", "not running", "no mood", "no sleep"],
)
def test_when_it_is_a_reason(
    mood: list[float | None], hours: list[float | None], found: list[int]
) -> None:
    assert high_mood_little_sleep(on(*mood), on(*hours)) == [FIRST + n * ONE for n in found]


@given(
    some.dictionaries(days, some.integers(0, 10)),
    some.dictionaries(days, some.integers(0, 10)),
)
def test_every_day_named_was_so_and_so_was_the_one_before(
    mood: dict[date, int], hours: dict[date, int]
) -> None:
    named = high_mood_little_sleep(mood, hours)

    both = [*named, *(day - ONE for day in named)]
    assert all(mood[day] >= 9 and hours[day] <= 4 for day in both)
