"""One patient over HTTP, as far as she lets the clinic read."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from journal import clock
from journal.accounts import letters, people, recovery
from journal.accounts.models import Account
from journal.clinic import decisions, numbers, panel, person, series
from journal.clinic.decisions import DecisionForm
from journal.clinic.routes import bp
from journal.clinic.standing import planned, standings
from journal.clinic.ties import ties
from journal.db import session
from journal.entries.goals import goal_on
from journal.entries.rows import DayRead
from journal.entries.store import days_between
from journal.errors import Invalid, NotThere
from journal.infusions.decisions import decide
from journal.infusions.models import Course
from journal.infusions.treated import Treated, at_clinic
from journal.outcomes.baseline import ahead, since
from journal.outcomes.held import BY_NAME, Held, held
from journal.outcomes.said import said
from journal.outcomes.wording import first_ahead
from journal.problems import sentence
from journal.sharing.access import Access, Enrolled, enrolled, granted
from journal.sharing.gate import member
from journal.sharing.models import Scope

Standing = Mapping[str, Sequence[Held]]


@bp.get("/patients/<uuid:patient_id>")
def patient(patient_id: UUID) -> ResponseReturnValue:
    known, access = granted(session(), member(), patient_id, clock.now())
    answer = _page(known, access)
    session().commit()
    return answer


@bp.post("/patients/<uuid:patient_id>/decisions")
def record_decision(patient_id: UUID) -> ResponseReturnValue:
    now, form = clock.now(), DecisionForm()
    known, access = granted(session(), member(), patient_id, now)
    if not access.allows(Scope.NUMBERS):
        raise NotThere()
    if not form.validate():
        return _page(known, access, form), 400
    today = clock.diary_day(now, known.zone)
    standing = _standing(access, at_clinic(session(), member(), known), today)
    try:
        made = form.made(standing, today)
        decide(session(), member(), known, form.id(), made, now)
    except Invalid as error:
        form.became.errors = [sentence(error)]
        return _page(known, access, form), 400
    session().commit()
    flash(gettext("Recorded. %(name)s can see that you did.", name=known.name), "good")
    return redirect(url_for(".patient", patient_id=patient_id), 303)


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


def _page(known: Enrolled, access: Access, form: DecisionForm | None = None) -> str:
    today, length = clock.diary_day(clock.now(), known.zone), _length()
    first = today - timedelta(days=length - 1)
    days = days_between(session(), access, first, today)
    treated = at_clinic(session(), member(), known)
    standing = _standing(access, treated, today)
    stand = standings(session(), member(), [access], today)
    return render_template(
        "clinic/patient.html",
        clinic=member().clinic,
        patient=known,
        reach=people.reach_of(session(), known.id),
        numbers=access.allows(Scope.NUMBERS),
        reasons=panel.why_now(known, access, stand[known.id], today),
        ahead=_ahead(known, access, treated, days, today),
        goal=person.goal(goal_on(session(), access, today), access, days),
        charts=person.charts(days, treated.days, standing, first, today),
        **_of_series(known, treated, standing, today),
        **_of_decisions(known, access, series.fading_of(standing), form),
        **_of_days(days, treated, first, max(access.from_day(first), known.began), today),
        hidden=frozenset(Scope) - access.scopes,
        today=today,
        length=length,
        lengths=person.LENGTHS,
    )


def _of_series(
    known: Enrolled, treated: Treated, standing: Standing, today: date
) -> Mapping[str, object]:
    return {
        "series": series.blocks(standing, _who_set_the_baseline(known, treated)),
        "present": list(series.present(standing, today)),
        "closer": series.closer(treated, today),
    }


def _of_decisions(
    known: Enrolled, access: Access, fading: Sequence[Held], form: DecisionForm | None
) -> Mapping[str, object]:
    """What was decided, and what asks for a decision."""
    return {
        "fading": fading,
        "form": DecisionForm.about(fading, form),
        "decided": decisions.in_words(session(), member(), known, access),
    }


def _of_days(
    days: Sequence[DayRead], treated: Treated, first: date, began: date, today: date
) -> Mapping[str, object]:
    """What she wrote down, in numbers and in words."""
    return {
        "began": began,
        "coverage": person.coverage(days, began, today),
        "weeks": numbers.by_week(days, first, began, today),
        "days": numbers.by_day(days),
        "noticed": person.noticed(days, treated.days[-1] if treated.days else None),
        "words": person.shared_words(days),
    }


def _length() -> int:
    length = request.args.get("days", person.USUAL, int)
    return length if length in person.LENGTHS else person.USUAL


def _standing(access: Access, treated: Treated, today: date) -> Standing:
    """Her series as far as her numbers are shared: none without them."""
    if not treated.days or not access.allows(Scope.NUMBERS):
        return {}
    days = said(session(), access, since(treated.days[0]), today)
    return {key: held(days, treated, today, key) for key in BY_NAME}


def _ahead(
    known: Enrolled, access: Access, treated: Treated, days: Sequence[DayRead], today: date
) -> str:
    """How far she is before her first infusion here; "" where none is planned, or one was given."""
    if treated.days or not access.allows(Scope.NUMBERS):
        return ""
    first = planned(session(), member(), [known.id], today).get(known.id)
    both = [day.day for day in days if all(one.item in day.items for one in BY_NAME.values())]
    return first_ahead(ahead(both, first, today)) if first else ""


def _who_set_the_baseline(known: Enrolled, treated: Treated) -> str:
    """Named and dated wherever a set baseline is shown; "" where none was."""
    if not treated.baselines:
        return ""
    course = session().get_one(Course, (member().clinic.id, known.id))
    setter = session().get(Account, course.baseline_by) if course.baseline_by else None
    return gettext(
        "set by %(name)s on %(day)s",
        name=setter.name if setter else gettext("your clinic"),
        day=format_date(course.baseline_on, "d MMM y") if course.baseline_on else "?",
    )
