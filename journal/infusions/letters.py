"""What may come in about an infusion, parsed once into a frozen edit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from journal.clock import zone_named
from journal.errors import Invalid, words
from journal.infusions.items import Item, Value, items
from journal.texts import instant, tidy

FIELDS = frozenset({"edit_id", "edited_at", "zone", "items", "reason", "account"})
LONGEST_REASON = 500
SHAPES = {
    "moment": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII),
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "time": re.compile(r"\d\d:\d\d", re.ASCII),
}
READ = {"moment": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}


@dataclass(frozen=True)
class EditBody:
    """One edit as it came: `items` by id, None clears; `account` is only compared."""

    edit_id: UUID
    edited_at: datetime
    zone: str
    items: Mapping[str, Value | None]
    reason: str | None
    account: UUID

    @classmethod
    def parse(cls, body: object) -> "EditBody":
        """Read a JSON body strictly. Raises Invalid naming the field."""
        fields = _exactly(body)
        return cls(
            edit_id=_uuid(fields, "edit_id"),
            edited_at=_instant(fields["edited_at"]),
            zone=_zone(fields["zone"]),
            items=_items(fields["items"]),
            reason=parse_reason(fields["reason"]),
            account=_uuid(fields, "account"),
        )


def parse_value(item: Item, value: object) -> Value | None:
    """One item's value, or None to clear it. Raises Invalid naming the item."""
    if value is None:
        return None
    match item.kind:
        case "decimal" | "count":
            return _number(item, value)
        case "flag":
            if value is not True:
                raise Invalid(words("This is either said or left out."), field=item.id)
            return True
        case "choice":
            if not isinstance(value, str) or value not in item.choices:
                raise Invalid(words("Choose one of those listed."), field=item.id)
            return value
        case "text":
            return _text(value, item.longest, item.id)
        case _:
            return _written(item, value)


def parse_reason(text: object) -> str | None:
    """Why it is corrected, up to 500 characters; blank is None."""
    return None if text is None else _text(text, LONGEST_REASON, "reason")


def _exactly(body: object) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise Invalid(words("This is not an infusion we understand."), code="malformed")
    if unknown := sorted(set(body) - FIELDS):
        raise Invalid(words("There is no field of that name."), field=str(unknown[0])[:64])
    if missing := sorted(FIELDS - set(body)):
        raise Invalid(words("A field is missing."), field=missing[0])
    return body


def _uuid(fields: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(fields[name])
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid(words("That is not a valid id."), field=name) from error


def _instant(text: object) -> datetime:
    try:
        return instant(text)
    except ValueError as error:
        raise Invalid(words("That is not a valid time."), field="edited_at") from error


def _zone(name: object) -> str:
    try:
        return zone_named(name if isinstance(name, str) else "").key
    except ValueError as error:
        raise Invalid(words("We do not know that time zone."), field="zone") from error


def _items(said: object) -> Mapping[str, Value | None]:
    if not isinstance(said, dict) or not said:
        raise Invalid(words("An edit says at least one thing."), field="items")
    if unknown := sorted(set(said) - set(items())):
        raise Invalid(words("There is no such question."), field=str(unknown[0])[:64])
    return {name: parse_value(items()[name], value) for name, value in said.items()}


def _number(item: Item, value: object) -> int | float:
    whole = item.kind == "count"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise Invalid(_NOT[item.kind], field=item.id)
    if not item.low <= value <= item.high:
        raise Invalid(
            words("It is between %(low)s and %(high)s here. Look at the number and its unit."),
            field=item.id,
            low=f"{item.low:g}",
            high=f"{item.high:g} {item.unit}".strip(),
        )
    return value if whole else float(value)


_NOT = {
    "count": words("Write a whole number in digits, like 40."),
    "decimal": words("Write it in digits, like 35 or 42.5."),
}


def _written(item: Item, value: object) -> str:
    """A date, a time or both, as text. Raises Invalid."""
    try:
        if not isinstance(value, str) or not SHAPES[item.kind].fullmatch(value):
            raise ValueError
        READ[item.kind](value)
    except ValueError as error:
        raise Invalid(words("That is not a valid date or time."), field=item.id) from error
    return value


def _text(value: object, longest: int, field: str) -> str | None:
    if not isinstance(value, str):
        raise Invalid(words("That is not a text."), field=field)
    text = tidy(value)
    if len(text) > longest:
        raise Invalid(
            words("That is %(length)s characters; there is room for %(longest)s."),
            field=field,
            length=len(text),
            longest=longest,
        )
    return text or None
