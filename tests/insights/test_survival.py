"""How long relief held in a group, and what is not said about it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.survival import Curve, End, Held, NoMedian, Step, curve, held

LAST = date(2026, 3, 8)
ONE = timedelta(days=1)
LOST, AGAIN, SO_FAR = End.LOST, End.TREATED_AGAIN, End.SEEN_SO_FAR

groups = some.lists(
    some.none() | some.builds(Held, some.integers(0, 40), some.sampled_from(End)), max_size=40
)


def where(**said: object) -> Held | None:
    """Someone who had relief and holds so far, for 12 days, unless it is said otherwise."""
    usual: dict[str, object] = {
        "onset": LAST,
        "loss": None,
        "holding_days": 12,
        "next_infusion": None,
        "gap": False,
    }
    return held(LAST, **{**usual, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"onset": None}, None),
        ({"loss": LAST + 16 * ONE}, Held(16, LOST)),
        ({"loss": LAST + 16 * ONE, "next_infusion": LAST + 30 * ONE}, Held(16, LOST)),
        ({"next_infusion": LAST + 20 * ONE}, Held(20, AGAIN)),
        ({"next_infusion": LAST + 20 * ONE, "gap": True}, Held(12, SO_FAR)),
        ({"gap": True}, Held(12, SO_FAR)),
        ({}, Held(12, SO_FAR)),
        ({"holding_days": None}, Held(0, SO_FAR)),
    ],
    ids=[
        "no relief", "lost", "lost, then treated", "treated", "silent, then treated", "silent",
        "holds", "no day yet",
    ],
)  # fmt: skip
def test_how_a_series_ends(said: dict[str, object], found: Held | None) -> None:
    assert where(**said) == found


def test_of_nobody_there_is_no_curve() -> None:
    assert curve([]) == Curve(0, 0, [], NoMedian.TOO_FEW)


def test_without_relief_there_is_no_curve_but_a_count() -> None:
    assert curve([None, None]) == Curve(2, 0, [], NoMedian.TOO_FEW)


def test_a_curve_by_hand() -> None:
    said = curve([Held(5, LOST), Held(5, SO_FAR), Held(9, AGAIN), Held(12, LOST), None])

    quarter, ninth = Fraction(1, 4), Fraction(3, 8)
    assert said.steps == [
        Step(0, 4, Fraction(1), Fraction(0), Fraction(0)),
        Step(5, 4, 3 * quarter, quarter, Fraction(0)),
        Step(9, 2, ninth, quarter, ninth),
        Step(12, 1, Fraction(0), quarter + ninth, ninth),
    ]
    assert (said.treated, said.relieved) == (5, 4)


def test_two_ends_on_one_day_share_it() -> None:
    said = curve([Held(5, LOST), Held(5, AGAIN), Held(9, SO_FAR), Held(9, SO_FAR)])

    assert said.steps[1] == Step(5, 4, Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))


@given(groups)
def test_the_three_shares_are_all_there_is(group: list[Held | None]) -> None:
    for step in curve(group).steps:
        assert step.holding + step.lost + step.treated_again == 1
        assert min(step.holding, step.lost, step.treated_again) >= 0


@given(groups)
def test_holding_never_rises_and_the_ends_never_fall(group: list[Held | None]) -> None:
    steps = curve(group).steps

    assert [step.holding for step in steps] == sorted((s.holding for s in steps), reverse=True)
    assert [step.lost for step in steps] == sorted(step.lost for step in steps)
    assert [step.treated_again for step in steps] == sorted(s.treated_again for s in steps)


@given(groups, some.randoms())
def test_the_order_of_people_changes_nothing(group: list[Held | None], chance: object) -> None:
    shuffled = sorted(group, key=lambda _one: chance.random())  # type: ignore[attr-defined]

    assert curve(shuffled) == curve(group)


@given(groups)
def test_whoever_had_no_relief_changes_no_step(group: list[Held | None]) -> None:
    assert curve([*group, None]).steps == curve(group).steps


def test_nine_have_no_median() -> None:
    assert curve([Held(15, LOST)] * 9).median is NoMedian.TOO_FEW


def test_ten_have_one() -> None:
    assert curve([Held(15, LOST)] * 5 + [Held(30, LOST)] * 5).median == 15


def test_a_third_treated_again_leaves_a_median() -> None:
    assert curve([Held(15, LOST)] * 8 + [Held(20, AGAIN)] * 4).median == 15


def test_more_than_a_third_does_not() -> None:
    assert curve([Held(15, LOST)] * 6 + [Held(20, AGAIN)] * 4).median is NoMedian.TREATED_AGAIN


def test_while_most_still_hold_there_is_none() -> None:
    assert curve([Held(15, LOST)] * 4 + [Held(30, SO_FAR)] * 7).median is NoMedian.NOT_REACHED
