"""Numbers in as they were written, out rounded once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from journal.insights.exact import exactly, rounded


def test_a_number_is_what_was_written_and_not_its_nearest_float() -> None:
    assert exactly(6.8) == Fraction(34, 5)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="Fraction"):
        exactly(value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 20), "0.1"),
        (Fraction(-1, 20), "-0.1"),
        (Fraction(28, 5), "5.6"),
        (Fraction(5), "5.0"),
        (Fraction(-1, 1000), "0.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, said: str) -> None:
    assert str(rounded(value)) == said


@given(some.fractions(-1000, 1000), some.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_step_at_most(value: Fraction, places: int) -> None:
    moved = abs(Fraction(rounded(value, places)) - value)

    assert moved <= Fraction(1, 2 * 10**places)


@given(some.integers(-(10**9), 10**9))
def test_what_is_round_already_stays(hundredths: int) -> None:
    value = Fraction(hundredths, 100)

    assert rounded(value, 2) == Decimal(hundredths).scaleb(-2)
