"""A clinic stops all messages to a patient, and lets them go on."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic.routes import bp
from journal.clinic.ties import ties
from journal.db import session
from journal.errors import NotThere
from journal.reminders import stops
from journal.sharing.access import Enrolled, enrolled
from journal.sharing.gate import member


@bp.post("/patients/<uuid:patient_id>/messages/stopping")
def stop_messages(patient_id: UUID) -> ResponseReturnValue:
    stops.stop(session(), member(), _patient(patient_id).id, clock.now())
    return _back(patient_id)


@bp.post("/patients/<uuid:patient_id>/messages/resuming")
def resume_messages(patient_id: UUID) -> ResponseReturnValue:
    stops.resume(session(), member(), _patient(patient_id).id, clock.now())
    return _back(patient_id)


def _patient(patient_id: UUID) -> Enrolled:
    patient = enrolled(session(), member(), patient_id)
    if not ties(session(), member(), patient, clock.now()).enrolled:
        raise NotThere()
    return patient


def _back(patient_id: UUID) -> ResponseReturnValue:
    session().commit()
    return redirect(url_for(".infusions", patient_id=patient_id), 303)
