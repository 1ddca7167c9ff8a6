"""Diaries as rows: the edits, and the days that folding them makes, as saving would."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.demo.diaries import Written
from journal.entries.fold import State, Told, fold, how_told
from journal.entries.forms import EditBody
from journal.entries.models import Day, Edit, How
from journal.entries.rows import day_row, edit_row

Row = dict[str, Any]


def write(
    session: Session, patient: Account, diary: Iterable[Written], now: datetime, ids: Random
) -> None:
    """Keep what she wrote up to now, all of it at once."""
    bodies = [(written.day, _body(patient, written, ids)) for written in diary]
    arrived = sorted(
        (one for one in bodies if one[1].edited_at <= now), key=lambda one: one[1].edited_at
    )
    edits: list[Row] = []
    states: dict[date, State] = {}
    revisions: dict[date, int] = {}
    for revision, (day, body) in enumerate(arrived, start=1):
        how = how_told(day, body.edited_at, body.zone)
        edits.append(edit_row(session, patient.id, day, body) | _stamps(body, how))
        states[day] = fold(states.get(day, {}), _told(body, how))
        revisions[day] = revision
    days = [day_row(session, patient.id, day, states[day], revisions[day]) for day in states]
    patient.revision = len(arrived)
    if days:
        session.execute(insert(Edit), edits)
        session.execute(insert(Day), days)


def _body(patient: Account, written: Written, ids: Random) -> EditBody:
    at = written.at.replace(tzinfo=ZoneInfo(patient.zone)).astimezone(UTC)
    edit_id = UUID(int=ids.getrandbits(128), version=4)
    return EditBody(edit_id, at, patient.zone, written.items, written.reason, patient.id)


def _stamps(body: EditBody, how: How) -> Row:
    at = body.edited_at
    return {"received_at": at, "counted_at": at, "how": how, "sign_in_id": None}


def _told(body: EditBody, how: How) -> Mapping[str, Told]:
    return {
        item: Told(value, body.edited_at, body.edit_id, how) for item, value in body.items.items()
    }
