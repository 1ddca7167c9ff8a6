"""What a chart compares with: lines across it, each named, none told apart by colour alone."""

from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from markupsafe import Markup

from journal.charts import Level, Point, Series, Words, line_chart

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 28)
BEFORE = Level("baseline", 7.5, "before the first infusion: 7.5")
BETTER = Level("threshold", 5.25, "clearly better: 5.25 or lower")
Drawn = Callable[[Markup], Element]


def chart(words: Words, *levels: Level) -> Markup:
    pain = Series("pain", 0, 10, "", {FIRST: Point(7)})
    return line_chart(pain, FIRST, LAST, words, levels=levels, chart_id="c")


def test_each_is_a_line_from_edge_to_edge_at_its_height(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(words, BEFORE, BETTER))

    lines = figure.findall(".//g[@class='chart__levels']/line")
    assert [(line.attrib["x2"], line.attrib["y1"]) for line in lines] == [
        ("100%", "25%"),
        ("100%", "47.5%"),
    ]


def test_no_two_have_the_same_dash(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(words, BEFORE, BETTER))

    kinds = [line.attrib["class"] for line in figure.findall(".//g[@class='chart__levels']/line")]
    assert kinds == [
        "chart__level chart__level--baseline",
        "chart__level chart__level--threshold",
    ]


def test_the_key_names_each_and_which_side_is_better(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(words, BEFORE, BETTER))

    signs = figure.findall("p[@class='chart__key']/span")
    assert ["".join(sign.itertext()) for sign in signs] == [BEFORE.words, BETTER.words]


def test_they_are_said_to_those_who_do_not_see_them(words: Words, drawn: Drawn) -> None:
    said = drawn(chart(words, BEFORE, BETTER)).findtext(".//desc")

    assert said == (
        "Pain on average, from 1 to 30 September. before the first infusion: 7.5. "
        "clearly better: 5.25 or lower."
    )


def test_a_chart_without_any_has_no_line_and_no_word_of_one(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(words))

    assert figure.find(".//line[@class]") is None
    assert figure.findtext(".//desc") == words.description


@pytest.mark.parametrize("value", [-0.1, 10.1])
def test_what_is_not_on_the_axis_is_refused(words: Words, value: float) -> None:
    with pytest.raises(ValueError, match="not on the axis"):
        chart(words, Level("baseline", value, "before"))
