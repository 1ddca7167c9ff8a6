"""Getting back in over HTTP."""

from datetime import timedelta

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock
from journal.accounts import recovery, throttle
from journal.accounts.forms import CodeForm, NewPasswordForm, RecoverForm
from journal.accounts.gate import enter, me, public
from journal.accounts.models import Recovery
from journal.accounts.passwords import passphrase
from journal.accounts.people import by_email, normal_email
from journal.accounts.recovery import NotYet
from journal.accounts.routes import bp
from journal.accounts.throttle import Limit
from journal.db import session
from journal.errors import Invalid, JournalError
from journal.mail.store import Mail, queue
from journal.problems import sentence, status_of

ASKED = Limit("recovery-asked", 5, timedelta(hours=1))
ASKED_FROM = Limit("recovery-asked-from", 20, timedelta(hours=1))
GUESSED = Limit("recovery-guessed", 20, timedelta(minutes=15))


@bp.get("/recover")
@public
def recover() -> ResponseReturnValue:
    return _page(RecoverForm(), CodeForm())


@bp.post("/recover")
@public
def asked() -> ResponseReturnValue:
    form = RecoverForm()
    if not form.validate() or not _sends_mail():
        return _page(form, CodeForm()), 400
    now, email = clock.now(), normal_email(form.email.data or "")
    counts = (ASKED, email), (ASKED_FROM, request.remote_addr or "")
    throttle.check(session(), now, *counts)
    throttle.count(session(), now, *counts)
    account = by_email(session(), email)
    if account is not None:
        token = recovery.by_mail(session(), account, now)
        link = f"{current_app.extensions['config'].base_url}/recover/{token}"
        queue(session(), _letter(account.email, link), now, now + recovery.BY_MAIL)
    session().commit()
    return render_template("accounts/recover_sent.html", email=form.email.data)


@bp.post("/recover/code")
@public
def code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate():
        return _page(RecoverForm(formdata=None), form), 400
    try:
        _find(form.code.data or "")
    except Invalid as error:
        return _page(RecoverForm(formdata=None), form, error), status_of(error)
    return redirect(url_for(".new_password", token="".join((form.code.data or "").split())), 303)


@bp.get("/recover/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    _find(token)
    return _password_page(token, NewPasswordForm())


@bp.post("/recover/<token>")
@public
def password_chosen(token: str) -> ResponseReturnValue:
    found, form, now = _find(token), NewPasswordForm(), clock.now()
    if not form.validate():
        return _password_page(token, form), 400
    try:
        account = recovery.use(session(), found, form.password.data or "", now)
    except Invalid as error:
        session().rollback()
        return _password_page(token, form, error), 400
    enter(account)
    session().commit()
    return redirect("/", 303)


@bp.post("/account/recovery/stopping")
def stopped() -> ResponseReturnValue:
    recovery.stop_all(session(), me().account.id, clock.now())
    session().commit()
    return redirect("/", 303)


def _find(typed: str) -> Recovery:
    now, place = clock.now(), request.remote_addr or ""
    throttle.check(session(), now, (GUESSED, place))
    try:
        return recovery.find(session(), typed, now)
    except NotYet:
        raise
    except Invalid:
        session().rollback()
        throttle.count(session(), now, (GUESSED, place))
        session().commit()
        raise


def _sends_mail() -> bool:
    return current_app.extensions["config"].smtp_url is not None


def _letter(to: str, link: str) -> Mail:
    text = gettext(
        "Someone, we hope you, asked for a way back into Journal.\n\n%(link)s\n\n"
        "The link works once, for an hour. If it was not you, do nothing: nothing changes.",
        link=link,
    )
    return Mail(to, gettext("A way back in"), text)


def _page(asking: RecoverForm, code: CodeForm, error: JournalError | None = None) -> str:
    return render_template(
        "accounts/recover.html",
        form=asking,
        code=code,
        error=sentence(error) if error else None,
        sends_mail=_sends_mail(),
    )


def _password_page(token: str, form: NewPasswordForm, error: JournalError | None = None) -> str:
    return render_template(
        "accounts/new_password.html",
        token=token,
        form=form,
        error=sentence(error) if error else None,
        passphrase=passphrase(),
    )
