"""How infusions and their edits lie in their tables: numbers beside columns, words sealed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.db import seal_words, unseal_words
from journal.infusions.fold import Told, began, day_of
from journal.infusions.items import Items, Value, items, sealed_ids
from journal.infusions.models import Infusion, InfusionEdit, Standing

COLUMNS = frozenset({"standing", "given_at", "dose_mg", "minutes", "new_series"})


def items_of(session: Session, infusion: Infusion, zone: str) -> Items:
    """What stands of an infusion, its words opened."""
    return numbers_of(infusion, zone) | opened(session, infusion)


def numbers_of(infusion: Infusion, zone: str) -> dict[str, Value]:
    """The same without its words, for lists."""
    wall = infusion.given_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    said: dict[str, Value | None] = {
        **infusion.numbers,
        "standing": infusion.standing,
        "given_at": wall.isoformat(timespec="minutes"),
        "dose_mg": infusion.dose_mg,
        "minutes": infusion.minutes,
        "new_series": infusion.new_series or None,
    }
    if infusion.standing == Standing.GIVEN:
        said["agent"] = infusion.agent
    return {name: value for name, value in said.items() if value is not None}


def opened(session: Session, infusion: Infusion) -> dict[str, Value]:
    """What was written about it."""
    return unseal_words(session, infusion.sealed, _infusion_name(infusion.id))


def write(session: Session, infusion: Infusion, said: Items, zone: str) -> None:
    """Have the row say what stands."""
    infusion.standing = str(said["standing"])
    infusion.given_at, infusion.day = began(said, zone), day_of(said)
    infusion.agent = str(said.get("agent", "racemic"))
    infusion.dose_mg = float(said["dose_mg"]) if "dose_mg" in said else None
    infusion.minutes = int(said["minutes"]) if "minutes" in said else None
    infusion.new_series = "new_series" in said
    rest = {name: value for name, value in said.items() if name not in COLUMNS}
    infusion.numbers = {name: v for name, v in rest.items() if name not in sealed_ids()}
    written = {name: v for name, v in rest.items() if name in sealed_ids()}
    infusion.sealed = seal_words(session, written, _infusion_name(infusion.id))


def edit_row(
    session: Session,
    infusion_id: UUID,
    edit_id: UUID,
    told: Mapping[str, Value | None],
    reason: str | None,
) -> dict[str, Any]:
    """The part of a row of edits that somebody said."""
    written: dict[str, Any] = {name: v for name, v in told.items() if name in sealed_ids()}
    if reason is not None:
        written["reason"] = reason
    return {
        "infusion_id": infusion_id,
        "edit_id": edit_id,
        "numbers": {name: v for name, v in told.items() if name not in sealed_ids()},
        "sealed": seal_words(session, written, _edit_name(infusion_id, edit_id)),
    }


def said_in(session: Session, edit: InfusionEdit) -> tuple[dict[str, Value | None], str | None]:
    """The items of a kept edit in the order of the form, and its reason."""
    written = unseal_words(session, edit.sealed, _edit_name(edit.infusion_id, edit.edit_id))
    reason = written.pop("reason", None)
    said = {**edit.numbers, **written}
    return {name: said[name] for name in items() if name in said}, reason


def told(session: Session, edit: InfusionEdit) -> Told:
    """A kept edit as the fold takes it."""
    return Told(said_in(session, edit)[0], edit.counted_at, edit.edit_id)


def _infusion_name(infusion_id: UUID) -> str:
    return f"infusions/{infusion_id}"


def _edit_name(infusion_id: UUID, edit_id: UUID) -> str:
    return f"infusion_edits/{infusion_id}/{edit_id}"
