"""The clinic's own record of infusions over HTTP."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock
from journal.clinic.routes import bp
from journal.clinic.ties import ties
from journal.db import session
from journal.errors import Conflict, Invalid
from journal.infusions import store
from journal.infusions.forms import InfusionForm, parse
from journal.problems import sentence, status_of
from journal.reminders import stops
from journal.sharing.access import Enrolled, enrolled
from journal.sharing.gate import member


@bp.get("/patients/<uuid:patient_id>/infusions")
def infusions(patient_id: UUID) -> ResponseReturnValue:
    zone = ZoneInfo(member().clinic.zone)
    form = InfusionForm(data={"day": clock.now().astimezone(zone).date()})
    return _page(enrolled(session(), member(), patient_id), form)


@bp.post("/patients/<uuid:patient_id>/infusions")
def record(patient_id: UUID) -> ResponseReturnValue:
    patient, form, now = enrolled(session(), member(), patient_id), InfusionForm(), clock.now()
    if not form.validate():
        return _page(patient, form), 400
    try:
        given = form.given(member().clinic.zone)
        given.check(now, patient.born)
        if (doubts := given.doubts(now)) and not form.sure.data:
            return _page(patient, form, doubts), 400
        store.keep(session(), member(), patient, uuid4(), given, now)
    except (Invalid, Conflict) as error:
        field = {"dose_mg": form.dose_mg, "minutes": form.minutes}.get(error.field or "", form.day)
        field.errors = [*field.errors, sentence(error)]
        return _page(patient, form), status_of(error)
    session().commit()
    flash(gettext("Recorded. %(name)s can see that you did.", name=patient.name), "good")
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


@bp.put("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>")
def put(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    given = parse(request.get_json())
    kept = store.keep(session(), member(), patient, infusion_id, given, clock.now())
    session().commit()
    return {
        "id": str(kept.id),
        "given_at": kept.given_at.isoformat(timespec="milliseconds"),
        "day": kept.day.isoformat(),
        "dose_mg": kept.dose_mg,
        "minutes": kept.minutes,
    }


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/striking")
def striking(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    store.strike(session(), member(), patient, infusion_id, clock.now())
    session().commit()
    flash(gettext("Taken back. It no longer stands in the charts."), "good")
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


def _page(patient: Enrolled, form: InfusionForm, doubts: list[str] | None = None) -> str:
    zone, now = ZoneInfo(member().clinic.zone), clock.now()
    recorded = store.of_patient(session(), member(), patient)
    return render_template(
        "clinic/infusions.html",
        patient=patient,
        standing=[one for one in recorded if one.struck_at is None],
        struck=[one for one in recorded if one.struck_at],
        ties=ties(session(), member(), patient, now),
        stopped_since=stops.stopped_here(session(), member(), patient.id),
        form=form,
        doubts=doubts,
        zone=zone,
        today=now.astimezone(zone).date(),
    )
