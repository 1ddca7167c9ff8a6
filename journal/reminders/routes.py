"""Reminders over HTTP: when to ask, what phones answer, the calendar, and how e-mails stop."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import format_time, gettext

from journal import clock
from journal.accounts.gate import me, patients_only, public
from journal.accounts.models import Account
from journal.db import session
from journal.errors import Invalid, NotThere
from journal.forms import needs_no_token
from journal.problems import sentence
from journal.push import store as devices
from journal.push.forms import parse_event
from journal.reminders import stops, store
from journal.reminders.calendar import feed
from journal.reminders.forms import (
    USUAL,
    AroundForm,
    EmailForm,
    PauseForm,
    QuietForm,
    RuleForm,
    ZoneForm,
)
from journal.reminders.letters import signed_by_us
from journal.reminders.models import Asks

bp = Blueprint("reminders", __name__)
patients_only(bp)

A_WEEK = timedelta(days=7)


@bp.get("/reminders")
def page() -> ResponseReturnValue:
    return _page()


@bp.post("/reminders")
def change() -> ResponseReturnValue:
    form = RuleForm()
    if not form.validate():
        return _page(rule=form), 400
    store.change(session(), me().account, form.wanted(), clock.now())
    return _saved(gettext("Saved."))


@bp.post("/reminders/infusions")
def around() -> ResponseReturnValue:
    form, now = AroundForm(), clock.now()
    if not form.validate():
        return _page(around=form), 400
    for asks in USUAL:
        store.change(session(), me().account, form.wanted(asks), now, asks)
    return _saved(gettext("Saved."))


@bp.post("/reminders/pause")
def pause() -> ResponseReturnValue:
    form, now = PauseForm(), clock.now()
    if not form.validate() or form.until.data is None:
        return _page(pause_form=form), 400
    try:
        store.pause(session(), me().account, form.until.data, now)
    except Invalid as error:
        form.until.errors = [sentence(error)]
        return _page(pause_form=form), 400
    return _saved(gettext("Your reminders are paused."))


@bp.post("/reminders/pause/ending")
def pause_ending() -> ResponseReturnValue:
    store.end_pause(session(), me().account)
    return _saved(gettext("Your reminders go on."))


@bp.post("/reminders/later")
def later() -> ResponseReturnValue:
    at = store.later(session(), me().account, clock.now())
    if at is None:
        raise NotThere()
    return _saved(gettext("We ask again at %(time)s.", time=format_time(at, "short")))


@bp.post("/reminders/quiet")
def quiet() -> ResponseReturnValue:
    form = QuietForm()
    if not form.validate():
        return _page(quiet=form), 400
    store.keep_quiet(session(), me().account.id, form.quiet())
    return _saved(gettext("Saved."))


@bp.post("/reminders/email")
def email() -> ResponseReturnValue:
    form = EmailForm()
    if not form.validate():
        return _page(email_form=form), 400
    store.keep_email(session(), me().account.id, form.email.data)
    return _saved(gettext("Saved."))


@bp.post("/reminders/zone")
def zone() -> ResponseReturnValue:
    form = ZoneForm()
    store.move(session(), me().account, form.zone.data or "", clock.now())
    return _saved(gettext("Your reminders follow the time here now."))


@bp.post("/reminders/calendar")
def calendar() -> ResponseReturnValue:
    secret = store.new_calendar(session(), me().account.id)
    session().commit()
    return _page(calendar_url=_address(url_for(".calendar_feed", secret=secret)))


@bp.post("/reminders/calendar/ending")
def calendar_ending() -> ResponseReturnValue:
    store.end_calendar(session(), me().account.id)
    return _saved(gettext("That calendar address opens nothing any more."))


@bp.get("/calendar/<secret>.ics")
@public
def calendar_feed(secret: str) -> ResponseReturnValue:
    account = store.of_calendar(session(), secret)
    if account is None:
        raise NotThere()
    stopped = stops.stopped_by(session(), account.id)
    rule = None if stopped else store.rule_of(session(), account.id)
    today = _address(url_for("patient.today"))
    return Response(feed(rule, account.zone, today, clock.now()), mimetype="text/calendar")


@bp.post("/push/receipts/<uuid:delivery_id>")
@public
@needs_no_token
def receipt(delivery_id: UUID) -> ResponseReturnValue:
    # The delivery's own random id is the permission: a phone's session may have run out.
    if parse_event(request.get_json()) == "shown":
        devices.shown(session(), delivery_id, clock.now())
    else:
        store.later_on_phone(session(), delivery_id, clock.now())
    session().commit()
    return "", 204


@bp.get("/mail/stop/<token>")
@public
def stopping(token: str) -> ResponseReturnValue:
    _whose(token)
    return render_template("reminders/stopping.html", done=False)


@bp.post("/mail/stop/<token>")
@public
@needs_no_token
def stopped(token: str) -> ResponseReturnValue:
    # A mail program posts here by itself (RFC 8058): it has no cookie and no token of ours.
    store.keep_email(session(), _whose(token), None)
    session().commit()
    return render_template("reminders/stopping.html", done=True)


def _address(path: str) -> str:
    """By the name that people know us by, whatever name we were called by just now."""
    base: str = current_app.extensions["config"].base_url
    return base + path


def _whose(token: str) -> UUID:
    account_id = signed_by_us(current_app.config["SECRET_KEY"], token)
    if account_id is None or session().get(Account, account_id) is None:
        raise NotThere()
    return account_id


def _saved(said: str) -> ResponseReturnValue:
    session().commit()
    flash(said, "good")
    return redirect(url_for(".page"), 303)


def _page(**typed: Any) -> str:
    """The page; what was typed and could not be taken stands in its form."""
    account, now = me().account, clock.now()
    rules = store.rules_of(session(), account.id)
    settings = store.settings_of(session(), account.id)
    rule = rules[Asks.DAY]
    shown = {
        "rule": RuleForm.showing(rule),
        "around": AroundForm.showing(rules),
        "pause_form": PauseForm(formdata=None, data={"until": _in_a_week(account, now)}),
        "quiet": QuietForm.showing(settings),
        "email_form": EmailForm(
            formdata=None, data={"email": store.email_of(session(), account.id)}
        ),
        "calendar_url": None,
    }
    return render_template(
        "reminders/reminders.html",
        **(shown | typed),
        paused_until=_still(rule.paused_until if rule else None, account, now),
        has_calendar=settings.calendar_hash is not None,
        next_at=store.next_at(session(), account.id),
        quiet_after=store.quiet_after(session(), account.id),
        stopped_by=stops.stopped_by(session(), account.id),
        deaf=store.unheard(session(), account.id),
        smtp=current_app.extensions["config"].smtp_url is not None,
    )


def _in_a_week(account: Account, now: Any) -> date:
    return clock.diary_day(now, account.zone) + A_WEEK


def _still(until: date | None, account: Account, now: Any) -> date | None:
    """A pause that is not over yet."""
    return until if until and until > clock.diary_day(now, account.zone) else None
