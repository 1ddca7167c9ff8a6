"""The same edit as a plain form sends it: every field, and beside it what the page showed."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from journal import letters
from journal.errors import Invalid, JournalError, words
from journal.infusions.items import Item, Value, items
from journal.infusions.letters import EditBody, parse_value

NOTHING = "null"


@dataclass
class PageForm:
    """What was typed, what the page had shown, what is new, and what cannot be taken (by item)."""

    typed: dict[str, Any]
    was: dict[str, str]
    shown: Mapping[str, object]
    changed: dict[str, Value | None]
    errors: dict[str, JournalError] = field(default_factory=dict)
    reason: str | None = None
    edit_id: UUID | None = None
    account: UUID | None = None

    def edit(self, zone: str, now: datetime) -> EditBody:
        """The edit that this form makes; the server's clock is the only one there is.

        Raises Invalid for a page that was tampered with.
        """
        if self.edit_id is None or self.account is None:
            raise Invalid(words("Open this page again."), field="page")
        return EditBody(
            self.edit_id, now, zone, self.changed, self.reason, self.account, self.shown
        )


def read(form: Mapping[str, str]) -> PageForm:
    """Read a submitted page; only what differs from what it showed becomes part of its edit."""
    page = PageForm(
        typed={item.id: _typed(item, form) for item in items().values()},
        was={name: form.get(f"was_{name}", NOTHING) for name in items()},
        shown=_shown(form),
        changed={},
        edit_id=_id(form.get("edit_id")),
        account=_id(form.get("account")),
    )
    page.typed |= {name: form.get(name, "") for name in ("stopped", "reason")}
    _count_minutes(page)
    said = page.typed | _weighed(page.typed)
    for item in items().values():
        try:
            value = parse_value(item, said[item.id])
        except Invalid as error:
            page.errors[item.id] = error
            continue
        if shown(value) != page.was[item.id]:
            page.changed[item.id] = value
    try:
        page.reason = letters.reason(page.typed["reason"] or None)
    except Invalid as error:
        page.errors["reason"] = error
    return page


def shown(value: object) -> str:
    """How a page writes down, in `was_<item>`, the value it showed."""
    return json.dumps(value, ensure_ascii=False)


def renew(page: PageForm, standing: Mapping[str, Value]) -> None:
    """Have the page show what stands now, beside what she typed."""
    for name in items():
        if name not in page.changed and name not in page.errors:
            page.typed[name] = standing.get(name)
        page.was[name] = shown(standing.get(name))


def _shown(form: Mapping[str, str]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for name in items():
        # What no page of ours wrote says nothing.
        with suppress(ValueError, RecursionError):
            found[name] = json.loads(form.get(f"was_{name}", ""))
    return found


def _weighed(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever says no other day was weighed on the day itself."""
    if typed["weight_kg"] is None or typed["weight_on"]:
        return {}
    return {"weight_on": str(typed["given_at"] or "")[:10] or None}


def _count_minutes(page: PageForm) -> None:
    """From when it began to when it stopped, on the same day; typed minutes give way."""
    stopped, start = page.typed["stopped"], str(page.typed["given_at"] or "")[11:]
    if not stopped:
        return
    try:
        begin, end = time.fromisoformat(start), time.fromisoformat(stopped)
    except ValueError:
        page.errors["stopped"] = Invalid(words("That is not a valid date or time."))
        return
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    if minutes < 0:
        page.errors["stopped"] = Invalid(
            words("It cannot stop before it began. Past midnight, write the minutes.")
        )
    else:
        page.typed["minutes"] = minutes


def _typed(item: Item, form: Mapping[str, str]) -> Any:
    text = form.get(item.id, "").strip()
    if not text:
        return None
    if item.kind == "flag":
        return True
    if item.is_number:
        return _number(text, whole=item.kind == "count")
    # A browser that sends seconds too means the minute.
    return text[:16] if item.kind == "moment" else text.replace("\r\n", "\n")


def _number(text: str, *, whole: bool) -> float | str:
    """A number as people type it, "6,5" included; what is no number stays as it is."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() and (whole or abs(number) < 1e9) else number


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
