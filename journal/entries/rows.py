"""How days and edits lie in their tables: numbers in columns, words sealed, and who told what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.db import seal_words, unseal_words
from journal.entries.fold import State, Told, Value
from journal.entries.forms import EditBody
from journal.entries.models import Edit, How
from journal.instruments import diary
from journal.sharing.access import Access
from journal.sharing.models import Scope

# Sealed: whatever can hold any words. `ready` is the sentences she ticked, as they were then.
WORDS = frozenset({"note", "rescue_med", "ready"})
COLUMNS = tuple(name for name, item in diary().items() if item.is_daily and name not in WORDS)
MORE = frozenset(name for name, item in diary().items() if not item.is_daily) - WORDS
BESIDE = WORDS | MORE
# What says how a day was; on the morning of an infusion that is still to be asked.
ANSWERS = frozenset(name for name, item in diary().items() if item.part in ("day", "sleep"))
SCOPE_OF = {"note": Scope.NOTES, "rescue_med": Scope.MEDICINES, "noticed": Scope.SIDE_EFFECTS}


@dataclass(frozen=True)
class DayRead:
    """One day as its reader may see it. `how` says, for each value, when it was told."""

    day: date
    items: Mapping[str, Value]
    how: Mapping[str, How]
    revision: int

    def number(self, item: str) -> float:
        """The value of a numeric item. Raises KeyError where there is none."""
        return float(self.items[item])  # type: ignore[arg-type]

    def hollow(self, item: str) -> bool:
        """Whether the value was told after its day."""
        return self.how[item] is not How.LIVE


def scope_of(item: str) -> Scope:
    """Which part of the record an item belongs to."""
    return SCOPE_OF.get(item, Scope.NUMBERS)


def state_of(session: Session, row: Any) -> State:
    """The fold that a row of `days` holds."""
    said = unseal_words(session, row.sealed, _day_name(row.account_id, row.day))
    beside = said | (row.more or {})
    return {
        name: Told(
            beside.get(name) if name in BESIDE else getattr(row, name),
            datetime.fromisoformat(told["at"]),
            UUID(told["edit"]),
            How(told["how"]),
        )
        for name, told in row.told.items()
    }


def day_row(
    session: Session, account_id: UUID, day: date, state: State, revision: int
) -> dict[str, Any]:
    """The row of `days` that holds this fold."""
    values = {name: told.value for name, told in state.items() if told.value is not None}
    said = {name: value for name, value in values.items() if name in WORDS}
    return {
        "account_id": account_id,
        "day": day,
        "revision": revision,
        "answered": not ANSWERS.isdisjoint(values),
        "more": {name: value for name, value in values.items() if name in MORE} or None,
        "sealed": seal_words(session, said, _day_name(account_id, day)),
        "told": {
            name: {"at": told.counted_at.isoformat(), "edit": str(told.edit_id), "how": told.how}
            for name, told in state.items()
        },
        **{name: values.get(name) for name in COLUMNS},
    }


def edit_row(session: Session, account_id: UUID, day: date, body: EditBody) -> dict[str, Any]:
    """The part of a row of `edits` that the phone said."""
    said: dict[str, Any] = {name: body.items[name] for name in WORDS if name in body.items}
    if body.reason is not None:
        said["reason"] = body.reason
    return {
        "account_id": account_id,
        "edit_id": body.edit_id,
        "day": day,
        "edited_at": body.edited_at,
        "zone": body.zone,
        "numbers": {name: value for name, value in body.items.items() if name not in WORDS},
        "sealed": seal_words(session, said, _edit_name(account_id, body.edit_id)),
    }


def said_in(session: Session, edit: Edit) -> tuple[Mapping[str, Any], str | None]:
    """The items of a kept edit, and its reason."""
    said = unseal_words(session, edit.sealed, _edit_name(edit.account_id, edit.edit_id))
    reason = said.pop("reason", None)
    return {**edit.numbers, **said}, reason


def read(session: Session, access: Access, row: Any) -> DayRead:
    """A row of `days` as far as `access` reaches."""
    items = {
        name: told.value
        for name, told in state_of(session, row).items()
        if told.value is not None and access.allows(scope_of(name))
    }
    return DayRead(row.day, items, {n: How(row.told[n]["how"]) for n in items}, row.revision)


def _day_name(account_id: UUID, day: date) -> str:
    return f"days/{account_id}/{day}"


def _edit_name(account_id: UUID, edit_id: UUID) -> str:
    return f"edits/{account_id}/{edit_id}"
