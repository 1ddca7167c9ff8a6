"""By which infusion people had responded, over all who began."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from journal.insights.responders import Rate, by_then, rates

FIRST = date(2026, 3, 1)
ONE = timedelta(days=1)
SERIES = [FIRST, FIRST + 4 * ONE, FIRST + 8 * ONE]

answers = some.lists(some.none() | some.integers(1, 8), max_size=40)


def test_the_day_before_the_second_infusion_is_still_the_first() -> None:
    assert by_then(FIRST + 3 * ONE, SERIES) == 1


def test_the_day_of_the_second_is_the_second() -> None:
    assert by_then(FIRST + 4 * ONE, SERIES) == 2


def test_whatever_comes_after_the_last_is_the_lasts() -> None:
    assert by_then(FIRST + 19 * ONE, SERIES) == 3


def test_two_infusions_on_one_day_are_one() -> None:
    assert by_then(FIRST + 5 * ONE, [FIRST, FIRST, FIRST + 4 * ONE]) == 2


def test_whoever_never_responded_stays_in_the_denominator() -> None:
    assert rates([1, 2, None, None], most=2) == [Rate(1, 1, 4), Rate(2, 2, 4)]


def test_where_nobody_began_there_is_no_rate() -> None:
    assert rates([], most=6) == []


@given(answers, some.integers(1, 8))
def test_rates_never_fall_and_never_exceed_all(answered: list[int | None], most: int) -> None:
    counts = [rate.responded for rate in rates(answered, most)]

    assert counts == sorted(counts)
    assert all(count <= len(answered) for count in counts)


@given(answers)
def test_the_last_rate_is_of_everyone_who_ever_responded(answered: list[int | None]) -> None:
    ever = [one for one in answered if one is not None]

    assert [rate.responded for rate in rates(answered, 8)][-1:] == [len(ever)] * bool(answered)
