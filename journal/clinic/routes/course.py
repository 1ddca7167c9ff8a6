"""A patient's course over HTTP: the clinic's own record of why and how she is treated."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock
from journal.clinic import record
from journal.clinic.routes import bp
from journal.clinic.ties import ties
from journal.db import session
from journal.infusions import courses
from journal.infusions.forms import CourseForm
from journal.sharing.access import Enrolled, enrolled
from journal.sharing.gate import member


@bp.get("/patients/<uuid:patient_id>/course")
def course(patient_id: UUID) -> ResponseReturnValue:
    return _page(*_asked(patient_id))


@bp.post("/patients/<uuid:patient_id>/course")
def change_course(patient_id: UUID) -> ResponseReturnValue:
    patient, known, form = _asked(patient_id)
    if not form.validate():
        return _page(patient, known, form), 400
    told, shown = form.told(), form.shown()
    courses.change(session(), member(), patient, told, clock.now(), shown)
    session().commit()
    flash(gettext("Saved. %(name)s can see that you did.", name=patient.name), "good")
    return redirect(url_for(".course", patient_id=patient_id), 303)


def _asked(patient_id: UUID) -> tuple[Enrolled, courses.CourseRead, CourseForm]:
    patient = enrolled(session(), member(), patient_id)
    known = courses.course_of(session(), member(), patient)
    today = clock.now().astimezone(ZoneInfo(member().clinic.zone)).date()
    return patient, known, CourseForm(known.told, today)


def _page(patient: Enrolled, known: courses.CourseRead, form: CourseForm) -> str:
    return render_template(
        "clinic/course.html",
        patient=patient,
        course=known,
        form=form,
        part_in_words=record.part_in_words,
        is_here=ties(session(), member(), patient, clock.now()).enrolled,
        zone=ZoneInfo(member().clinic.zone),
    )
