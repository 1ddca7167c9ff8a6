"""The sentence of each status: how things were after, never why, and never for how long still."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from journal.insights.relief import Durability, Status
from journal.outcomes.baseline import ahead
from journal.outcomes.held import BY_NAME, Held
from journal.outcomes.wording import first_ahead, name_of, sentence, told_later

LAST = date(2026, 3, 8)
ONE = timedelta(days=1)
TODAY = LAST + 12 * ONE


def series(status: Status, name: str = "pain", later: int = 0, **known: Any) -> Held:
    did = Durability(status, LAST, LAST, 1, **known)
    return Held(BY_NAME[name], did, False, TODAY, {}, later)


@pytest.fixture
def speaks(app: Flask) -> Any:
    with app.test_request_context():
        yield


CLEARLY = "the week around each day was clearly better than before your first one"


@pytest.mark.usefixtures("speaks")
@pytest.mark.parametrize(
    ("status", "known", "said"),
    [
        (
            Status.LOST,
            {"durability_days": 15, "durability_upper_days": 15},
            f"For about 15 days after the last infusion, {CLEARLY}.",
        ),
        (
            Status.LOST,
            {"durability_days": 1, "durability_upper_days": 1},
            f"For about 1 day after the last infusion, {CLEARLY}.",
        ),
        (
            Status.LOST,
            {"durability_days": 9, "durability_upper_days": 14},
            f"For 9 to 14 days after the last infusion, {CLEARLY}. Between the two there are too "
            "few entries to say.",
        ),
        (
            Status.LOST,
            {"durability_days": 0, "durability_upper_days": 3},
            "There was relief during the series; it did not last beyond the last infusion.",
        ),
        (
            Status.NEXT_INFUSION,
            {"durability_days": 17},
            f"For 17 days or more after the last infusion, {CLEARLY}. Then the next infusion came.",
        ),
        (
            Status.NEXT_INFUSION,
            {"durability_days": 0},
            "There was relief during the series; after it there were too few days to say how long "
            "it stayed. Then the next infusion came.",
        ),
        (
            Status.ONGOING,
            {"durability_days": 10, "low_days": 2},
            "Day 12, and still better so far.",
        ),
        (
            Status.ONGOING,
            {"durability_days": 9, "low_days": 3},
            "Day 12. Clearly better up to day 9; what came after is too recent to say.",
        ),
        (
            Status.ONGOING,
            {"durability_days": 0, "low_days": 0},
            "Day 12. There was relief during the series; what came after it is too recent to say.",
        ),
        (
            Status.DATA_GAP,
            {"durability_days": 6},
            f"For at least 6 days after the last infusion, {CLEARLY}; after that there are too few "
            "entries to say.",
        ),
        (
            Status.DATA_GAP,
            {"durability_days": 0},
            "There was relief during the series; after that there are too few entries to say.",
        ),
        (
            Status.TOO_EARLY,
            {},
            "It is too early to say how things were after it. That takes three weeks after the "
            "last infusion.",
        ),
        (
            Status.NOT_EVALUABLE,
            {},
            "Not enough days to compare, too few after the last infusion.",
        ),
        (
            Status.BASELINE_INSUFFICIENT,
            {"baseline_n": 3},
            "Not enough days to compare (3 of the 4 needed before the first infusion).",
        ),
    ],
)
def test_each_status_has_its_sentence(status: Status, known: dict[str, Any], said: str) -> None:
    assert sentence(series(status, **known), TODAY) == said


@pytest.mark.usefixtures("speaks")
@pytest.mark.parametrize(
    ("status", "key", "best", "said"),
    [
        (Status.BASELINE_TOO_LOW, "pain", None, "You started with little pain"),
        (Status.BASELINE_TOO_LOW, "mood", None, "Your mood was good to begin with"),
        (Status.NO_RESPONSE, "pain", 12.5, "your pain stayed close to the weeks before."),
        (Status.NO_RESPONSE, "mood", 12.5, "your mood stayed close to the weeks before."),
        (Status.NO_RESPONSE, "pain", -20.0, "your pain was no lower than before."),
        (Status.NO_RESPONSE, "mood", 0.0, "your mood was no higher than before."),
    ],
)
def test_pain_and_mood_have_words_of_their_own(
    status: Status, key: str, best: float | None, said: str
) -> None:
    assert said in sentence(series(status, key, best_improvement_pct=best), TODAY)


@pytest.mark.usefixtures("speaks")
def test_a_loss_that_may_still_move_is_said_as_so_far() -> None:
    lost = series(Status.LOST, durability_days=15, durability_upper_days=15)

    assert sentence(replace(lost, so_far=True), TODAY) == (
        f"For about 15 days after the last infusion, {CLEARLY}. So it is so far: the days that "
        "come may still change this."
    )


@pytest.mark.usefixtures("speaks")
@pytest.mark.parametrize(
    ("later", "days", "said"),
    [
        (0, 28, ""),
        (1, 28, "1 of 28 days was added later; it is drawn hollow."),
        (3, 28, "3 of 28 days were added later; they are drawn hollow."),
    ],
)
def test_days_added_later_are_counted_in_words(later: int, days: int, said: str) -> None:
    assert told_later(series(Status.ONGOING, later=later, diary_days=days)) == said


@pytest.mark.usefixtures("speaks")
def test_a_series_is_named_by_its_infusions() -> None:
    many = Durability(Status.TOO_EARLY, date(2026, 2, 25), LAST, 6)

    assert name_of(many) == "6 infusions, 25 Feb to 8 Mar 2026"
    assert name_of(series(Status.TOO_EARLY).did) == "One infusion, on 8 March 2026"


@pytest.mark.usefixtures("speaks")
@pytest.mark.parametrize(
    ("days_before", "said"),
    [
        (15, "First infusion in 15 days; the two weeks before it are what later days are compared"),
        (14, "Baseline: 1 of 4 days, first infusion in 14 days"),
        (5, "Baseline: 3 of 4 days, first infusion in 5 days"),
        (1, "Baseline: 3 of 4 days, first infusion in 1 day"),
        (0, "Baseline: 3 of 4 days, first infusion today"),
    ],
)
def test_before_the_first_infusion_it_says_how_far_she_is(days_before: int, said: str) -> None:
    told = [LAST - n * ONE for n in (0, 6, 9, 14, 15)]

    found = ahead(told, LAST, LAST - days_before * ONE)

    assert first_ahead(found).startswith(said)


@pytest.mark.usefixtures("speaks")
def test_enough_days_before_it_are_enough() -> None:
    told = [LAST - n * ONE for n in range(1, 6)]

    assert first_ahead(ahead(told, LAST, LAST - ONE)) == (
        "Baseline: enough days (5), first infusion in 1 day"
    )
