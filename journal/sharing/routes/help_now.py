"""Whom to call now: for everyone, at any time, whatever else has failed."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from journal.accounts.gate import as_nobody, me, me_or_nobody, public
from journal.db import session
from journal.sharing.clinics import (
    US_LINES,
    Line,
    emergency_in,
    everyones_lines,
    lines_of,
    of_patient,
)
from journal.sharing.models import Clinic
from journal.sharing.routes import bp

log = logging.getLogger("journal")


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    try:
        return render_template("help/now.html", **_whom_to_call())
    except SQLAlchemyError as error:
        log.error("help without the database", extra={"fault": type(error).__name__})
    as_nobody()
    return render_template("help/now.html", clinics=[], lines=_said(US_LINES))


@bp.get("/help-now/clinics")
def clinics() -> ResponseReturnValue:
    """What her phone keeps, so that help without a network knows her clinics."""
    mine = of_patient(session(), me().account.id)
    return {"clinics": [_told(clinic) for clinic in mine]}


def _told(clinic: Clinic) -> dict[str, str | None]:
    emergency = emergency_in(lines_of([clinic]))
    return {
        "name": clinic.name,
        "hours": clinic.hours,
        "telephone": clinic.telephone,
        "emergency": emergency.call if emergency else None,
    }


def _whom_to_call() -> dict[str, Any]:
    known = me_or_nobody()
    clinics = of_patient(session(), known.account.id) if known and known.is_patient else []
    lines = lines_of(clinics) or everyones_lines(session()) or US_LINES
    return {"clinics": clinics, "lines": _said(lines)}


def _said(lines: Iterable[Line]) -> Sequence[Line]:
    # Our own lines are translated; a clinic's words are in no catalogue and stay as they are.
    return [replace(line, label=_in_words(line.label), note=_in_words(line.note)) for line in lines]


def _in_words(text: str) -> str:
    return gettext(text) if text else ""
