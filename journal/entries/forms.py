"""What may come in about a day, parsed once into a frozen edit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from journal import letters
from journal.entries.fold import Medicine, Value
from journal.errors import Invalid, words
from journal.instruments import Item, Kind, diary

MOST_EDITS = 30
MOST_MEDICINES = 20
MOST_MARKS = 20
YEAR_MONTH_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
HOUR_MINUTE = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True)
class EditBody:
    """One edit as it came: `items` by item id, None clears; `account` is only compared."""

    edit_id: UUID
    edited_at: datetime
    zone: str
    items: Mapping[str, Value | None]
    reason: str | None
    account: UUID

    @classmethod
    def parse(cls, body: object) -> "EditBody":
        """Read a JSON body strictly. Raises Invalid naming the field."""
        fields = letters.exactly(body, letters.FIELDS)
        return cls(
            edit_id=letters.an_id(fields, "edit_id"),
            edited_at=letters.edited_at(fields["edited_at"]),
            zone=letters.zone(fields["zone"]),
            items=_items(fields["items"]),
            reason=letters.reason(fields["reason"]),
            account=letters.an_id(fields, "account"),
        )


def parse_batch(body: object) -> list[object]:
    """The letters of `{"edits": [...]}`, each still to be judged by itself, up to 30."""
    edits = letters.exactly(body, frozenset({"edits"}))["edits"]
    if not isinstance(edits, list) or not 1 <= len(edits) <= MOST_EDITS:
        raise Invalid(words("Send between 1 and 30 edits at a time."), field="edits")
    return edits


def parse_dated(letter: object) -> tuple[date, EditBody]:
    """One letter of a batch: an edit that also says its day."""
    fields = letters.exactly(letter, letters.FIELDS | {"day"})
    rest = {name: fields[name] for name in letters.FIELDS}
    return _day(fields["day"]), EditBody.parse(rest)


def parse_value(item: Item, value: object) -> Value | None:
    """One item's value, or None to clear it. Raises Invalid naming the item."""
    return None if value is None else PARSERS[item.kind](item, value)


def _day(text: object) -> date:
    try:
        # Python reads "2026-W48-2" too.
        if not isinstance(text, str) or not YEAR_MONTH_DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(words("That is not a valid day."), field="day") from error


def _items(items: object) -> Mapping[str, Value | None]:
    if not isinstance(items, dict) or not items:
        raise Invalid(words("An edit says at least one thing."), field="items")
    if unknown := sorted(set(items) - set(diary())):
        raise Invalid(words("There is no such question."), field=str(unknown[0])[:64])
    return {name: parse_value(diary()[name], value) for name, value in items.items()}


def _number(item: Item, value: object) -> int | float:
    whole = item.kind != "decimal"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise Invalid(words("That is not a number."), field=item.id)
    if not item.low <= value <= item.high or value % item.step:
        raise Invalid(
            words("Choose a number from %(low)s to %(high)s."),
            field=item.id,
            low=item.low,
            high=item.high,
        )
    return value if whole else float(value)


def _flag(item: Item, value: object) -> bool:
    if value is not True:
        raise Invalid(words("This is either said or left out."), field=item.id)
    return True


def _words(item: Item, value: object) -> str | None:
    return letters.a_text(value, item.longest, item.id)


def _time(item: Item, value: object) -> str:
    if not isinstance(value, str) or not HOUR_MINUTE.fullmatch(value):
        raise Invalid(words("Write the time like 22:30."), field=item.id)
    return value


def _marks(item: Item, value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or len(value) > MOST_MARKS:
        raise Invalid(words("Tick up to 20 things."), field=item.id)
    ticked = [letters.a_text(one, item.longest, item.id) for one in value]
    # Each once, in the order of the list.
    return tuple(dict.fromkeys(one for one in ticked if one)) or None


def _ticks(item: Item, value: object) -> dict[str, int]:
    """How strong each thing was that she had; nothing in it is an answer: none of these."""
    if not isinstance(value, dict) or not all(map(item.effect, value)):
        raise Invalid(words("This is not in the list."), field=item.id)
    return {name: _strength(item, strength) for name, strength in value.items()}


def _strength(item: Item, value: object) -> int:
    if type(value) is not int or not item.low <= value <= item.high:
        raise Invalid(
            words("Say how strong each one was: mild, moderate or severe."), field=item.id
        )
    return value


def _choice(item: Item, value: object) -> str:
    if not isinstance(value, str) or not item.option(value):
        raise Invalid(words("Choose one of the answers."), field=item.id)
    return value


def _medicines(item: Item, value: object) -> tuple[Medicine, ...] | None:
    if not isinstance(value, list) or len(value) > MOST_MEDICINES:
        raise Invalid(words("List up to 20 medicines."), field=item.id)
    return tuple(_medicine(one, item.id) for one in value) or None


def _medicine(value: object, field: str) -> Medicine:
    if not isinstance(value, dict) or set(value) - {"name", "dose", "unit", "count"}:
        raise Invalid(words("This is not a medicine we understand."), field=field)
    name = letters.a_text(value.get("name"), 100, field)
    if name is None:
        raise Invalid(words("Give the medicine a name."), field=field)
    unit = value.get("unit")
    return {
        "name": name,
        "dose": _amount(value.get("dose"), field),
        "unit": None if unit is None else letters.a_text(unit, 20, field),
        "count": _amount(value.get("count"), field),
    }


def _amount(value: object, field: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 100_000:
        raise Invalid(words("An amount is a number above 0."), field=field)
    return value


PARSERS: Mapping[Kind, Callable[[Item, object], Value | None]] = {
    "nrs": _number,
    "decimal": _number,
    "count": _number,
    "flag": _flag,
    "text": _words,
    "list": _medicines,
    "time": _time,
    "marks": _marks,
    "ticks": _ticks,
    "choice": _choice,
}
