"""The clinic's own figures over HTTP."""

from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic import outcomes as composed
from journal.clinic.period import ENOUGH, PeriodForm, periods
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
    today = now.astimezone(zone).date()
    form = PeriodForm(request.args).offer(periods(store.began(session(), member()), today))
    period = form.chosen
    asked = session(), member(), period.first, period.last
    rows = composed.pooled(store.first_series(*asked, now))
    noticed = store.noticed(*asked, now)
    return render_template(
        "clinic/outcomes.html",
        clinic=clinic,
        form=form,
        period=period,
        until=min(period.last, today),
        zone=zone,
        least=LEAST,
        enough=ENOUGH,
        reckoned_at=store.reckoned_at(session(), member()),
        facts=composed.facts(rows, *store.given(*asked), noticed),
        reliefs=[composed.relief(rows, measure) for measure in MEASURES],
        enough_answered=len(noticed) >= LEAST,
        effects=composed.effects(noticed),
    )
