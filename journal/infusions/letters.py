"""What may come in about an infusion, parsed once into a frozen edit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from flask_babel import gettext

from journal import letters
from journal.errors import Invalid, words
from journal.infusions.items import Item, Value, items

SHAPES = {
    "moment": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII),
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "time": re.compile(r"\d\d:\d\d", re.ASCII),
}
READ = {"moment": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}


@dataclass(frozen=True)
class EditBody:
    """One edit as it came: `items` by id, None clears; `account` is only compared.

    `shown` is what its page showed of them, where it says so.
    """

    edit_id: UUID
    edited_at: datetime
    zone: str
    items: Mapping[str, Value | None]
    reason: str | None
    account: UUID
    shown: Mapping[str, object] | None = None

    @classmethod
    def parse(cls, body: object) -> "EditBody":
        """Read a JSON body strictly. Raises Invalid naming the field."""
        more = {"shown"} if isinstance(body, dict) and "shown" in body else set()
        fields = letters.exactly(body, letters.FIELDS | more)
        return cls(
            edit_id=letters.an_id(fields, "edit_id"),
            edited_at=letters.edited_at(fields["edited_at"]),
            zone=letters.zone(fields["zone"]),
            items=_items(fields["items"]),
            reason=letters.reason(fields["reason"]),
            account=letters.an_id(fields, "account"),
            shown=_shown(fields.get("shown")),
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
            return letters.a_text(value, item.longest, item.id)
        case _:
            return _written(item, value)


def _shown(said: object) -> Mapping[str, object] | None:
    if said is not None and not isinstance(said, dict):
        raise Invalid(words("This is not an edit we understand."), field="shown")
    return said


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
            high=f"{item.high:g} {gettext(item.unit) if item.unit else ''}".strip(),
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
