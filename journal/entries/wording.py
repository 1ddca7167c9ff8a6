"""What was said about a day, as a person would read it and as a chart draws it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_decimal, gettext

from journal.charts import Point
from journal.entries.rows import DayRead
from journal.instruments import diary


def in_words(item_id: str, value: Any) -> str:
    """A value as a person would read it; None, a cleared one, is said too."""
    item = diary()[item_id]
    if value is None:
        return gettext("nothing")
    if item.kind == "list":
        return ", ".join(_medicine(one) for one in value)
    if item.kind == "flag":
        return gettext(item.text)
    return str(format_decimal(value)) if item.is_number else str(value)


def points_of(days: Iterable[DayRead], item: str) -> Mapping[date, Point]:
    """One numeric item of these days as points of a chart; hollow where told after its day."""
    return {day.day: Point(day.number(item), day.hollow(item)) for day in days if item in day.items}


def _medicine(one: Mapping[str, Any]) -> str:
    dose = f"{format_decimal(one['dose'])} {one['unit'] or ''}" if one["dose"] else ""
    count = f"× {format_decimal(one['count'])}" if one["count"] else ""
    return " ".join(part for part in (one["name"], dose.strip(), count) if part)
