"""Signing in and out."""

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from sqlalchemy.orm import Session

from journal import clock
from journal.accounts import passwords, sign_ins, throttle
from journal.accounts.forms import SignInForm
from journal.accounts.gate import enter, me, me_or_nobody, public
from journal.accounts.models import Account
from journal.accounts.people import by_email, normal_email
from journal.accounts.routes import bp
from journal.config import LOOPBACK
from journal.db import session
from journal.errors import Invalid, JournalError, TooMany, words
from journal.problems import sentence

DEMO = {"patient": "ana@demo.example", "clinician": "bose@demo.example"}


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if me_or_nobody():
        return redirect(_next())
    return _page(SignInForm())


@bp.post("/sign-in")
@public
def signed_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _page(form), 400
    try:
        account = _known(session(), form.email.data or "", form.password.data or "")
    except Invalid as error:
        return _page(form, error), 400
    except TooMany as error:
        return _page(form, error), 429, {"Retry-After": str(error.wait)}
    enter(account)
    session().commit()
    return redirect(_next(), 303)


@bp.post("/sign-in/demo/<who>")
@public
def demo(who: str) -> ResponseReturnValue:
    if who not in DEMO or not offers_demo():
        abort(404)
    account = by_email(session(), DEMO[who])
    if account is None:
        abort(404)
    enter(account)
    session().commit()
    return redirect("/", 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    sign_ins.end(session(), me().account.id, me().sign_in.id, clock.now())
    session().commit()
    logout_user()
    cookie.clear()
    answer = make_response(render_template("accounts/signed_out.html"))
    # Not "storage": it would take away the worker, and with it help without a network.
    answer.headers["Clear-Site-Data"] = '"cache", "cookies"'
    return answer


def offers_demo() -> bool:
    """Whether one tap signs in: the demo, asked from this machine itself."""
    return current_app.extensions["config"].demo and request.remote_addr in LOOPBACK


def _known(session: Session, email: str, password: str) -> Account:
    """Whose sign-in this is. Known and unknown addresses cost one verification each."""
    now, place, person = clock.now(), throttle.place(request.remote_addr), normal_email(email)
    counts = (
        (throttle.PERSON_AND_PLACE, f"{person}/{place}"),
        (throttle.PLACE, place),
        (throttle.PERSON, person),
    )
    throttle.check(session, now, *counts)
    throttle.count(session, now, *counts)
    account = by_email(session, email)
    # Counted before it is tried, so that many at once are many; and nobody waits to write
    # in the database while a slow hash is made.
    session.commit()
    if not passwords.matches(password, account.password_hash if account else None):
        raise Invalid(words("That e-mail and password do not go together."), field="password")
    if account is None:
        raise AssertionError("a password matched nobody's")
    throttle.take_back(session, now, *counts)
    account.password_hash = passwords.renewed(password, account.password_hash)
    return account


def _next() -> str:
    """Where to go on: a path of ours, never another site."""
    there = request.args.get("next", "/")
    # Browsers drop tabs and line breaks, so "/<tab>/elsewhere" would be another site to them.
    ours = there.startswith("/") and not there.startswith(("//", "/\\")) and there.isprintable()
    return there if ours else "/"


def _page(form: SignInForm, error: JournalError | None = None) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        error=sentence(error) if error else None,
        ended="ended" in request.args,
        offers_demo=offers_demo(),
        action=url_for(".signed_in", next=request.args.get("next")),
    )
