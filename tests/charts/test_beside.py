"""This time beside last time, day for day."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from journal.charts import BesideWords, Level, beside_chart

Drawn = Callable[[Markup], Element]
NAMES = BesideWords(
    title="This time beside last time",
    description="Up to day 12.",
    direction="lower is better",
    now="this time",
    before="last time",
    day=lambda n: f"day {n}",
    tick=lambda n: f"d{n}",
    number=str,
    numbers="The numbers",
    heads=("After the last infusion", "this time", "last time"),
)
means = st.integers(0, 100).map(lambda tenths: tenths / 10)
curves = st.dictionaries(st.integers(-20, 80), means, max_size=40)


def chart(now: Mapping[int, float], before: Mapping[int, float], last: int = 12) -> Markup:
    return beside_chart("pain", now, before, last, NAMES, chart_id="b")


def rows(figure: Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in figure.findall(".//tbody/tr")]


def strokes(figure: Element, name: str) -> str:
    found = figure.find(f".//svg/svg/path[@class='{name}']")
    assert found is not None
    return found.attrib["d"]


def test_both_stand_in_one_table_newest_first(drawn: Drawn) -> None:
    figure = drawn(chart({1: 5.5, 2: 5}, {2: 6}))

    assert rows(figure) == [
        ["day 2", "this time 5", "last time 6"],
        ["day 1", "this time 5.5", ""],
    ]


def test_each_has_a_line_of_its_own(drawn: Drawn) -> None:
    figure = drawn(chart({1: 5, 2: 5}, {1: 10, 2: 0}))

    assert strokes(figure, "chart__line") == "M0.5 50L1.5 50"
    assert strokes(figure, "chart__before") == "M0.5 0L1.5 100"


def test_only_this_time_has_markers(drawn: Drawn) -> None:
    figure = drawn(chart({1: 5, 2: 5}, {1: 6, 2: 6, 3: 6}))

    assert len(figure.findall(".//g[@class='chart__markers']/use")) == 2


def test_the_newest_day_is_read_out_without_javascript(drawn: Drawn) -> None:
    figure = drawn(chart({1: 5, 2: 4.5}, {2: 6}))

    reading = figure.findtext("p[@class='chart__reading']")
    assert reading == "day 2 · this time 4.5 · last time 6"


@given(curves, curves, st.integers(1, 90))
def test_what_lies_outside_of_the_days_is_left_out(
    drawn: Drawn, now: dict[int, float], before: dict[int, float], last: int
) -> None:
    figure = drawn(chart(now, before, last))

    within = {n for n in {*now, *before} if 1 <= n <= last}
    assert [row[0] for row in rows(figure)] == [f"day {n}" for n in sorted(within, reverse=True)]


@given(curves, curves, st.integers(1, 400))
def test_every_number_drawn_is_a_number(
    now: dict[int, float], before: dict[int, float], last: int
) -> None:
    assert not re.search(r"\b(nan|inf|None)\b", chart(now, before, last))


@pytest.mark.parametrize(
    ("last", "named"),
    [
        (1, ["d1"]),
        (6, ["d1"]),
        (12, ["d7"]),
        (28, ["d7", "d14", "d21", "d28"]),
        (60, ["d14", "d28", "d42", "d56"]),
        (400, ["d400"]),
    ],
)
def test_few_days_are_named(drawn: Drawn, last: int, named: list[str]) -> None:
    figure = drawn(chart({1: 5}, {}, last))

    assert [one.text for one in figure.findall(".//g[@class='chart__days']/text")] == named


def test_where_there_is_little_room_every_second_day_gives_way(drawn: Drawn) -> None:
    names = drawn(chart({1: 5}, {}, 40)).findall(".//g[@class='chart__days']/text")

    assert [one.text for one in names if "close" not in one.attrib["class"]] == ["d7", "d21", "d35"]


def test_what_it_compares_with_is_drawn_and_named(drawn: Drawn) -> None:
    before = Level("baseline", 7, "before the first infusion: 7")

    figure = drawn(beside_chart("mood", {1: 5}, {}, 5, NAMES, levels=[before], chart_id="b"))

    signs = figure.findall("p[@class='chart__key']/span")
    assert ["".join(sign.itertext()) for sign in signs] == [
        "this time", "last time", "before the first infusion: 7",
    ]  # fmt: skip
    assert figure.findtext(".//desc") == "Up to day 12. before the first infusion: 7."


def test_there_is_no_chart_before_the_first_day() -> None:
    with pytest.raises(ValueError, match="ordinal"):
        chart({}, {}, 0)
