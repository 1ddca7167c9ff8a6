"""Keeping entries. A day is the fold of its edits; newest wins, item by item."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import SignIn
from journal.clock import counted_at
from journal.db import Base
from journal.entries.fold import Told, Value, fold, how_told
from journal.entries.forms import EditBody
from journal.entries.models import Edit, How
from journal.entries.rows import DayRead, day_row, edit_row, read, said_in, scope_of, state_of
from journal.errors import Conflict, Invalid, words
from journal.sharing.access import Access

ACCOUNTS, DAYS, EDITS = (Base.metadata.tables[name] for name in ("accounts", "days", "edits"))

# Saving is the one thing that everybody does every day: its statements are made once.
TAKE_TURN = (
    update(ACCOUNTS)
    .where(ACCOUNTS.c.id == bindparam("account"))
    .values(revision=ACCOUNTS.c.revision + 1)
    .returning(ACCOUNTS.c.revision)
)
FIND = (
    select(DAYS, EDITS.c.edit_id.label("known"))
    .select_from(ACCOUNTS)
    .outerjoin(DAYS, and_(DAYS.c.account_id == ACCOUNTS.c.id, DAYS.c.day == bindparam("on")))
    .outerjoin(
        EDITS, and_(EDITS.c.account_id == ACCOUNTS.c.id, EDITS.c.edit_id == bindparam("edit"))
    )
    .where(ACCOUNTS.c.id == bindparam("account"))
)
ADD_EDIT = insert(EDITS)
ADD_DAY = insert(DAYS)
CHANGE_DAY = update(DAYS).where(
    DAYS.c.account_id == bindparam("account"), DAYS.c.day == bindparam("on")
)


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
    counted = counted_at(body.edited_at, now)
    how = _judge(access, day, body, counted)
    account = access.patient_id
    # Rows, not objects: what the session would do around each of these is a tenth of a save.
    rows = session.connection()
    # Edits of one account take turns here, on both databases.
    revision = rows.execute(TAKE_TURN, {"account": account}).scalar_one()
    row = rows.execute(FIND, {"account": account, "on": day, "edit": body.edit_id}).one()
    if row.known:
        _same_or_conflict(session, account, day, body)
        return one_day(session, access, day)
    stamps = {"received_at": now, "counted_at": counted, "how": how, "sign_in_id": sign_in_id}
    rows.execute(ADD_EDIT, edit_row(session, account, day, body) | stamps)
    told = {name: Told(value, counted, body.edit_id, how) for name, value in body.items.items()}
    state = fold(state_of(session, row) if row.day else {}, told)
    changed = day_row(session, account, day, state, revision)
    _put_day(rows, changed, known=row.day is not None)
    return read(session, access, SimpleNamespace(**changed))


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
    rows = session.execute(
        select(DAYS)
        .where(DAYS.c.account_id == access.patient_id)
        .where(DAYS.c.day.between(access.from_day(first), last))
        .order_by(DAYS.c.day)
    )
    return [read(session, access, row) for row in rows]


def more_between(
    session: Session, access: Access, first: date, last: date
) -> Mapping[date, Mapping[str, Value]]:
    """What was said beside the usual questions on these days, but for sealed words, as far as
    `access` reaches."""
    rows = session.execute(
        select(DAYS.c.day, DAYS.c.more)
        .where(DAYS.c.account_id == access.patient_id, DAYS.c.more.is_not(None))
        .where(DAYS.c.day.between(access.from_day(first), last))
        .order_by(DAYS.c.day)
    )
    return {
        day: {name: value for name, value in more.items() if access.allows(scope_of(name))}
        for day, more in rows
    }


def days_since(
    session: Session, access: Access, revision: int, first: date = date.min
) -> list[DayRead]:
    """The days from `first` on that changed after that revision, in the order of their change."""
    rows = session.execute(
        select(DAYS)
        .where(DAYS.c.account_id == access.patient_id, DAYS.c.revision > revision)
        .where(DAYS.c.day >= access.from_day(first))
        .order_by(DAYS.c.revision)
    )
    return [read(session, access, row) for row in rows]


def written_in(session: Session, sign_in: SignIn) -> int:
    """How many edits came from this browser since someone signed in there."""
    of_account = EDITS.c.account_id == sign_in.account_id
    counted = select(func.count()).where(of_account, EDITS.c.sign_in_id == sign_in.id)
    return session.scalar(counted) or 0


def earlier_values(session: Session, access: Access, day: date) -> Sequence[Earlier]:
    """Every value ever said about a day, newest first."""
    edits = session.scalars(
        select(Edit)
        .where(Edit.account_id == access.patient_id, Edit.day == day)
        .where(Edit.day >= access.from_day(day))
        .order_by(Edit.counted_at.desc(), Edit.edit_id.desc())
    )
    return [
        Earlier(item, value, edit.counted_at, How(edit.how))
        for edit in edits
        for item, value in said_in(session, edit)[0].items()
        if access.allows(scope_of(item))
    ]


def _judge(access: Access, day: date, body: EditBody, counted: datetime) -> How:
    if body.account != access.patient_id:
        raise Conflict(words("This was written by someone else who uses this phone."))
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


def _put_day(rows: Connection, row: Mapping[str, Any], *, known: bool) -> None:
    if not known:
        rows.execute(ADD_DAY, row)
        return
    values = {name: value for name, value in row.items() if name not in ("account_id", "day")}
    rows.execute(CHANGE_DAY, {**values, "account": row["account_id"], "on": row["day"]})


def _same_or_conflict(session: Session, account: UUID, day: date, body: EditBody) -> None:
    kept = session.scalars(
        select(Edit).where(Edit.account_id == account, Edit.edit_id == body.edit_id)
    ).one()
    items, reason = said_in(session, kept)
    before = (kept.day, kept.edited_at, kept.zone, reason, items)
    # Through JSON, because that is how the kept one went: a tuple comes back as a list.
    again = json.loads(json.dumps(dict(body.items)))
    if before != (day, body.edited_at, body.zone, body.reason, again):
        raise Conflict(words("This edit was already used for something else."), code="edit_reused")
