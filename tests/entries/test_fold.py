"""A day is the fold of its edits: order and repetition of arrival do not matter."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.clock import counted_at
from journal.entries.fold import State, Told, fold, how_told
from journal.entries.models import How
from journal.errors import Invalid

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
NEW_YORK = "America/New_York"
ITEMS = st.sampled_from(["pain_avg", "mood", "note"])

Edit = dict[str, Told]


def fold_all(edits: list[Edit]) -> State:
    return reduce(fold, edits, {})


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One edit; few moments and few ids, so that many of them meet."""
    counted = NOON + timedelta(minutes=draw(st.integers(0, 3)))
    edit_id = UUID(int=draw(st.integers(0, 5)))
    said = draw(st.sets(ITEMS, min_size=1))
    # The same edit says the same.
    return {name: Told(edit_id.int + counted.minute, counted, edit_id, How.LIVE) for name in said}


@pytest.mark.assures("E04")
@given(st.lists(edits(), max_size=8), st.randoms(), st.integers(1, 3))
def test_any_order_and_any_repetition_give_the_same_day(
    kept: list[Edit], random: Random, times: int
) -> None:
    shuffled = kept * times
    random.shuffle(shuffled)

    assert fold_all(shuffled) == fold_all(kept)


@given(st.lists(edits(), max_size=8), edits())
def test_one_more_edit_is_the_same_as_all_again(kept: list[Edit], more: Edit) -> None:
    assert fold(fold_all(kept), more) == fold_all([*kept, more])


@given(st.lists(edits(), min_size=1, max_size=8))
def test_item_by_item_the_newest_shows(kept: list[Edit]) -> None:
    state = fold_all(kept)

    assert {
        name: max((edit[name] for edit in kept if name in edit), key=lambda one: one.rank)
        for name in state
    } == state


def test_what_an_edit_leaves_out_stays() -> None:
    first = {"pain_avg": Told(7, NOON, UUID(int=1), How.LIVE)}
    second = {"mood": Told(3, NOON, UUID(int=2), How.LIVE)}

    assert fold_all([second, first]) == {**first, **second}


def test_clearing_is_said_too() -> None:
    first = {"pain_avg": Told(7, NOON, UUID(int=1), How.LIVE)}
    cleared = {"pain_avg": Told(None, NOON + timedelta(seconds=1), UUID(int=2), How.LIVE)}

    assert fold_all([cleared, first]) == cleared


@pytest.mark.parametrize("ahead", [-timedelta(days=60), timedelta(0), timedelta(minutes=5)])
def test_a_phones_clock_is_believed(ahead: timedelta) -> None:
    assert counted_at(NOON + ahead, NOON) == NOON + ahead


@pytest.mark.assures("D04")
def test_a_clock_more_than_five_minutes_ahead_is_not_believed() -> None:
    assert counted_at(NOON + timedelta(minutes=5, milliseconds=1), NOON) == NOON


@pytest.mark.parametrize(
    ("day", "how"),
    [(23, How.LIVE), (22, How.LATE), (21, How.CORRECTED), (1, How.CORRECTED)],
)
def test_a_day_is_told_live_late_or_corrected(day: int, how: How) -> None:
    assert how_told(date(2026, 11, day), NOON, NEW_YORK) is how


def test_a_day_lasts_until_four_in_the_morning() -> None:
    before_four = datetime(2026, 11, 24, 8, 59, tzinfo=UTC)

    assert how_told(date(2026, 11, 23), before_four, NEW_YORK) is How.LIVE


def test_the_day_is_judged_in_the_zone_of_the_edit() -> None:
    assert how_told(date(2026, 11, 24), NOON, "Pacific/Kiritimati") is How.LIVE


def test_a_day_that_has_not_begun_there_is_refused() -> None:
    with pytest.raises(Invalid) as error:
        how_told(date(2026, 11, 24), NOON, NEW_YORK)

    assert (error.value.code, error.value.field) == ("future", "day")
