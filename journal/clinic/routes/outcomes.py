"""The clinic's own figures over HTTP."""

from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic import outcomes as composed
from journal.clinic.period import PeriodForm
from journal.clinic.routes import bp
from journal.db import session
from journal.insights.disclosure import LEAST
from journal.outcomes import store
from journal.outcomes.measures import MEASURES
from journal.sharing.gate import member


@bp.get("/outcomes")
def outcomes() -> ResponseReturnValue:
    now, clinic = clock.now(), member().clinic
    zone = ZoneInfo(clinic.zone)
    began = clinic.created_at.astimezone(zone).date()
    form = PeriodForm(request.args).offer(now.astimezone(zone).date(), began)
    if not form.validate():
        return render_template("clinic/outcomes.html", clinic=clinic, form=form, period=None), 400
    period = form.period()
    asked = session(), member(), period.first, period.last
    rows = composed.pooled(store.first_series(*asked, now))
    patients, infusions = store.given(*asked)
    noticed = store.noticed(*asked, now)
    count = len({row.patient_id for row in rows})
    return render_template(
        "clinic/outcomes.html",
        clinic=clinic,
        form=form,
        period=period,
        zone=zone,
        least=LEAST,
        reckoned_at=store.reckoned_at(session(), member()),
        treated=composed.people_treated(patients, count),
        infusions=infusions if patients >= LEAST else None,
        began=count if count >= LEAST else None,
        coverage=composed.coverage(rows),
        reliefs=[composed.relief(rows, measure) for measure in MEASURES],
        answered=len(noticed) if len(noticed) >= LEAST else None,
        effects=composed.effects(noticed),
    )
