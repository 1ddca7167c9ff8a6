"""One's own account over HTTP."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal import clock
from journal.accounts import passwords, people, recovery, sign_ins, throttle
from journal.accounts.forms import DetailsForm, PasswordForm
from journal.accounts.gate import me
from journal.accounts.routes import bp
from journal.db import session
from journal.errors import Invalid, JournalError, NotThere, TooMany, words
from journal.problems import sentence, status_of


@bp.get("/account")
def account() -> ResponseReturnValue:
    return _page(_details(), PasswordForm())


@bp.post("/account/details")
def details() -> ResponseReturnValue:
    form = DetailsForm(_today())
    if not form.validate():
        return _page(form, PasswordForm(formdata=None)), 400
    known = me().account
    known.name, known.zone = form.name.data or known.name, form.zone.data
    # Further west it may still be the day before: today is never before the journal began.
    known.began = min(known.began, _today())
    if me().is_patient:
        people.keep_reach(session(), known.id, form.reach())
    session().commit()
    flash(gettext("Saved."), "good")
    return redirect(url_for(".account"), 303)


@bp.post("/account/password")
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate():
        return _page(_details(), form), 400
    try:
        _change(form.old_password.data or "", form.password.data or "")
    except (Invalid, TooMany) as error:
        return _page(_details(), form, error), status_of(error)
    session().commit()
    flash(gettext("Your password is changed. Everywhere else you are signed out."), "good")
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/<uuid:sign_in_id>/ending")
def ending(sign_in_id: UUID) -> ResponseReturnValue:
    if not sign_ins.end(session(), me().account.id, sign_in_id, clock.now()):
        raise NotThere()
    session().commit()
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/<uuid:sign_in_id>/locking")
def locking(sign_in_id: UUID) -> ResponseReturnValue:
    # Too many wrong PINs on a phone are nobody's wish to sign out: what is kept there stays.
    if not sign_ins.end(session(), me().account.id, sign_in_id, clock.now(), by_person=False):
        raise NotThere()
    session().commit()
    return "", 204


def _change(old: str, new: str) -> None:
    known, now = me().account, clock.now()
    guess = throttle.PERSON_AND_PLACE, str(known.id)
    throttle.check(session(), now, guess)
    throttle.count(session(), now, guess)
    session().commit()
    if not passwords.matches(old, known.password_hash):
        raise Invalid(words("That is not your present password."), field="old_password")
    throttle.take_back(session(), now, guess)
    people.change_password(session(), known, new, now, but=me().sign_in.id)
    recovery.void(session(), known.id, now)


def _details() -> DetailsForm:
    known = me().account
    reach = people.reach_of(session(), known.id)
    return DetailsForm(_today(), formdata=None, obj=reach, name=known.name, zone=known.zone)


def _today() -> date:
    return clock.diary_day(clock.now(), me().account.zone)


def _page(details: DetailsForm, password: PasswordForm, error: JournalError | None = None) -> str:
    if error:
        field = password.old_password if error.field == "old_password" else password.password
        field.errors = [*field.errors, sentence(error)]
    return render_template(
        "accounts/account.html",
        details=details,
        password=password,
        sessions=sign_ins.listed(session(), me().account.id, clock.now()),
    )
