"""The panel over HTTP."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic import panel as composed
from journal.clinic.panel import PAGE, SORTS
from journal.clinic.routes import bp
from journal.clinic.standing import FORTNIGHT, fortnight, standings
from journal.db import session
from journal.outcomes.store import fading
from journal.sharing.access import granted_all
from journal.sharing.gate import member


@bp.get("")
def panel() -> ResponseReturnValue:
    now = clock.now()
    today = clock.diary_day(now, member().clinic.zone)
    first = today - timedelta(days=FORTNIGHT - 1)
    q, sort = request.args.get("q", ""), request.args.get("sort", "")
    patients = granted_all(session(), member(), now)
    wanted = composed.found(patients, q)
    reach = [patient.access for patient in wanted if patient.access]
    stand = standings(session(), member(), reach, today)
    faded = fading(session(), member(), now)
    rows = composed.in_order(composed.rows(wanted, stand, faded, today), sort)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    reach = [row.access for row in shown]
    points = fortnight(session(), reach, today)
    answer = render_template(
        "clinic/panel.html",
        clinic=member().clinic,
        rows=[
            (
                row,
                composed.sparks(points[row.patient.id], first, today),
                composed.why(row, points[row.patient.id]),
            )
            for row in shown
        ],
        last_entry=composed.last_entry,
        enrolled=len(patients),
        silent=sum(row.silent >= composed.SILENT for row in rows),
        worse=sum(row.worst > 0 for row in rows),
        unshared=[patient for patient in wanted if patient.access is None],
        sort=sort if sort in SORTS else "silence",
        q=q,
        page=page,
        pages=pages,
    )
    session().commit()
    return answer
