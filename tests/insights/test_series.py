"""Which infusions belong together."""

from datetime import date, timedelta

from journal.insights.series import series_of

FIRST = date(2026, 3, 8)


def after(*days: int) -> list[date]:
    return [FIRST + timedelta(days=n) for n in days]


def test_ten_days_apart_is_one_series_and_eleven_are_two() -> None:
    assert series_of(after(0, 10, 21)) == [after(0, 10), after(21)]


def test_a_clinician_can_begin_one() -> None:
    assert series_of(after(0, 3, 6), new_series=after(3)) == [after(0), after(3, 6)]


def test_order_and_repetition_do_not_matter() -> None:
    assert series_of(after(3, 0, 3)) == [after(0, 3)]


def test_no_infusions_are_no_series() -> None:
    assert series_of([]) == []
