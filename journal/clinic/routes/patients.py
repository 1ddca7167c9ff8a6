"""One patient over HTTP, as far as she lets the clinic read."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal import clock
from journal.accounts import letters, people, recovery
from journal.clinic import numbers, person
from journal.clinic.routes import bp
from journal.clinic.ties import ties
from journal.db import session
from journal.entries.store import days_between
from journal.errors import NotThere
from journal.infusions.store import days_of
from journal.sharing.access import enrolled, granted
from journal.sharing.gate import member
from journal.sharing.models import Scope


@bp.get("/patients/<uuid:patient_id>")
def patient(patient_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    known, access = granted(session(), member(), patient_id, now)
    length = request.args.get("days", person.USUAL, int)
    length = length if length in person.LENGTHS else person.USUAL
    today = clock.diary_day(now, known.zone)
    first = today - timedelta(days=length - 1)
    days = days_between(session(), access, first, today)
    began = max(access.from_day(first), known.began)
    infusions = days_of(session(), member(), known, first, today)
    answer = render_template(
        "clinic/patient.html",
        clinic=member().clinic,
        patient=known,
        reach=people.reach_of(session(), known.id),
        numbers=access.allows(Scope.NUMBERS),
        charts=person.charts(days, infusions, first, today),
        weeks=numbers.by_week(days, first, began, today),
        days=numbers.by_day(days),
        began=began,
        coverage=person.coverage(days, began, today),
        words=person.shared_words(days),
        hidden=frozenset(Scope) - access.scopes,
        today=today,
        length=length,
        lengths=person.LENGTHS,
    )
    session().commit()
    return answer


@bp.post("/patients/<uuid:patient_id>/recovery")
def help_back_in(patient_id: UUID) -> ResponseReturnValue:
    known, now, clinic = enrolled(session(), member(), patient_id), clock.now(), member().clinic
    if not ties(session(), member(), known, now).enrolled:
        raise NotThere()
    token = recovery.by_clinic(session(), member().account, clinic.id, clinic.name, patient_id, now)
    letters.code_made(session(), patient_id, now)
    session().commit()
    starts = (now + recovery.DELAY).astimezone(ZoneInfo(clinic.zone))
    return render_template(
        "clinic/recovery.html",
        patient=known,
        code=recovery.spoken(token),
        starts_at=starts,
        ends_at=starts + recovery.OPEN_FOR,
    ), 201
