"""Edits over HTTP, as the phone sends them."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.accounts.gate import me, patients_only
from journal.db import session
from journal.entries.forms import EditBody, parse_batch, parse_dated
from journal.entries.rows import DayRead
from journal.entries.store import days_since, save_edit, written_in
from journal.errors import Invalid, JournalError, words
from journal.problems import problem, status_of
from journal.sharing.access import own

bp = Blueprint("entries", __name__, url_prefix="/entries")
patients_only(bp)


@bp.put("/<day:day>")
def put(day: date) -> ResponseReturnValue:
    answer = _save(day, EditBody.parse(request.get_json()))
    session().commit()
    return answer


@bp.put("")
def put_many() -> ResponseReturnValue:
    answers = [_judge(letter) for letter in parse_batch(request.get_json())]
    session().commit()
    return {"answers": answers}


@bp.get("")
def since() -> ResponseReturnValue:
    since, first = _revision(), request.args.get("first", date.min, date.fromisoformat)
    days = days_since(session(), own(me().account), since, first)
    return {
        "days": [_day_json(read) for read in days],
        "revision": me().account.revision,
        # A phone that knows of nothing, and had written: its browser has thrown something away.
        "edits": 0 if since else written_in(session(), me().sign_in),
    }


def _save(day: date, body: EditBody) -> dict[str, Any]:
    kept = save_edit(
        session(), own(me().account), day, body, clock.now(), sign_in_id=me().sign_in.id
    )
    return {"edit_id": str(body.edit_id), **_day_json(kept)}


def _judge(letter: object) -> dict[str, Any]:
    try:
        day, body = parse_dated(letter)
        return {"status": 200, **_save(day, body)}
    except JournalError as error:
        named = letter.get("edit_id") if isinstance(letter, dict) else None
        return {"status": status_of(error), "edit_id": _said_id(named), **problem(error)}


def _said_id(named: object) -> str | None:
    try:
        return str(UUID(str(named)))
    except ValueError:
        return None


def _revision() -> int:
    text = request.args.get("since", "0")
    if not text.isdecimal() or len(text) > 12:
        raise Invalid(words("That is not a valid number."), field="since")
    return int(text)


def _day_json(read: DayRead) -> dict[str, Any]:
    return {
        "day": read.day.isoformat(),
        "items": dict(read.items),
        "how": dict(read.how),
        "revision": read.revision,
    }
