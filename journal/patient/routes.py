"""What a patient sees: today, any day, the weeks."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal import clock
from journal.accounts.gate import me, me_or_nobody, patients_only, public
from journal.db import session
from journal.entries import goals, page_form
from journal.entries.fold import Value, how_told
from journal.entries.goals import goal_on
from journal.entries.models import How
from journal.entries.nights import night_in_words
from journal.entries.page_form import PageForm
from journal.entries.routes import day_json
from journal.entries.store import (
    check_began,
    days_between,
    days_since,
    earlier_values,
    more_between,
    save_edit,
    written_in,
)
from journal.errors import Conflict, Invalid, words
from journal.infusions.treated import everywhere
from journal.outcomes import baseline
from journal.outcomes.held import BY_NAME
from journal.outcomes.said import first_foreseen, said
from journal.outcomes.wording import first_ahead
from journal.patient import day as days
from journal.patient import history as weeks
from journal.patient import insights as shown
from journal.patient.forms import GoalForm
from journal.patient.sections import asks, calls, relief_in_words, sections, whom
from journal.problems import sentence
from journal.reminders.store import unheard
from journal.sharing import looks, wishes
from journal.sharing.access import Access, own

bp = Blueprint("patient", __name__)
patients_only(bp)

ONE = timedelta(days=1)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    known = me_or_nobody()
    if known is None:
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("clinic.panel" if known.is_member else ".today"))


@bp.get("/today")
def today() -> ResponseReturnValue:
    return redirect(url_for(".day", day=_today()))


@bp.get("/entries/<day:day>")
def day(day: date) -> ResponseReturnValue:
    _how(day)
    return _done(day) if "done" in request.args else _page(day)


@bp.post("/entries/<day:day>")
def save(day: date) -> ResponseReturnValue:
    _how(day)
    form, now = page_form.read(request.form), clock.now()
    if form.account not in (None, str(me().account.id)):
        raise Conflict(words("This was written by someone else who uses this phone."))
    try:
        if form.errors:
            return _page(day, form, form.sentences(sentence)), 400
        if form.changed:
            edit = form.edit(me().account.id, me().account.zone, now)
            save_edit(session(), _own(), day, edit, now, me().sign_in.id)
            session().commit()
    except Invalid as error:
        return _page(day, form, {error.field or "day": sentence(error)}), 400
    return redirect(url_for(".day", day=day, done=1), 303)


@bp.get("/entries")
def since() -> ResponseReturnValue:
    """What a phone hears: the days that changed, and what is asked around today."""
    since, first = _revision(), request.args.get("first", date.min, date.fromisoformat)
    account, today = me().account, _today()
    days = days_since(session(), _own(), since, first)
    return {
        "days": [day_json(read) for read in days],
        "revision": account.revision,
        # A phone that knows of nothing, and had written: its browser has thrown something away.
        "edits": 0 if since else written_in(session(), me().sign_in),
        **asks(session(), account, [today - ONE, today, today + ONE]),
    }


@bp.get("/goal")
def goal() -> ResponseReturnValue:
    known = goal_on(session(), _own(), _today())
    return _goal_page(GoalForm(data={"text": known.text if known else ""}))


@bp.post("/goal")
def set_goal() -> ResponseReturnValue:
    form = GoalForm()
    if not form.validate():
        return _goal_page(form), 400
    goals.set_goal(session(), me().account, form.text.data or "", _today())
    session().commit()
    return redirect(url_for(".today"), 303)


@bp.get("/history")
def history() -> ResponseReturnValue:
    today, began = _today(), me().account.began
    last = max(began, min(request.args.get("until", today, date.fromisoformat), today))
    first = weeks.first_shown(last)
    read = days_between(session(), _own(), first, first + weeks.WEEK * weeks.WEEKS - ONE)
    newer = first + weeks.WEEK * (2 * weeks.WEEKS) - ONE
    return render_template(
        "patient/history.html",
        today=today,
        weeks=weeks.calendar(read, everywhere(session(), _own()).days, first, today, began),
        days_in_words=[
            (one.day, weeks.in_words(one), url_for(".day", day=one.day))
            for one in reversed(read)
            if one.items
        ],
        older_url=url_for(".history", until=first - ONE) if first > began else None,
        newer_url=url_for(".history", until=newer) if last < today else None,
    )


@bp.get("/insights")
def insights() -> ResponseReturnValue:
    account, today = me().account, _today()
    if account.insights_hidden_at:
        return render_template("patient/hidden.html")
    treated = everywhere(session(), _own())
    read = said(session(), _own(), account.began, today)
    return render_template(
        "patient/insights.html",
        today=today,
        told=bool(read),
        so_far=shown.so_far(read, account.began, today),
        ahead=_ahead(today),
        goal=_aim(today),
        treated=any(given <= today for given in treated.days),
        parts=[shown.part(key, read, treated, account.began, today) for key in shown.BOTH],
        weeks=shown.week_rows(read, treated, account.began, today),
    )


@bp.post("/insights/hiding")
def hide_insights() -> ResponseReturnValue:
    me().account.insights_hidden_at = clock.now()
    session().commit()
    return redirect(url_for(".insights"), 303)


@bp.post("/insights/hiding/ending")
def show_insights() -> ResponseReturnValue:
    me().account.insights_hidden_at = None
    session().commit()
    return redirect(url_for(".insights"), 303)


def _page(day: date, form: PageForm | None = None, errors: Mapping[str, str] | None = None) -> str:
    account, today = me().account, _today()
    read = {one.day: one for one in days_between(session(), _own(), day - ONE, day)}
    values = dict(read[day].items) if day in read else {}
    first, more = days.asked()
    return render_template(
        "entries/day.html",
        day=day,
        today=today,
        first_items=first,
        more_items=more,
        parts=days.parts(),
        values=form.typed if form else values,
        # A page that comes back with an error still says what it first showed: what somebody
        # changed elsewhere meanwhile is not this person's to undo.
        shown=form.was if form else {name: page_form.shown(one) for name, one in values.items()},
        earlier=days.earlier_by_item(earlier_values(session(), _own(), day)),
        errors=errors or {},
        edits_url=url_for("entries.put", day=day),
        revision=read[day].revision if day in read else 0,
        zone=account.zone,
        account_id=account.id,
        saved=bool(values) and not errors,
        **_beside(day, values, form.typed if form else values),
        **_on_arrival(day, today),
        **_around(day, today, read),
    )


def _beside(
    day: date, values: Mapping[str, Value], typed: Mapping[str, object]
) -> Mapping[str, object]:
    """How the day would count now, and what stands beside its usual questions."""
    how = _how(day)
    gone_by = how is How.CORRECTED
    return {
        "how": how,
        "reason_needed": gone_by,
        "sections": sections(session(), me().account, day, values, clock.now(), gone_by=gone_by),
        "calls": calls(typed),
    }


def _on_arrival(day: date, today: date) -> Mapping[str, object]:
    """What is told on the page of today only."""
    if day != today:
        return {"looked": None, "ahead": "", "unheard": False, "wished": False}
    account, now = me().account, clock.now()
    return {
        "looked": looks.latest(session(), account.id, now),
        "ahead": _ahead(today),
        "unheard": unheard(session(), account.id),
        "wished": wishes.asks(session(), account.id, now),
    }


def _around(day: date, today: date, told: Collection[date]) -> Mapping[str, object]:
    """Where else one can go from a day."""
    return {
        "previous_day": day - ONE if day > me().account.began else None,
        "previous_empty": day - ONE not in told,
        "next_day": day + ONE if day < today else None,
    }


def _aim(today: date) -> shown.Aim | None:
    known = goal_on(session(), _own(), today)
    if known is None:
        return None
    return shown.aim(known, more_between(session(), _own(), known.since, today))


def _goal_page(form: GoalForm) -> str:
    return render_template("patient/goal.html", form=form)


def _ahead(today: date) -> str:
    """How far she is before her first infusion; "" where none is planned, or one was given."""
    first = first_foreseen(session(), _own(), today)
    if first is None:
        return ""
    told = said(session(), _own(), baseline.since(first), today)
    both = [one.day for one in told if len(one.items) == len(BY_NAME)]
    return first_ahead(baseline.ahead(both, first, today))


def _done(day: date) -> str:
    read = days_between(session(), _own(), day - days.SIX, day)
    closed = next((one for one in read if one.day == day), None)
    values = closed.items if closed else {}
    return render_template(
        "entries/done.html",
        day=day,
        today=_today(),
        week=days.week(read, day),
        night=night_in_words(values, day, me().account.zone),
        relief=relief_in_words(values),
        calls=calls(values),
        whom=whom(session(), me().account) if calls(values) else None,
        sentence=days.true_sentence(closed, [one for one in read if one.day != day]),
        yesterday=day - ONE if _yesterday_is_empty(day, {one.day for one in read}) else None,
    )


def _yesterday_is_empty(day: date, told: set[date]) -> bool:
    return day == _today() and day > me().account.began and day - ONE not in told


def _how(day: date) -> How:
    """How something said about `day` now would count; raises Invalid where nothing can be."""
    check_began(_own(), day)
    return how_told(day, clock.now(), me().account.zone)


def _revision() -> int:
    text = request.args.get("since", "0")
    if not text.isdecimal() or len(text) > 12:
        raise Invalid(words("That is not a valid number."), field="since")
    return int(text)


def _today() -> date:
    return clock.diary_day(clock.now(), me().account.zone)


def _own() -> Access:
    return own(me().account)
