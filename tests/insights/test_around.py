"""The week around each day, beside the same reckoned day by day with fractions."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from journal.insights.around import Exact, weeks_around

FIRST = date(2026, 3, 1)
ONE = timedelta(days=1)

numbers = some.integers(0, 10) | some.fractions(0, 10, max_denominator=40)
diaries = some.dictionaries(some.integers(0, 60).map(lambda n: FIRST + n * ONE), numbers)
ends = some.integers(-5, 70).map(lambda n: FIRST + n * ONE)


def slowly(values: dict[date, Exact], after: date, last: date) -> dict[date, Fraction]:
    """The rule as it is written down."""
    days = [after + n * ONE for n in range(1, (last - after).days + 1)]
    weeks = {day: [values[one] for one in days if abs(one - day) <= 3 * ONE and one in values]
             for day in days}  # fmt: skip
    return {day: Fraction(sum(week)) / len(week) for day, week in weeks.items() if len(week) >= 4}


@given(diaries, ends, ends)
def test_the_quick_way_says_what_the_rule_says(
    values: dict[date, Exact], after: date, last: date
) -> None:
    assert dict(weeks_around(values, after, last).means()) == slowly(values, after, last)


@given(diaries, ends, ends, some.fractions(0, 10, max_denominator=60))
def test_days_at_most_so_much_are_those_whose_mean_is(
    values: dict[date, Exact], after: date, last: date, most: Fraction
) -> None:
    weeks = weeks_around(values, after, last)

    assert weeks.at_most(most) == [day.toordinal() for day, mean in weeks.means() if mean <= most]


@given(diaries, ends, ends)
def test_the_lowest_is_the_lowest_of_the_means(
    values: dict[date, Exact], after: date, last: date
) -> None:
    weeks = weeks_around(values, after, last)

    assert weeks.lowest() == min((mean for _, mean in weeks.means()), default=None)


def test_a_mean_that_is_just_the_limit_counts() -> None:
    week = {FIRST + n * ONE: Fraction(49, 10) for n in range(1, 5)}

    weeks = weeks_around(week, FIRST, FIRST + 5 * ONE)

    assert len(weeks.at_most(Fraction(49, 10))) == 4
    assert weeks.at_most(Fraction(489, 100)) == []
