"""What was given over a period, agent by agent."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from journal.insights.doses import Dose, Given, cumulative

FIRST = date(2026, 3, 1)
LAST = date(2026, 3, 31)
ONE = timedelta(days=1)

doses = some.lists(
    some.builds(
        Dose,
        some.dates(FIRST - 9 * ONE, LAST + 9 * ONE),
        some.sampled_from(["racemic", "esketamine"]),
        some.none() | some.integers(1, 4000).map(lambda tenths: tenths / 10),
    )
)


def test_milligrams_are_added_up_as_they_were_written() -> None:
    given_twice = [Dose(FIRST, "racemic", 35.1), Dose(LAST, "racemic", 35.2)]

    assert cumulative(given_twice, FIRST, LAST) == {"racemic": Given(Fraction(703, 10), 2, 0)}


def test_a_milligram_of_one_is_none_of_the_other() -> None:
    both = [Dose(FIRST, "racemic", 40), Dose(FIRST, "esketamine", 20)]

    assert {agent: said.mg for agent, said in cumulative(both, FIRST, LAST).items()} == {
        "racemic": 40,
        "esketamine": 20,
    }


def test_an_infusion_without_a_dose_is_said() -> None:
    assert cumulative([Dose(FIRST, "racemic", None)], FIRST, LAST) == {
        "racemic": Given(Fraction(0), 1, 1)
    }


def test_what_lies_outside_of_the_period_is_left_out() -> None:
    around = [Dose(FIRST - ONE, "racemic", 40), Dose(LAST + ONE, "racemic", 40)]

    assert cumulative(around, FIRST, LAST) == {}


@given(doses, some.dates(FIRST, LAST - ONE))
def test_two_periods_add_up_to_both(given_all: list[Dose], middle: date) -> None:
    whole = cumulative(given_all, FIRST, LAST)
    earlier = cumulative(given_all, FIRST, middle)
    later = cumulative(given_all, middle + ONE, LAST)

    none = Given(Fraction(0), 0, 0)
    assert {agent: said.mg for agent, said in whole.items()} == {
        agent: earlier.get(agent, none).mg + later.get(agent, none).mg
        for agent in {*earlier, *later}
    }
