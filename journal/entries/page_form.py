"""The same edit as a plain form sends it: every field, and beside it what the page showed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from journal import letters
from journal.entries.fold import Value
from journal.entries.forms import MOST_MARKS, EditBody, parse_value
from journal.errors import Invalid, JournalError
from journal.instruments import Item, diary

MEDICINE_FIELDS = ("name", "dose", "unit", "count")
MEDICINE_ROWS = 20
NOTHING = "null"


@dataclass(frozen=True)
class PageForm:
    """What was typed, what the page had shown, what is new, and what cannot be taken (by item).

    `account` is only compared: a page may be older than who is signed in.
    """

    typed: Mapping[str, Any]
    was: Mapping[str, str]
    changed: Mapping[str, Value | None]
    reason: str | None
    errors: Mapping[str, JournalError]
    account: str | None = None

    def sentences(self, said: Callable[[JournalError], str]) -> Mapping[str, str]:
        """The errors as sentences, by item."""
        return {name: said(error) for name, error in self.errors.items()}

    def edit(self, account_id: UUID, zone: str, now: datetime) -> EditBody:
        """The edit that this form makes; the server's clock is the only one there is."""
        return EditBody(uuid4(), now, zone, self.changed, self.reason, account_id)


def read(form: Mapping[str, str]) -> PageForm:
    """Read a submitted page; only what differs from what it showed becomes part of its edit."""
    typed = {item.id: _typed(item, form) for item in diary().values()}
    was = {name: form.get(f"was_{name}", NOTHING) for name in diary()}
    changed: dict[str, Value | None] = {}
    errors: dict[str, JournalError] = {}
    for item in diary().values():
        try:
            value = parse_value(item, typed[item.id])
        except Invalid as error:
            errors[item.id] = error
            continue
        if shown(value) != was[item.id]:
            changed[item.id] = value
    reason = form.get("reason", "")
    try:
        said = letters.reason(reason or None)
    except Invalid as error:
        said, errors["reason"] = None, error
    typed = {**typed, "reason": reason}
    return PageForm(typed, was, changed, said, errors, form.get("account"))


def shown(value: object) -> str:
    """How a page writes down, in `was_<item>`, the value it showed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _typed(item: Item, form: Mapping[str, str]) -> Any:
    text = form.get(item.id, "").strip()
    match item.kind:
        case "nrs" | "decimal" | "count":
            return _number(text)
        case "flag":
            return True if text else None
        case "text":
            return text.replace("\r\n", "\n") or None
        case "time" | "choice":
            return text or None
        case "marks":
            return _marks(item, form) or None
        case "ticks":
            return _ticks(item, form)
        case "list":
            return _medicines(form) or None


def _number(text: str) -> float | str | None:
    """A number as people type it, "6,5" included; what is no number stays as it is."""
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _marks(item: Item, form: Mapping[str, str]) -> list[str]:
    ticked = (form.get(f"{item.id}-{n}", "").strip() for n in range(MOST_MARKS))
    return [one for one in ticked if one]


def _ticks(item: Item, form: Mapping[str, str]) -> dict[str, Any] | None:
    """What was ticked, each with the strength beside it; nothing ticked and "none" is {}."""
    ticked = {
        one.id: _number(form.get(f"{item.id}-{one.id}-how", ""))
        for one in item.effects
        if f"{item.id}-{one.id}" in form
    }
    return ticked if ticked or f"{item.id}-none" in form else None


def _medicines(form: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = [
        {field: form.get(f"rescue_med-{n}-{field}", "").strip() for field in MEDICINE_FIELDS}
        for n in range(MEDICINE_ROWS)
    ]
    return [
        {
            "name": row["name"],
            "dose": _number(row["dose"]),
            "unit": row["unit"] or None,
            "count": _number(row["count"]),
        }
        for row in rows
        if any(row.values())
    ]
