"""What a day asks for beyond the usual questions, and when."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from journal.entries.fold import Value
from journal.patient.asks import Known, asked_on, asks_long_term, infused_before

ONE = timedelta(days=1)
TODAY = date(2026, 11, 24)
NONE_OF_THESE: Mapping[str, Value] = {"noticed": {}}
MET: Mapping[str, Value] = {"goal_met": "yes"}


def ago(days: int) -> date:
    return TODAY - days * ONE


@pytest.mark.parametrize(
    ("infusions", "asked"),
    [
        ([], []),
        ([0], ["infusion"]),
        ([1], ["noticed"]),
        ([3], ["noticed"]),
        ([4], []),
        ([6], []),
        ([7], ["noticed"]),
        ([9], ["noticed"]),
        ([10], []),
        ([7, 4], []),
        ([7, 0], ["infusion", "noticed"]),
        ([1, 0], ["infusion", "noticed"]),
        ([-1], []),
    ],
)
def test_days_around_an_infusion_ask(infusions: list[int], asked: list[str]) -> None:
    known = Known([ago(days) for days in infusions], {})

    assert asked_on(TODAY, known) == asked


@pytest.mark.parametrize(
    ("infused", "answered", "is_asked"),
    [
        (2, 1, False),
        (3, 2, False),
        (3, 3, True),
        (8, 7, True),
        (8, 1, False),
        (9, 2, False),
        (9, 3, True),
    ],
)
def test_who_slept_through_the_first_morning_is_asked_until_she_answers(
    infused: int, answered: int, is_asked: bool
) -> None:
    known = Known([ago(infused)], {ago(answered): NONE_OF_THESE})

    assert asked_on(TODAY, known) == ["noticed"] * is_asked


@pytest.mark.parametrize(
    ("infusions", "last"), [([], None), ([0], None), ([9, 1], 1), ([-2], None), ([366], None)]
)
def test_it_is_asked_about_since_the_last_infusion(infusions: list[int], last: int | None) -> None:
    known = Known([ago(days) for days in infusions], {})

    assert infused_before(TODAY, known) == (None if last is None else ago(last))


@pytest.mark.parametrize(
    ("infused", "answered", "is_asked"),
    [
        (29, None, False),
        (30, None, True),
        (36, None, True),
        (37, None, False),
        (60, None, True),
        (100, 29, False),
        (100, 30, True),
        (30, 30, True),
        (365, 35, True),
        (366, 35, False),
    ],
)
def test_once_a_month_it_is_asked_what_she_noticed(
    infused: int, answered: int | None, is_asked: bool
) -> None:
    more = {} if answered is None else {ago(answered): NONE_OF_THESE}

    assert asked_on(TODAY, Known([ago(infused)], more)) == ["noticed"] * is_asked


@pytest.mark.parametrize(
    ("infused", "is_first"),
    [(1, False), (2, False), (7, False), (8, False), (30, True), (37, False)],
)
def test_what_a_long_treatment_can_bring_comes_first_by_the_month_only(
    infused: int, is_first: bool
) -> None:
    assert asks_long_term(TODAY, Known([ago(infused)], {})) is is_first


def test_without_an_infusion_nothing_comes_first() -> None:
    assert not asks_long_term(TODAY, Known([], {}))


@pytest.mark.parametrize(
    ("since", "answered", "is_asked"),
    [
        (None, None, False),
        (6, None, False),
        (7, None, True),
        (70, None, True),
        (70, 6, False),
        (70, 7, True),
        (3, 20, False),
        (-1, None, False),
    ],
)
def test_her_goal_is_asked_about_once_a_week(
    since: int | None, answered: int | None, is_asked: bool
) -> None:
    more = {} if answered is None else {ago(answered): MET}
    known = Known([], more, None if since is None else ago(since))

    assert asked_on(TODAY, known) == ["goal"] * is_asked


def test_answering_takes_no_question_away() -> None:
    answered = {TODAY: {**NONE_OF_THESE, **MET}}

    assert asked_on(TODAY, Known([ago(7)], answered, ago(7))) == ["noticed", "goal"]
