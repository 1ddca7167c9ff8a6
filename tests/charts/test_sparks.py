"""The panel's small lines."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from journal.charts import Point, Series, spark
from journal.charts.series import Key

FIRST = date(2026, 11, 10)
LAST = date(2026, 11, 23)
Drawn = Callable[[Markup], Element]

points = st.builds(Point, st.integers(0, 24), st.booleans())
fortnights = st.dictionaries(st.dates(FIRST, LAST), points)
keys: st.SearchStrategy[Key] = st.sampled_from(["pain", "mood", "sleep"])


def on(*numbers: int, hollow: bool = False) -> dict[date, Point]:
    return {FIRST + timedelta(days=n): Point(5, hollow) for n in numbers}


def paths(markup: Element) -> dict[str, int]:
    return {path.attrib["class"]: path.attrib["d"].count("M") for path in markup}


@given(keys, fortnights)
def test_whatever_was_written_down_it_can_be_drawn(
    drawn: Drawn, key: Key, values: dict[date, Point]
) -> None:
    picture = drawn(spark(Series(key, 0, 10, "", values), FIRST, LAST, "Pain"))

    assert "nan" not in "".join(path.attrib["d"] for path in picture)


def test_it_is_a_picture_with_words(drawn: Drawn) -> None:
    picture = drawn(spark(Series("pain", 0, 10, "", {}), FIRST, LAST, 'Pain "5" & <less>'))

    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"] == 'Pain "5" & <less>'


def test_a_line_breaks_over_more_than_two_missing_days(drawn: Drawn) -> None:
    series = Series("mood", 0, 10, "", on(0, 1, 4, 8, 9))

    assert paths(drawn(spark(series, FIRST, LAST, "Mood")))["spark__line"] == 2


def test_a_day_alone_and_the_newest_are_dots(drawn: Drawn) -> None:
    series = Series("pain", 0, 10, "", on(0, 8, 9))

    assert paths(drawn(spark(series, FIRST, LAST, "Pain")))["spark__dots"] == 2


def test_late_days_are_hollow(drawn: Drawn) -> None:
    series = Series("pain", 0, 10, "", on(0, 1) | on(2, hollow=True))

    assert paths(drawn(spark(series, FIRST, LAST, "Pain"))) == {
        "spark__line": 1,
        "spark__hollow": 1,
    }


def test_sleep_is_bars(drawn: Drawn) -> None:
    series = Series("sleep", 0, 12, "h", on(0, 1, 5) | on(6, hollow=True))

    assert paths(drawn(spark(series, FIRST, LAST, "Sleep"))) == {
        "spark__bars": 3,
        "spark__hollow": 1,
    }
