"""One patient over HTTP, as far as she lets the clinic read."""

from datetime import timedelta
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.accounts import people, recovery
from journal.clinic import person
from journal.clinic.routes import bp
from journal.db import session
from journal.entries.store import days_between
from journal.infusions.store import days_of
from journal.sharing.access import enrolled, granted
from journal.sharing.gate import member


@bp.get("/patients/<uuid:patient_id>")
def patient(patient_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    known, access = granted(session(), member(), patient_id, now)
    length = request.args.get("days", 90, int)
    length = length if length in person.LENGTHS else 90
    today = clock.diary_day(now, known.zone)
    first = today - timedelta(days=length - 1)
    days = days_between(session(), access, first, today)
    answer = render_template(
        "clinic/patient.html",
        patient=known,
        reach=people.reach_of(session(), known.id),
        charts=person.charts(days, days_of(session(), access, first, today), first, today),
        coverage=person.coverage(days, max(access.from_day(first), known.began), today),
        words=person.shared_words(days),
        access=access,
        today=today,
        length=length,
        lengths=person.LENGTHS,
    )
    session().commit()
    return answer


@bp.post("/patients/<uuid:patient_id>/recovery")
def help_back_in(patient_id: UUID) -> ResponseReturnValue:
    known, now, clinic = enrolled(session(), member(), patient_id), clock.now(), member().clinic
    token = recovery.by_clinic(session(), member().account, clinic.id, clinic.name, patient_id, now)
    session().commit()
    return render_template(
        "clinic/recovery.html",
        patient=known,
        code=recovery.spoken(token),
        starts_at=now + recovery.DELAY,
        ends_at=now + recovery.DELAY + recovery.OPEN_FOR,
    ), 201
