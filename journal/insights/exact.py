"""Numbers without binary rounding: in as they were written, out rounded once, for the eye."""

from decimal import Decimal
from fractions import Fraction


def exactly(value: int | float) -> Fraction:
    """The number as it is written: 6.8 is 34/5 (CLINICAL 3.4). Raises ValueError for nan, inf."""
    return Fraction(str(value))


def rounded(value: Fraction, places: int = 1) -> Decimal:
    """`value` with so many decimal places, halves away from zero (CLINICAL 3.4)."""
    over, under = abs(value.numerator) * 10**places, value.denominator
    whole = (2 * over + under) // (2 * under)
    size = Decimal(whole).scaleb(-places)
    return -size if value < 0 else size
