"""The pages that a phone keeps and opens by itself: the same templates, without anybody in them."""

from typing import Any

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from journal.accounts.gate import public
from journal.infusions.items import items as infusion_items
from journal.instruments import diary
from journal.patient import day as days
from journal.patient.sections import Sections

bp = Blueprint("shells", __name__)

PAGES = ("day", "history", "waiting")


@bp.get("/shell/<page>")
@public
def shell(page: str) -> ResponseReturnValue:
    if page not in PAGES:
        abort(404)
    return _blank(page)


@bp.get("/waiting")
@public
def waiting() -> ResponseReturnValue:
    # What waits is on the phone alone, and stays within reach where a session is over.
    return _blank("waiting")


def _blank(page: str) -> str:
    # No token either: it would be somebody's session's. The page asks for one before it sends.
    g.csrf_token = ""
    return render_template(f"shell/{page}.html", shell=page, me=None, **_nothing_said())


def _nothing_said() -> dict[str, Any]:
    first, more = days.asked()
    return {
        "values": {},
        "shown": {},
        "earlier": {},
        "errors": {},
        "items": diary().values(),
        "infusion_items": infusion_items().values(),
        "first_items": first,
        "more_items": more,
        "parts": days.parts(),
        "sections": Sections(),
        "calls": "",
        "how": "live",
        "reason_needed": False,
        "revision": 0,
    }
