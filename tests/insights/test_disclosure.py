"""Groups under 5 are not said, nor what would let one reckon them."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.disclosure import apart, curve_shown, roughly, sayable
from journal.insights.survival import End, Held, curve

HALF = Fraction(1, 2)
LOST, AGAIN, SO_FAR = End.LOST, End.TREATED_AGAIN, End.SEEN_SO_FAR

totals = some.integers(0, 60)
groups = some.lists(
    some.builds(Held, some.integers(1, 30), some.sampled_from(End)), min_size=1, max_size=60
)


def ended(group: list[Held], day: int, end: End) -> int:
    return sum(one.days <= day and one.end is end for one in group)


@pytest.mark.parametrize(
    ("total", "counts", "said"),
    [
        (4, [4, 0], [None, None]),
        (20, [5, 10], [5, 10]),
        (20, [4, 16], [None, None]),
        (20, [10, 12], [10, None]),
        (20, [12, 10], [12, None]),
        (20, [10, 10], [10, 10]),
        (20, [0, 20], [0, 20]),
        (5, [5], [5]),
    ],
    ids=[
        "too few", "far apart", "few, or all but few", "two more", "the first counts", "the same",
        "none and all", "five",
    ],
)  # fmt: skip
def test_what_may_be_said(total: int, counts: list[int], said: list[int | None]) -> None:
    assert sayable(total, counts) == said


@given(totals, some.data())
def test_no_difference_of_two_that_are_said_is_a_small_group(
    total: int, data: some.DataObject
) -> None:
    counts = data.draw(some.lists(some.integers(0, total), max_size=8))

    said = [count for count in sayable(total, counts) if count is not None]

    known = [*said, *[0, total] * bool(said)]
    assert all(abs(a - b) not in range(1, 5) for a, b in combinations(known, 2))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([20, 22, 60, 40], [20, None, 60, 40]),
        ([0, 6, 6, 10], [0, 6, 6, None]),
        ([4, 5], [None, 5]),
    ],
    ids=["two more", "the same", "few"],
)
def test_what_is_apart(counts: list[int], said: list[int | None]) -> None:
    assert apart(counts) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(Fraction(0), 0), (Fraction(1, 40), 5), (Fraction(12, 100), 10), (Fraction(1), 100)],
)
def test_a_share_is_said_to_the_nearest_five(share: Fraction, said: int) -> None:
    assert roughly(share) == said


def test_a_curve_goes_down_by_groups() -> None:
    group = [Held(3 * day, LOST) for day in range(1, 21)]

    shown = curve_shown(group, curve(group).steps)

    assert [step.day for step in shown.steps] == [0, 21, 42, 63]


def test_a_week_is_counted_to_its_end() -> None:
    group = [Held(15, LOST)] * 4 + [Held(21, LOST)] + [Held(22, LOST)] * 5

    shown = curve_shown(group, curve(group).steps)

    assert [(step.day, step.lost) for step in shown.steps] == [(0, 0), (21, HALF), (28, 1)]


def test_half_had_lost_it_as_far_as_it_is_drawn() -> None:
    soon = [Held(15, LOST)] * 4 + [Held(23, LOST)] * 7 + [Held(90, SO_FAR)] * 5
    unseen = [Held(15, LOST)] * 9 + [Held(90, SO_FAR)] * 4

    assert curve_shown(soon, curve(soon).steps).half_lost_within == 4
    assert curve_shown(unseen, curve(unseen).steps).half_lost_within is None


def test_two_kinds_of_ends_are_each_a_group() -> None:
    group = [Held(5, LOST)] * 5 + [Held(9, AGAIN)] * 4 + [Held(12, AGAIN)] + [Held(30, SO_FAR)] * 9

    shown = curve_shown(group, curve(group).steps)

    assert ([step.day for step in shown.steps], shown.split) == ([0, 7, 14], True)


def test_a_few_who_were_treated_again_are_not_told_apart() -> None:
    group = [Held(5, LOST)] * 6 + [Held(9, AGAIN)] * 2 + [Held(12, LOST)] * 6

    shown = curve_shown(group, curve(group).steps)

    assert ([step.day for step in shown.steps], shown.split) == ([0, 7], False)


def test_the_last_few_are_not_left_over() -> None:
    group = [Held(5, LOST)] * 6 + [Held(9, LOST)] * 5 + [Held(30, SO_FAR)] * 3

    shown = curve_shown(group, curve(group).steps)

    assert [step.day for step in shown.steps] == [0, 7]


def test_of_four_nothing_is_drawn() -> None:
    group = [Held(5, LOST)] * 4

    assert curve_shown(group, curve(group).steps).steps == []


@given(groups)
def test_between_two_steps_nobody_ends_or_five_do(group: list[Held]) -> None:
    shown = curve_shown(group, curve(group).steps)

    lost = [ended(group, step.day, LOST) for step in shown.steps]
    again = [ended(group, step.day, AGAIN) for step in shown.steps] if shown.split else []
    moves = [b - a for a, b in [*pairwise([0, *lost]), *pairwise([0, *again])]]
    assert all(move == 0 or move >= 5 for move in moves)
    assert all(step.day % 7 == 0 for step in shown.steps)
