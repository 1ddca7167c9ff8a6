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
from journal.entries.nights import night_in_words
from journal.entries.rows import DayRead
from journal.entries.store import save_edit
from journal.errors import JournalError
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


def _save(day: date, body: EditBody) -> dict[str, Any]:
    kept = save_edit(
        session(), own(me().account), day, body, clock.now(), sign_in_id=me().sign_in.id
    )
    night = night_in_words(kept.items, day, me().account.zone)
    return {"edit_id": str(body.edit_id), **day_json(kept), "night": night}


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


def day_json(read: DayRead) -> dict[str, Any]:
    """A day as phones know it."""
    return {
        "day": read.day.isoformat(),
        "items": dict(read.items),
        "how": dict(read.how),
        "revision": read.revision,
    }
