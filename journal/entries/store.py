"""Keeping entries. A day is the fold of its edits; newest wins, item by item."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.db import seal, unseal
from journal.entries.fold import State, Told, Value, counted_at, fold, how_told
from journal.entries.forms import EditBody
from journal.entries.models import Day, Edit, How
from journal.errors import Conflict, Invalid, words
from journal.instruments import diary
from journal.sharing.access import Access
from journal.sharing.models import Scope

WORDS = frozenset({"note", "rescue_med"})
COLUMNS = tuple(name for name in diary() if name not in WORDS)
SCOPE_OF = {"note": Scope.NOTES, "rescue_med": Scope.MEDICINES}


@dataclass(frozen=True)
class DayRead:
    """One day as its reader may see it. `how` says, for each value, when it was told."""

    day: date
    items: Mapping[str, Value]
    how: Mapping[str, How]
    revision: int

    def hollow(self, item: str) -> bool:
        """Whether the value was told after its day."""
        return self.how[item] is not How.LIVE


@dataclass(frozen=True)
class Earlier:
    """A value of an item that was said once; None means it was cleared."""

    item: str
    value: Value | None
    said_at: datetime
    how: How


def save_edit(
    session: Session,
    access: Access,
    day: date,
    body: EditBody,
    now: datetime,
    sign_in_id: UUID | None = None,
) -> DayRead:
    """Keep one edit and answer with the day as it stands; the same edit again changes nothing.

    Raises Invalid (future, before the account, no reason), Conflict (another account's letter,
    or this edit_id with other content).
    """
    if body.account != access.patient_id:
        raise Conflict(words("This was written by someone else who uses this phone."))
    counted = counted_at(body.edited_at, now)
    how = _judge(access, day, body, counted)
    # This update also makes edits of one account take turns, on both databases.
    revision = session.scalars(
        update(Account)
        .where(Account.id == access.patient_id)
        .values(revision=Account.revision + 1)
        .returning(Account.revision)
        .execution_options(synchronize_session=False)
    ).one()
    known = session.get(Edit, (access.patient_id, body.edit_id))
    if known is not None:
        _same_or_conflict(session, known, day, body)
        return one_day(session, access, day)
    session.add(_edit(session, access.patient_id, day, body, counted, how, now, sign_in_id))
    return _fold_in(session, access, day, body, counted, how, revision)


def check_began(access: Access, day: date) -> None:
    """Raise Invalid for a day before the record begins."""
    if access.first is not None and day < access.first:
        raise Invalid(
            words("Your journal began on %(began)s; earlier days cannot be added."),
            code="before_account",
            field="day",
            began=access.first,
        )


def one_day(session: Session, access: Access, day: date) -> DayRead:
    """One day, empty when nothing was said about it."""
    found = days_between(session, access, day, day)
    return found[0] if found else DayRead(day, {}, {}, 0)


def days_between(session: Session, access: Access, first: date, last: date) -> list[DayRead]:
    """The days about which something was said, oldest first, as far as `access` reaches."""
    rows = session.scalars(
        select(Day)
        .where(Day.account_id == access.patient_id)
        .where(Day.day.between(access.from_day(first), last))
        .order_by(Day.day)
    )
    return [_read(session, access, row) for row in rows]


def days_since(session: Session, access: Access, revision: int) -> list[DayRead]:
    """The days changed after that revision, in the order of their change."""
    rows = session.scalars(
        select(Day)
        .where(Day.account_id == access.patient_id, Day.revision > revision)
        .order_by(Day.revision)
    )
    return [_read(session, access, row) for row in rows]


def earlier_values(session: Session, access: Access, day: date) -> Sequence[Earlier]:
    """Every value ever said about a day, newest first."""
    edits = session.scalars(
        select(Edit)
        .where(Edit.account_id == access.patient_id, Edit.day == day)
        .order_by(Edit.counted_at.desc(), Edit.edit_id.desc())
    )
    return [
        Earlier(item, value, edit.counted_at, How(edit.how))
        for edit in edits
        for item, value in _items_of(session, edit).items()
        if access.allows(SCOPE_OF.get(item, Scope.NUMBERS))
    ]


def _judge(access: Access, day: date, body: EditBody, counted: datetime) -> How:
    try:
        how = how_told(day, counted, body.zone)
    except OverflowError as error:
        raise Invalid(words("That is not a valid time."), field="edited_at") from error
    check_began(access, day)
    if how is How.CORRECTED and body.reason is None:
        raise Invalid(
            words("Please say in a few words why you are changing an older day."),
            code="reason_needed",
            field="reason",
        )
    return how


def _edit(
    session: Session,
    account_id: UUID,
    day: date,
    body: EditBody,
    counted: datetime,
    how: How,
    now: datetime,
    sign_in_id: UUID | None,
) -> Edit:
    said = {name: value for name, value in body.items.items() if name in WORDS}
    if body.reason is not None:
        said["reason"] = body.reason
    return Edit(
        account_id=account_id,
        edit_id=body.edit_id,
        day=day,
        edited_at=body.edited_at,
        received_at=now,
        counted_at=counted,
        zone=body.zone,
        how=how,
        numbers={name: value for name, value in body.items.items() if name not in WORDS},
        sealed=_seal(session, said, _edit_row(account_id, body.edit_id)),
        sign_in_id=sign_in_id,
    )


def _fold_in(
    session: Session,
    access: Access,
    day: date,
    body: EditBody,
    counted: datetime,
    how: How,
    revision: int,
) -> DayRead:
    row = session.get(Day, (access.patient_id, day))
    if row is None:
        row = Day(account_id=access.patient_id, day=day, told={})
        session.add(row)
    told = {name: Told(value, counted, body.edit_id, how) for name, value in body.items.items()}
    _write(session, row, fold(_state(session, row), told))
    row.revision = revision
    session.flush()
    return _read(session, access, row)


def _state(session: Session, row: Day) -> State:
    said = _unseal(session, row.sealed, _day_row(row)) if row.told else {}
    return {
        name: Told(
            said.get(name) if name in WORDS else getattr(row, name),
            datetime.fromisoformat(told["at"]),
            UUID(told["edit"]),
            How(told["how"]),
        )
        for name, told in row.told.items()
    }


def _write(session: Session, row: Day, state: State) -> None:
    for name in COLUMNS:
        setattr(row, name, state[name].value if name in state else None)
    said = {name: state[name].value for name in WORDS if name in state and state[name].value}
    row.sealed = _seal(session, said, _day_row(row))
    row.answered = any(told.value is not None for told in state.values())
    row.told = {
        name: {"at": told.counted_at.isoformat(), "edit": str(told.edit_id), "how": told.how}
        for name, told in state.items()
    }


def _read(session: Session, access: Access, row: Day) -> DayRead:
    items = {
        name: told.value
        for name, told in _state(session, row).items()
        if told.value is not None and access.allows(SCOPE_OF.get(name, Scope.NUMBERS))
    }
    how = {name: How(row.told[name]["how"]) for name in items}
    return DayRead(row.day, items, how, row.revision)


def _same_or_conflict(session: Session, known: Edit, day: date, body: EditBody) -> None:
    said = _unseal(session, known.sealed, _edit_row(known.account_id, known.edit_id))
    before = (known.day, known.edited_at, known.zone, said.get("reason"))
    items = json.loads(json.dumps(dict(body.items)))
    if before != (day, body.edited_at, body.zone, body.reason) or items != {
        **known.numbers,
        **{name: value for name, value in said.items() if name in WORDS},
    }:
        raise Conflict(words("This edit was already used for something else."), code="edit_reused")


def _items_of(session: Session, edit: Edit) -> Mapping[str, Any]:
    said = _unseal(session, edit.sealed, _edit_row(edit.account_id, edit.edit_id))
    return {**edit.numbers, **{name: said[name] for name in WORDS if name in said}}


def _seal(session: Session, said: Mapping[str, object], row: str) -> bytes | None:
    return seal(session, json.dumps(said), row) if said else None


def _unseal(session: Session, sealed: bytes | None, row: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(unseal(session, sealed, row)) if sealed else {}
    return said


def _edit_row(account_id: UUID, edit_id: UUID) -> str:
    return f"edits/{account_id}/{edit_id}"


def _day_row(row: Day) -> str:
    return f"days/{row.account_id}/{row.day}"
