"""Getting back in over HTTP."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock
from journal.accounts import letters, recovery, throttle
from journal.accounts.forms import CodeForm, NewPasswordForm, RecoverForm
from journal.accounts.gate import enter, me, public
from journal.accounts.models import Account, Recovery
from journal.accounts.passwords import passphrase
from journal.accounts.people import normal_email
from journal.accounts.recovery import NotOpen, State
from journal.accounts.routes import bp
from journal.accounts.throttle import Limit, place
from journal.db import session
from journal.errors import Invalid, words
from journal.problems import sentence

ASKED = Limit("recovery-asked", 5, timedelta(hours=1))
ASKED_FROM = Limit("recovery-asked-from", 20, timedelta(hours=1))
GUESSED = Limit("recovery-guessed", 20, timedelta(minutes=15))
STATUS = {State.UNKNOWN: 404, State.EARLY: 403}
SAID = {
    State.EARLY: words("That is right, and too early: it works from %(when)s on. Keep it."),
    State.USED: words("That link or code has been used. It works once."),
    State.STOPPED: words("That link or code was stopped, or a newer one was made since."),
    State.EXPIRED: words("That link or code has run out. You can ask for a new one."),
    State.UNKNOWN: words("We do not know that link or code. Is all of it there?"),
}


@bp.get("/recover")
@public
def recover() -> ResponseReturnValue:
    return _page(RecoverForm(), CodeForm())


@bp.post("/recover")
@public
def asked() -> ResponseReturnValue:
    form, now = RecoverForm(), clock.now()
    if not form.validate() or not letters.sent_here():
        return _page(form, CodeForm(formdata=None)), 400
    email = normal_email(form.email.data or "")
    counts = (ASKED, email), (ASKED_FROM, place(request.remote_addr))
    throttle.check(session(), now, *counts)
    throttle.count(session(), now, *counts)
    letters.way_back_in(session(), email, now)
    session().commit()
    return render_template("accounts/recover_sent.html", email=form.email.data)


@bp.post("/recover/code")
@public
def code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate():
        return _page(RecoverForm(formdata=None), form), 400
    _find(form.code.data or "")
    return redirect(url_for(".new_password", token=recovery.plain(form.code.data or "")), 303)


@bp.get("/recover/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    _find(token)
    return _password_page(NewPasswordForm())


@bp.post("/recover/<token>")
@public
def password_chosen(token: str) -> ResponseReturnValue:
    found, form = _find(token), NewPasswordForm()
    if not form.validate():
        return _password_page(form), 400
    try:
        account = recovery.use(session(), found, form.password.data or "", clock.now())
    except Invalid as error:
        form.password.errors = [sentence(error)]
        session().rollback()
        return _password_page(form), 400
    enter(account)
    session().commit()
    return redirect("/", 303)


@bp.post("/account/recovery/stopping")
def stopped() -> ResponseReturnValue:
    if recovery.stop(session(), me().account.id, clock.now()):
        flash(gettext("It is stopped. Nobody gets in with that code."), "good")
    session().commit()
    return redirect("/", 303)


@bp.get("/recover/stopping/<signed>")
@public
def stopping(signed: str) -> ResponseReturnValue:
    found = letters.stoppable(session(), signed)
    works = found is not None and recovery.usable(found, clock.now())
    return render_template("accounts/stopping.html", works=works)


@bp.post("/recover/stopping/<signed>")
@public
def stopped_by_mail(signed: str) -> ResponseReturnValue:
    found = letters.stoppable(session(), signed)
    done = found is not None and recovery.stop_one(session(), found.id, clock.now())
    session().commit()
    return render_template("accounts/stopping.html", done=done)


@bp.errorhandler(NotOpen)
def not_open(error: NotOpen) -> ResponseReturnValue:
    when = _when(error.recovery) if error.recovery else ""
    said = gettext(SAID[error.state], when=when)
    typed = CodeForm() if request.endpoint == "accounts.code" else CodeForm(formdata=None)
    return _page(RecoverForm(formdata=None), typed, said), STATUS.get(error.state, 410)


def _find(typed: str) -> Recovery:
    try:
        return recovery.find(session(), typed, clock.now())
    except NotOpen as error:
        if error.state is State.UNKNOWN:
            _count_guess()
        raise


def _count_guess() -> None:
    now, guess = clock.now(), (GUESSED, place(request.remote_addr))
    throttle.check(session(), now, guess)
    # SQLite lets no transaction write that began by reading while another one wrote.
    session().rollback()
    throttle.count(session(), now, guess)
    session().commit()


def _when(found: Recovery) -> str:
    zone = session().get_one(Account, found.account_id).zone
    return letters.said_there(found.starts_at, zone)


def _page(asking: RecoverForm, code: CodeForm, error: str | None = None) -> str:
    return render_template(
        "accounts/recover.html",
        form=asking,
        code=code,
        error=error,
        sends_mail=letters.sent_here(),
    )


def _password_page(form: NewPasswordForm) -> str:
    return render_template("accounts/new_password.html", form=form, passphrase=passphrase())
