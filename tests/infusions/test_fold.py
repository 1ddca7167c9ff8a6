"""How edits become an infusion, and what one can be."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import Invalid
from journal.infusions.fold import (
    FIRST,
    NOT_AS_PLANNED,
    SECOND,
    Told,
    check,
    doubts,
    doubts_around,
    fold,
    judged_at,
    needs_reason,
)
from journal.infusions.items import mg_per_kg
from tests.infusions.letters import GIVEN
from tests.people import ZONE

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
BORN = date(1971, 11, 2)
TODAY = date(2026, 11, 24)
VALUES = st.none() | st.integers(1, 3)
EDITS = st.lists(
    st.builds(
        Told,
        st.dictionaries(st.sampled_from(["dose_mg", "minutes", "dissociation"]), VALUES),
        st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        st.uuids(),
    ),
    max_size=6,
    unique_by=lambda told: told.edit_id,
)


def given_as(**other: Any) -> dict[str, Any]:
    """An ordinary infusion of half an hour ago, or another one."""
    return {**GIVEN, **other}


@given(EDITS, st.randoms(use_true_random=False))
def test_in_whatever_order_edits_come_the_same_stands(edits: list[Told], dice: Random) -> None:
    mixed = dice.sample(edits, len(edits))

    assert fold(mixed) == fold(edits)


@given(EDITS)
def test_of_each_item_the_newest_stands(edits: list[Told]) -> None:
    newest = max(
        (one for one in edits if "dose_mg" in one.items), key=lambda one: one.rank, default=None
    )

    assert fold(edits).get("dose_mg") == (newest.items["dose_mg"] if newest else None)


def test_a_second_look_is_no_part_of_what_stands() -> None:
    assert fold([Told({"dose_mg": 425, "sure": True}, NOW, UUID(int=1))]) == {"dose_mg": 425}


def test_an_ordinary_infusion_raises_no_question() -> None:
    check(GIVEN, NOW, BORN, ZONE)

    assert doubts(GIVEN, GIVEN, NOW, ZONE) == []


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_at": "2026-11-24T10:06"}, "given_at"),
        ({"given_at": "2031-11-24T10:00", "standing": "planned"}, "given_at"),
        ({"given_at": "1971-11-01T12:00"}, "given_at"),
        ({"given_at": "1887-01-01T12:00"}, "given_at"),
        ({"given_at": "0001-01-01T00:00"}, "given_at"),
        ({"given_at": "9999-12-31T23:59", "standing": "planned"}, "given_at"),
        ({"weight_kg": 70}, "weight_on"),
        ({"weight_kg": 70, "weight_on": "2026-11-26"}, "weight_on"),
        ({"weight_kg": 70, "weight_on": "1960-01-01"}, "weight_on"),
    ],
)
def test_what_cannot_have_been_is_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        check(given_as(**wrong), NOW, BORN, ZONE)

    assert error.value.field == field


@pytest.mark.assures("B08")
def test_a_slip_in_the_year_is_refused_when_nobody_knows_her_birthday() -> None:
    with pytest.raises(Invalid, match="too long ago"):
        check(given_as(given_at="0206-11-24T09:30"), NOW, None, ZONE)


@pytest.mark.parametrize("missing", ["standing", "given_at", "agent", "dose_mg"])
def test_what_was_given_says_what_and_how_much(missing: str) -> None:
    said = {name: value for name, value in GIVEN.items() if name != missing}

    with pytest.raises(Invalid) as error:
        check(said, NOW, BORN, ZONE)

    assert missing in (error.value.field, "standing")


def test_what_is_planned_needs_only_its_time() -> None:
    check({"standing": "planned", "given_at": "2026-12-24T09:30"}, NOW, BORN, ZONE)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"dose_mg": 0.5}, "the whole dose"),
        ({"dose_mg": 350.0}, "over 200 mg"),
        ({"minutes": 4}, "Under 10 minutes"),
        ({"minutes": 301}, "over 300 minutes"),
        ({"weight_kg": 250.0, "dose_mg": 100}, "over 200 kg"),
        ({"dose_mg": 180.0, "weight_kg": 40}, "for each kilogram"),
        ({"given_at": "2025-11-01T09:30"}, "more than a year ago"),
        ({"bp_systolic_peak": 70, "bp_diastolic_peak": 110}, "below the lower one"),
        ({"spo2_lowest": 80}, "oxygen saturation"),
        ({"left_at": "09:15"}, "went home before it began or ended"),
        ({"left_at": "10:05"}, "went home before it began or ended"),
        ({"minutes": 200, "left_at": "12:40"}, "went home before it began or ended"),
    ],
)
def test_what_is_possible_and_unusual_is_asked_about(odd: dict[str, Any], said: str) -> None:
    asked = " ".join(doubts(odd, given_as(**odd), NOW, ZONE))

    assert said in asked


@pytest.mark.parametrize(
    "times",
    [
        {"left_at": "10:10"},
        {"left_at": "22:30"},
        {"given_at": "2026-11-23T22:45", "left_at": "00:30"},
        {"given_at": "2026-11-23T14:00", "minutes": 280, "left_at": "03:00"},
    ],
)
def test_whoever_left_after_it_ended_is_not_asked_about(times: dict[str, Any]) -> None:
    assert doubts(times, given_as(**times), NOW, ZONE) == []


@pytest.mark.parametrize("hours", [0, 24])
def test_the_devices_clock_counts_for_a_day(hours: int) -> None:
    assert judged_at(NOW, NOW + timedelta(hours=hours)) == NOW


def test_and_no_longer() -> None:
    late = NOW + timedelta(hours=24, seconds=1)

    assert judged_at(NOW, late) == late


def test_what_was_said_before_is_not_asked_about_again() -> None:
    assert doubts({"note": "Calm"}, given_as(dose_mg=350), NOW, ZONE) == []


def test_the_dose_for_each_kilogram_is_reckoned() -> None:
    assert mg_per_kg(given_as(weight_kg=70)) == 0.5
    assert mg_per_kg(GIVEN) is None


@pytest.mark.parametrize(
    ("told", "first", "needed"),
    [
        ({"dose_mg": 30}, TODAY, False),
        ({"dose_mg": 30}, TODAY - timedelta(days=1), True),
        ({"dose_mg": 30}, None, False),
        ({"new_series": True}, TODAY - timedelta(days=1), False),
    ],
)
def test_a_correction_on_a_later_day_needs_its_reason(
    told: dict[str, Any], first: date | None, needed: bool
) -> None:
    assert needs_reason(told, first, TODAY) is needed


PLANNED = {"standing": "planned", "given_at": "2026-12-01T09:30"}


@pytest.mark.parametrize(
    ("before", "others", "asked"),
    [
        ({}, [], []),
        ({}, ["2026-11-03T09:30"], []),
        ({}, ["2026-11-25T09:30"], [FIRST]),
        (GIVEN, ["2026-11-25T09:30"], []),
        ({}, ["2026-11-03T09:30", "2026-11-24T15:29"], [SECOND]),
        ({}, ["2026-11-03T09:30", "2026-11-24T15:30"], []),
        (PLANNED, [], [NOT_AS_PLANNED]),
    ],
)
def test_its_moment_is_asked_about_beside_the_others(
    before: dict[str, Any], others: list[str], asked: list[str]
) -> None:
    assert doubts_around(GIVEN, GIVEN, before, others) == asked
