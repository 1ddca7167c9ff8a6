"""The clinic's own record of infusions over HTTP."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock, letters
from journal.clinic import chair, decisions, record
from journal.clinic.routes import bp
from journal.clinic.ties import ties
from journal.db import session
from journal.errors import Conflict, Invalid, NotThere, words
from journal.infusions import courses, page_form, rows, store
from journal.infusions.fold import FIRST, NOT_AS_PLANNED, SECOND
from journal.infusions.items import (
    MG_PER_KG_DOUBT,
    PARTS,
    USUAL_MG_PER_KG,
    Value,
    mg_per_kg,
)
from journal.infusions.items import items as known_items
from journal.infusions.letters import EditBody, parse_value
from journal.infusions.models import Infusion, Standing
from journal.infusions.turns import refuse_new
from journal.problems import sentence, status_of
from journal.reminders import stops
from journal.sharing.access import Enrolled, enrolled
from journal.sharing.gate import member

NOT_GIVEN = (Standing.PLANNED, Standing.CANCELLED, Standing.MISSED)


@bp.get("/patients/<uuid:patient_id>/infusions")
def infusions(patient_id: UUID) -> ResponseReturnValue:
    return _list(enrolled(session(), member(), patient_id))


@bp.post("/patients/<uuid:patient_id>/infusions")
def plan(patient_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    typed = request.form.get("given_at", "")[:16]
    try:
        at = parse_value(known_items()["given_at"], typed or None)
        _say(patient, uuid4(), {"standing": Standing.PLANNED.value, "given_at": at})
    except (Invalid, Conflict) as error:
        return _list(patient, planned_at=typed, wrong=sentence(error)), status_of(error)
    session().commit()
    flash(gettext("Planned. %(name)s can see that you did.", name=patient.name), "good")
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


@bp.get("/patients/<uuid:patient_id>/infusions/new")
def new_infusion(patient_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    _refuse_if_left(patient)
    # An address of its own: opened again, or sent twice, it is the same infusion.
    return redirect(url_for(".infusion", patient_id=patient.id, infusion_id=uuid4()))


@bp.get("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>")
def infusion(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    known = store.one_of(session(), member(), patient, infusion_id)
    if known is None:
        _refuse_if_left(patient)
    zone = member().clinic.zone
    standing = rows.items_of(session(), known, zone) if known else {}
    offer = chair.offer(session(), member(), patient, known)
    form = chair.opened(infusion_id, standing, offer, clock.now(), zone)
    if offer and request.args.get("as") == "last":
        form.values |= offer.values
    return _form(patient, known, form)


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>")
def record_infusion(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient, now = enrolled(session(), member(), patient_id), clock.now()
    page, zone = page_form.read(request.form), member().clinic.zone
    known = store.one_of(session(), member(), patient, infusion_id)
    is_said = known is None or bool(page.changed)
    try:
        if is_said and not page.errors:
            _save(patient, infusion_id, page.edit(zone, now))
    except (Invalid, Conflict) as error:
        chair.blame(page, error)
    if page.errors:
        is_changed = any(error.code == "changed" for error in page.errors.values())
        return _unkept(patient, infusion_id, page), 409 if is_changed else 400
    session().commit()
    flash(_recorded(patient) if is_said else gettext("Nothing was changed."), "good")
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


@bp.put("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>")
def put(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    body = EditBody.parse(request.get_json())
    kept = _save(patient, infusion_id, body)
    session().commit()
    return {
        "edit_id": str(body.edit_id),
        "id": str(kept.id),
        "day": kept.day.isoformat(),
        "items": rows.items_of(session(), kept, member().clinic.zone),
    }


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/standing")
def standing(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient, wanted = enrolled(session(), member(), patient_id), request.form.get("standing")
    known = _known(patient, infusion_id)
    if known.standing not in NOT_GIVEN or wanted not in NOT_GIVEN:
        raise Invalid(words("Only one that is planned can be cancelled or missed."))
    before = known.standing
    _say(patient, infusion_id, {"standing": wanted})
    session().commit()
    undo, to = (None, None) if wanted == Standing.PLANNED else (infusion_id, before)
    return redirect(url_for(".infusions", patient_id=patient_id, undo=undo, to=to), 303)


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/series")
def series(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    known = _known(patient, infusion_id)
    _say(patient, known.id, {"new_series": True if request.form.get("first") else None})
    session().commit()
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/striking")
def striking(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    if (reason := letters.reason(request.form.get("reason", ""))) is None:
        raise Invalid(words("Please say in a few words why you take it back."), field="reason")
    store.strike(session(), member(), patient, infusion_id, clock.now(), reason)
    session().commit()
    return redirect(url_for(".infusions", patient_id=patient_id, undo=infusion_id), 303)


@bp.post("/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/restoring")
def restoring(patient_id: UUID, infusion_id: UUID) -> ResponseReturnValue:
    patient = enrolled(session(), member(), patient_id)
    store.restore(session(), member(), patient, infusion_id, clock.now())
    session().commit()
    flash(gettext("It stands in the charts again."), "good")
    return redirect(url_for(".infusions", patient_id=patient_id), 303)


def _recorded(patient: Enrolled) -> str:
    return str(gettext("Recorded. %(name)s can see that you did.", name=patient.name))


def _refuse_if_left(patient: Enrolled) -> None:
    if not ties(session(), member(), patient, clock.now()).enrolled:
        raise refuse_new(patient)


def _known(patient: Enrolled, infusion_id: UUID) -> Infusion:
    known = store.one_of(session(), member(), patient, infusion_id)
    if known is None or known.struck_at:
        raise NotThere()
    return known


def _say(patient: Enrolled, infusion_id: UUID, told: dict[str, Value | None]) -> None:
    """An edit of one tap."""
    now = clock.now()
    body = EditBody(uuid4(), now, member().clinic.zone, told, None, member().account.id)
    _save(patient, infusion_id, body)


def _save(patient: Enrolled, infusion_id: UUID, body: EditBody) -> Infusion:
    try:
        return store.save_edit(session(), member(), patient, infusion_id, body, clock.now())
    except Conflict as error:
        if error.code == "changed":
            error.values["now"] = record.said_in_words(error.values["items"])  # type: ignore[arg-type]
        raise


def _unkept(patient: Enrolled, infusion_id: UUID, page: page_form.PageForm) -> str:
    """The form again, with all that was typed."""
    known = store.one_of(session(), member(), patient, infusion_id)
    if any(error.code == "changed" for error in page.errors.values()) and known:
        page_form.renew(page, rows.items_of(session(), known, member().clinic.zone))
    form = chair.sent(infusion_id, page, chair.offer(session(), member(), patient, known))
    if (asked := page.errors.get("sure")) and asked.code == "doubtful":
        form.doubts = [*asked.values["doubts"]]  # type: ignore[misc]
    return _form(patient, known, form)


def _form(patient: Enrolled, known: Infusion | None, form: chair.Chair) -> str:
    zone = ZoneInfo(member().clinic.zone)
    return render_template(
        "clinic/infusion.html",
        patient=patient,
        known=known,
        given=known is not None and known.standing == Standing.GIVEN,
        planned=known is not None and known.standing == Standing.PLANNED,
        beside=chair.beside(patient, store.others(session(), member(), patient, form.id)),
        asks={"first": FIRST, "second": SECOND, "moved": NOT_AS_PLANNED},
        form=form,
        parts=PARTS,
        mg_per_kg=None if form.errors else mg_per_kg(form.values),
        usual_mg_per_kg=USUAL_MG_PER_KG,
        mg_per_kg_doubt=MG_PER_KG_DOUBT,
        history=store.history(session(), known) if known else [],
        longest_reason=letters.LONGEST_REASON,
        in_words=record.in_words,
        known_items=known_items(),
        member=member(),
        zone=zone,
        reason_needed=bool(form.reason or "reason" in form.errors or _is_later(known)),
    )


def _is_later(known: Infusion | None) -> bool:
    zone = member().clinic.zone
    return known is not None and store.is_later(session(), known, clock.now(), zone)


def _list(patient: Enrolled, **said: Any) -> str:
    zone, now = member().clinic.zone, clock.now()
    recorded = store.of_patient(session(), member(), patient)
    return render_template(
        "clinic/infusions.html",
        patient=patient,
        listed=record.listed(recorded, zone),
        # The address alone says nothing: what it names has to be there.
        recorded=_recorded(patient) if _names_one(recorded, request.args.get("recorded")) else "",
        course=record.course_in_words(courses.course_of(session(), member(), patient).told),
        ties=ties(session(), member(), patient, now),
        decided=decisions.in_words(session(), member(), patient),
        stopped_since=stops.stopped_here(session(), member(), patient.id),
        zone=ZoneInfo(zone),
        in_words=record.in_words,
        undo=request.args.get("undo"),
        back_to=request.args.get("to"),
        **{"planned_at": "", "wrong": None, **said},
    )


def _names_one(recorded: Sequence[Infusion], named: str | None) -> bool:
    """Whether it is the id of one that was given and stands."""
    given = (one for one in recorded if one.standing == Standing.GIVEN and not one.struck_at)
    return named in {str(one.id) for one in given}
