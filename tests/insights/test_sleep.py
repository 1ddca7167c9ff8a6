"""A night's arithmetic, over midnight and over changes of the clock."""

from datetime import date, time
from typing import Any

import pytest

from journal.insights.sleep import Night, night

NIGHT: dict[str, Any] = {
    "wake_date": date(2026, 2, 11),
    "into_bed": time(22, 30),
    "try_sleep": time(23),
    "sol": 30,
    "awakenings": 2,
    "waso": 45,
    "final_awake": time(6, 30),
    "out_bed": time(7),
    "tz": "America/New_York",
}
AFTER_MIDNIGHT = {
    "into_bed": time(0, 40),
    "try_sleep": time(1),
    "sol": 15,
    "awakenings": 1,
    "waso": 10,
    "final_awake": time(7, 45),
    "out_bed": time(8),
}
TWICE = {
    "wake_date": date(2026, 11, 1),
    "awakenings": 0,
    "waso": 0,
    "final_awake": time(1, 30),
    "out_bed": time(1, 45),
}
NEVER = {
    "wake_date": date(2026, 3, 8),
    "into_bed": time(1, 45),
    "try_sleep": time(2, 30),
    "sol": 10,
    "awakenings": 0,
    "waso": 0,
    "final_awake": time(8, 30),
    "out_bed": time(9),
}


@pytest.mark.parametrize(
    ("said", "in_bed", "period", "awake", "asleep", "share", "of_trying"),
    [
        ({}, 510, 450, 30, 375, 73.5, 78.1),
        (AFTER_MIDNIGHT, 440, 405, 15, 380, 86.4, 90.5),
        ({"wake_date": date(2026, 3, 8)}, 450, 390, 30, 315, 70.0, 75.0),
        ({"wake_date": date(2026, 11, 1)}, 570, 510, 30, 435, 76.3, 80.6),
        (TWICE, 255, 210, 15, 180, 70.6, 80.0),
        (NEVER, 375, 300, 30, 290, 77.3, 87.9),
        ({"sol": 450, "awakenings": 0, "waso": 0}, 510, 450, 30, 0, 0.0, 0.0),
    ],
    ids=[
        "over midnight", "to bed after midnight", "spring", "autumn",
        "woke in the hour that came twice", "tried in the hour that never came", "did not sleep",
    ],
)  # fmt: skip
def test_a_night(
    said: dict[str, Any],
    in_bed: int,
    period: int,
    awake: int,
    asleep: int,
    share: float,
    of_trying: float,
) -> None:
    assert night(**{**NIGHT, **said}) == Night(
        True, [], in_bed, period, awake, asleep, share, of_trying
    )


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"sol": 300, "waso": 200}, ["wake_exceeds_sleep_period"]),
        ({"awakenings": 0}, ["waso_without_awakenings"]),
        ({"into_bed": time(12)}, ["not_in_bed"]),
        (
            {name: time(7) for name in ("into_bed", "try_sleep", "final_awake")},
            ["not_in_bed", "wake_exceeds_sleep_period"],
        ),
    ],
    ids=["more awake than there", "awake without awakening", "19 hours", "no time at all"],
)
def test_a_night_that_cannot_be(said: dict[str, Any], errors: list[str]) -> None:
    assert night(**{**NIGHT, **said}) == Night(False, errors)


@pytest.mark.parametrize("said", [{"sol": -1}, {"tz": "Mars/Olympus"}])
def test_what_is_no_night_at_all(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"counted|zone"):
        night(**{**NIGHT, **said})
