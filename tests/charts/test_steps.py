"""A share that goes down by steps says the same in its picture and in its table."""

from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup

from journal.charts import Mark, StepWords, step_chart

Drawn = Callable[[Markup], Element]
MARKS = [Mark(0, 100, 100), Mark(9, 60, 80), Mark(20, 25, 50)]

falling = some.lists(some.integers(0, 100), min_size=1, max_size=20).map(
    lambda shares: [
        Mark(3 * n, share, share) for n, share in enumerate(sorted(shares, reverse=True))
    ]
)


@pytest.fixture(scope="module")
def said() -> StepWords:
    return StepWords(
        title="Pain",
        description="Half had lost it by week 20.",
        meaning="Who still holds.",
        at=lambda week: f"week {week}",
        percent=lambda share: f"{share:g} %",
        numbers="The numbers",
        heads=("Week", "Still holding", "Treated again"),
        beyond="Treated again before it was lost",
    )


def shape(figure: Element, name: str) -> str:
    return figure.findall(f".//path[@class='chart__{name}']")[0].attrib["d"]


def table_of(figure: Element) -> list[list[str]]:
    return [[cell.text or "" for cell in row] for row in figure.findall(".//tbody/tr")]


def test_the_line_goes_along_and_down(said: StepWords, drawn: Drawn) -> None:
    figure = drawn(step_chart("pain", MARKS, 30, said, chart_id="c"))

    assert shape(figure, "line") == "M0 0H9V40H20V75H30"


def test_what_lies_beyond_it_is_closed(said: StepWords, drawn: Drawn) -> None:
    figure = drawn(step_chart("pain", MARKS, 30, said, chart_id="c"))

    assert shape(figure, "beyond") == "M0 0H9V20H20V50H30V75H20V40H9V0H0Z"


def test_every_step_is_in_the_table_newest_first(said: StepWords, drawn: Drawn) -> None:
    figure = drawn(step_chart("pain", MARKS, 30, said, chart_id="c"))

    assert table_of(figure) == [
        ["week 20", "25 %", "25 %"],
        ["week 9", "60 %", "20 %"],
        ["week 0", "100 %", "0 %"],
    ]


def test_where_nothing_lies_beyond_it_nothing_is_said_of_it(said: StepWords, drawn: Drawn) -> None:
    words = replace(said, beyond="", heads=("Week", "Not lost"))

    figure = drawn(step_chart("pain", MARKS, 30, words, chart_id="c"))

    assert table_of(figure)[0] == ["week 20", "25 %"]
    assert figure.findall(".//p[@class='chart__key']") == []


@given(falling)
def test_a_step_lies_where_the_pointer_looks_for_it(
    said: StepWords, drawn: Drawn, marks: list[Mark]
) -> None:
    figure = drawn(step_chart("mood", marks, 60, said, chart_id="c"))

    rows = figure.findall(".//tbody/tr")
    assert [(row.attrib["data-place"], row.attrib["data-drop"]) for row in rows] == [
        (f"{100 * mark.at / 60:g}", f"{100 - mark.share:g}") for mark in reversed(marks)
    ]


def test_words_are_words_and_no_markup(said: StepWords, drawn: Drawn) -> None:
    figure = drawn(step_chart("pain", MARKS, 30, replace(said, title="<b>"), chart_id="c"))

    assert figure.findall(".//title")[0].text == "<b>"


def test_a_single_week_is_wide_enough(said: StepWords, drawn: Drawn) -> None:
    figure = drawn(step_chart("pain", [Mark(0, 100, 100)], 1, said, chart_id="c"))

    assert shape(figure, "line") == "M0 0H1"


@pytest.mark.parametrize(
    ("marks", "last"),
    [([], 9), (MARKS[1:], 30), (MARKS[::-1], 30), (MARKS, 19), (MARKS[:1], 0), (MARKS[:1] * 2, 9)],
    ids=["none", "no week 0", "out of order", "too short", "no week at all", "twice"],
)
def test_what_is_no_curve_is_refused(said: StepWords, marks: list[Mark], last: int) -> None:
    with pytest.raises(ValueError, match="no steps"):
        step_chart("pain", marks, last, said, chart_id="c")
