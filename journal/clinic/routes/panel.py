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
from journal.sharing.access import granted_all
from journal.sharing.gate import member


@bp.get("")
def panel() -> ResponseReturnValue:
    now = clock.now()
    today = clock.diary_day(now, member().clinic.zone)
    sort = request.args.get("sort", "silence")
    sort = sort if sort in SORTS else "silence"
    page = max(1, request.args.get("page", 1, int))
    patients = granted_all(session(), member(), now)
    wanted = composed.found(patients, request.args.get("q", ""))
    reach = [patient.access for patient in wanted if patient.access]
    rows = composed.rows(wanted, standings(session(), reach, today), sort, today)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    points = fortnight(
        session(), [row.patient.access for row in shown if row.patient.access], today
    )
    first = today - timedelta(days=FORTNIGHT - 1)
    answer = render_template(
        "clinic/panel.html",
        clinic=member().clinic,
        rows=[
            (row, composed.why(row), composed.sparks(points.get(row.patient.id, {}), today, first))
            for row in shown
        ],
        total=len(rows),
        enrolled=len(patients),
        unshared=[patient for patient in wanted if patient.access is None],
        sort=sort,
        q=request.args.get("q", ""),
        page=page,
        pages=max(1, -(-len(rows) // PAGE)),
    )
    session().commit()
    return answer
