"""A chart says the same in its picture, in its table, and aloud."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from journal.charts import Point, Series, Words, line_chart

FIRST = date(2026, 9, 1)
LAST = date(2026, 11, 29)
Drawn = Callable[[Markup], Element]

days = st.dates(FIRST, LAST)
points = st.builds(Point, st.integers(0, 40).map(lambda quarters: quarters / 4), st.booleans())
diaries = st.dictionaries(days, points, max_size=90)


def pain(values: dict[date, Point]) -> Series:
    return Series("pain", 0, 10, "", values)


def on(*numbers: int) -> dict[date, Point]:
    return {FIRST + timedelta(days=n): Point(5) for n in numbers}


def chart(series: Series, words: Words, *infusions: date) -> Markup:
    return line_chart(series, FIRST, LAST, words, infusions=infusions, chart_id="c")


def table_of(figure: Element) -> list[list[str]]:
    return [[cell.text or "" for cell in row] for row in figure.findall(".//tbody/tr")]


def strokes(figure: Element) -> list[str]:
    return figure.findall(".//path[@class='chart__line']")[0].attrib["d"].split("M")[1:]


@given(diaries)
def test_every_value_is_in_the_table_newest_first(
    words: Words, drawn: Drawn, values: dict[date, Point]
) -> None:
    figure = drawn(chart(pain(values), words))

    assert [row[:2] for row in table_of(figure)] == [
        [day.isoformat(), str(values[day].value)] for day in sorted(values, reverse=True)
    ]


@given(diaries)
def test_every_value_has_its_marker(words: Words, drawn: Drawn, values: dict[date, Point]) -> None:
    figure = drawn(chart(pain(values), words))

    assert len(figure.findall(".//g[@class='chart__markers']/use")) == len(values)


@given(diaries)
def test_late_values_are_hollow_and_no_others(
    words: Words, drawn: Drawn, values: dict[date, Point]
) -> None:
    figure = drawn(chart(pain(values), words))

    hollow = figure.findall(".//g[@class='chart__markers']/use[@class='chart__hollow']")
    assert len(hollow) == sum(point.hollow for point in values.values())


@given(diaries, st.sets(days))
def test_every_number_drawn_is_a_number(
    words: Words, values: dict[date, Point], infusions: set[date]
) -> None:
    said = chart(pain(values), words, *infusions)

    assert not re.search(r"\b(nan|inf|None)\b", said)


@given(st.text(st.characters(exclude_categories=["C"])))
def test_words_come_out_as_they_went_in(words: Words, drawn: Drawn, text: str) -> None:
    figure = drawn(chart(pain(on(0)), replace(words, title=text, later=text, low=text)))

    assert figure.findtext(".//title", "").strip() == text.strip()


def test_a_title_is_never_markup(words: Words) -> None:
    said = chart(pain(on(0)), replace(words, title="<script>alert(1)</script>"))

    assert "<script" not in said


def test_nothing_carries_an_inline_style(words: Words) -> None:
    assert " style=" not in chart(pain(on(0, 1, 5)), words, FIRST)


def test_the_line_breaks_where_more_than_two_days_are_missing(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain(on(0, 1, 4, 8, 9)), words))

    assert strokes(figure) == ["0.5 50L1.5 50L4.5 50", "8.5 50L9.5 50"]


def test_a_day_alone_has_a_marker_and_no_line(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain(on(20)), words))

    assert strokes(figure) == []


def test_a_day_that_was_added_later_says_so(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain({FIRST: Point(7, hollow=True)}), words))

    assert table_of(figure) == [["2026-09-01", "7", "added later"]]


def test_an_infusion_on_a_day_without_a_value_is_in_the_table(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain({}), words, FIRST))

    assert table_of(figure) == [["2026-09-01", "", "infusion"]]


def test_a_unit_follows_its_value(words: Words, drawn: Drawn) -> None:
    slept = Series("sleep", 0, 12, "h", {FIRST: Point(6.5)})

    figure = drawn(chart(slept, words))

    assert table_of(figure) == [["2026-09-01", "6.5 h", ""]]


def test_the_newest_day_is_read_out_without_javascript(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain({FIRST: Point(7, hollow=True)}), words, FIRST))

    assert figure.findtext("p[@class='chart__reading']") == "2026-09-01 · 7 · added later, infusion"


def test_days_outside_are_left_out(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain(on(-1, 0, 90)), words, LAST + timedelta(days=1)))

    assert [row[0] for row in table_of(figure)] == ["2026-09-01"]


def test_the_picture_is_named_by_its_title_and_its_sentence(words: Words, drawn: Drawn) -> None:
    picture = drawn(chart(pain(on(0)), words)).findall("div/svg")[0]

    named = picture.attrib["aria-labelledby"].split()
    assert [picture.findtext(f"*[@id='{name}']") for name in named] == [
        words.title,
        words.description,
    ]


def test_end_words_stand_beside_their_numbers(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain({}), words))

    scales = figure.findall(".//span[@class='chart__scale']")
    assert ["".join(scale.itertext()) for scale in scales] == [
        "0 no pain",
        "10 worst pain you can imagine",
    ]


def test_the_key_explains_only_what_is_there(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain(on(0)), words, FIRST))

    signs = figure.findall("p[@class='chart__key']/span")
    assert ["".join(sign.itertext()) for sign in signs] == ["infusion"]


def test_nothing_written_down_has_no_table(words: Words, drawn: Drawn) -> None:
    figure = drawn(chart(pain({}), words))

    assert figure.find("details") is None


@pytest.mark.parametrize(
    ("days", "density"), [(28, " chart--few"), (90, ""), (365, " chart--many")]
)
def test_how_close_days_stand_is_known_to_the_style_sheet(
    words: Words, drawn: Drawn, days: int, density: str
) -> None:
    first = LAST - timedelta(days=days - 1)

    figure = drawn(line_chart(pain({}), first, LAST, words, chart_id="c"))

    assert figure.attrib["class"] == f"chart chart--pain{density}"
