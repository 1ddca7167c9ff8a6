"""The week that answers Done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from markupsafe import Markup

from journal.charts import Point, Series, WeekWords, week_line

SUNDAY = date(2026, 11, 22)
Drawn = Callable[[Markup], Element]


def pain(*values: int) -> Series:
    """The last of them is today's."""
    newest_first = enumerate(reversed(values))
    points = {SUNDAY - timedelta(days=n): Point(value) for n, value in newest_first}
    return Series("pain", 0, 10, "", points)


MOOD = Series("mood", 0, 10, "", {})


def texts(week: Element, name: str) -> list[str]:
    return [part.text or "" for part in week.iter() if part.attrib.get("class", "") == name]


def test_seven_weekdays_stand_below(drawn: Drawn, week_words: WeekWords) -> None:
    week = drawn(week_line(pain(4), MOOD, SUNDAY, week_words))

    assert "".join(text.text or "" for text in week.iter("text")) == "MTWTFSS"


def test_todays_value_stands_beside_its_track(drawn: Drawn, week_words: WeekWords) -> None:
    week = drawn(week_line(pain(7, 4), MOOD, SUNDAY, week_words))

    assert texts(week, "week__last") == ["4", ""]


def test_older_days_are_left_out(drawn: Drawn, week_words: WeekWords) -> None:
    week = drawn(week_line(pain(1, 2, 3, 4, 5, 6, 7, 8, 9), MOOD, SUNDAY, week_words))

    assert len(week.findall(".//use")) == 7


def test_the_week_is_one_picture_said_in_a_sentence(drawn: Drawn, week_words: WeekWords) -> None:
    words = replace(week_words, label="Pain <4>, mood not given")

    week = drawn(week_line(pain(4), MOOD, SUNDAY, words))

    assert week.attrib["role"] == "img"
    assert week.attrib["aria-label"] == "Pain <4>, mood not given"
