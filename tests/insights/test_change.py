"""A change that means something: this week against the four weeks before."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.change import Change, Window, this_week_against_before

POINTS = some.integers(0, 10)
WEEK = some.lists(POINTS, min_size=4, max_size=7)
BEFORE = some.lists(POINTS, min_size=14, max_size=28)


def window(values: list[int]) -> Window:
    return Window(sum(values), len(values))


def pain(week: list[int], before: list[int]) -> Change | None:
    return this_week_against_before(window(week), window(before))


def mood(week: list[int], before: list[int]) -> Change | None:
    return this_week_against_before(window(week), window(before), higher_is_better=True)


def test_more_pain_is_worse() -> None:
    assert pain([7] * 4, [4] * 14) == Change(Fraction(7), Fraction(4), Fraction(3))


def test_a_higher_mood_is_better() -> None:
    assert mood([7] * 4, [4] * 14) == Change(Fraction(7), Fraction(4), Fraction(-3))


def test_two_points_are_notable() -> None:
    found = pain([6] * 4, [4] * 14)

    assert found is not None
    assert found.notable


def test_what_only_rounds_to_two_points_is_not() -> None:
    found = pain([6, 6, 6, 6, 6, 6, 6], [4] * 27 + [5])

    assert found is not None
    assert float(found.worse) == pytest.approx(1.96, abs=0.01)
    assert not found.notable


@pytest.mark.parametrize(("week", "before"), [(3, 28), (7, 13), (0, 0), (3, 13)])
def test_too_few_days_say_nothing(week: int, before: int) -> None:
    assert pain([9] * week, [1] * before) is None


@given(WEEK, BEFORE)
def test_it_is_the_difference_of_the_two_means(week: list[int], before: list[int]) -> None:
    found = pain(week, before)

    assert found is not None
    assert found.worse == Fraction(sum(week), len(week)) - Fraction(sum(before), len(before))
    assert -10 <= found.worse <= 10


@given(WEEK, BEFORE)
def test_mood_is_pain_upside_down(week: list[int], before: list[int]) -> None:
    higher, lower = mood(week, before), pain([10 - one for one in week], [10 - x for x in before])

    assert higher is not None
    assert lower is not None
    assert higher.worse == lower.worse


@given(WEEK, BEFORE)
def test_nobody_is_worse_both_ways(week: list[int], before: list[int]) -> None:
    up, down = pain(week, before), mood(week, before)

    assert up is not None
    assert down is not None
    assert not (up.notable and down.notable)


@given(some.lists(POINTS, max_size=7), some.lists(POINTS, max_size=28))
def test_an_answer_needs_both_and_comes_with_both(week: list[int], before: list[int]) -> None:
    enough = len(week) >= 4 and len(before) >= 14

    assert (pain(week, before) is not None) == enough
