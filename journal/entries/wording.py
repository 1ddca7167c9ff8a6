"""What was said about a day, as a person would read it and as a chart draws it."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from babel.dates import format_time
from flask_babel import format_date, format_decimal, get_locale, gettext

from journal.charts import Point
from journal.entries.fold import Value
from journal.entries.rows import DayRead
from journal.instruments import Item, diary


def in_words(item_id: str, value: Any) -> str:
    """A value as a person would read it; None, a cleared one, is said too."""
    item = diary()[item_id]
    if value is None:
        return gettext("nothing")
    match item.kind:
        case "nrs" | "decimal" | "count":
            return str(format_decimal(value))
        case "list":
            return ", ".join(_medicine(one) for one in value)
        case "flag":
            return gettext(item.text)
        case "time":
            return format_time(time.fromisoformat(value), "short", locale=get_locale())
        case "marks":
            return ", ".join(value)
        case "ticks":
            return noticed_in_words(item, value)
        case "choice":
            return _option(item, value)
        case "text":
            return str(value)


def noticed_in_words(item: Item, value: Mapping[str, int]) -> str:
    """What she had and how strong, in the order of the list."""
    had = [(one, value[one.id]) for one in item.effects if one.id in value]
    said = [
        gettext("%(what)s: %(strength)s", what=gettext(one.text), strength=_option(item, strength))
        for one, strength in had
    ]
    return "; ".join(said) or gettext("none of these")


def reviewed_in_words(value: Mapping[str, int]) -> str:
    """Of what she noticed, what her clinic is to ask about; "" for nothing."""
    effects = diary()["noticed"].effects
    return ", ".join(gettext(one.text) for one in effects if one.is_to_review(value.get(one.id, 0)))


def weeks_in_words(answers: Mapping[date, Value]) -> str:
    """How her goal was answered week by week, and the last time; "" where it was not."""
    if not answers:
        return ""
    said, last = [*answers.values()], max(answers)
    names = {"yes": gettext("yes"), "partly": gettext("partly"), "no": gettext("no")}
    return gettext(
        "Weeks answered: yes %(yes)s, partly %(partly)s, no %(no)s; last: %(last)s on %(day)s",
        **{name: format_decimal(said.count(name)) for name in names},
        last=names[str(answers[last])],
        day=format_date(last, "d MMM"),
    )


def points_of(days: Iterable[DayRead], item: str) -> Mapping[date, Point]:
    """One numeric item of these days as points of a chart; hollow where told after its day."""
    return {day.day: Point(day.number(item), day.hollow(item)) for day in days if item in day.items}


def _option(item: Item, value: object) -> str:
    option = item.option(value)
    return gettext(option.text) if option else str(value)


def _medicine(one: Mapping[str, Any]) -> str:
    dose = f"{format_decimal(one['dose'])} {one['unit'] or ''}" if one["dose"] else ""
    count = f"× {format_decimal(one['count'])}" if one["count"] else ""
    return " ".join(part for part in (one["name"], dose.strip(), count) if part)
