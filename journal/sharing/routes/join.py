"""Joining through an invitation: someone new, or someone who has a journal already."""

from dataclasses import asdict
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from journal import clock
from journal.accounts import letters, throttle
from journal.accounts.gate import enter, me, me_or_nobody, public
from journal.accounts.passwords import passphrase
from journal.accounts.people import create_patient
from journal.accounts.throttle import Limit
from journal.clock import diary_day
from journal.db import session
from journal.errors import Invalid
from journal.problems import sentence
from journal.sharing import grants, invitations
from journal.sharing.forms import GrantForm, JoinForm
from journal.sharing.invitations import NotOpen, State
from journal.sharing.models import Invitation
from journal.sharing.routes import bp
from journal.sharing.routes.rest import my_rest

# Nobody hits 256 random bits; this only keeps a machine that tries from keeping us busy.
GUESSES = Limit("invitation-guessed", 20, timedelta(minutes=15))
# An invitation is no means to find out who else has a journal here.
TAKEN = Limit("invitation-e-mail-taken", 5, timedelta(hours=1))


@bp.get("/join/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    invitation, known = _invitation(token), me_or_nobody()
    if known is None:
        return _newcomers_page(token, invitation, _join_form(invitation))
    if known.is_member:
        return render_template("join/member.html", clinic=invitation.clinic)
    return _patients_page(token, invitation, GrantForm())


@bp.post("/join/<token>")
@public
def joined(token: str) -> ResponseReturnValue:
    invitation, known = _invitation(token), me_or_nobody()
    if known is None:
        return _newcomer_joins(token, invitation)
    if known.is_member:
        return render_template("join/member.html", clinic=invitation.clinic), 403
    return _patient_joins(token, invitation)


@bp.errorhandler(NotOpen)
def closed(error: NotOpen) -> ResponseReturnValue:
    status = 404 if error.state is State.UNKNOWN else 410
    return render_template("join/closed.html", state=error.state), status


def _newcomer_joins(token: str, invitation: Invitation) -> ResponseReturnValue:
    form, now = _join_form(invitation), clock.now()
    if not form.validate():
        return _newcomers_page(token, invitation, form), 400
    throttle.check(session(), now, (TAKEN, str(invitation.id)))
    try:
        invitations.redeem(session(), invitation, now)
        patient = create_patient(
            session(), **asdict(form.newcomer()), locale=str(get_locale()), now=now
        )
    except Invalid as error:
        return _refused(token, invitation, form, error), 400
    invitations.enrol(session(), invitation, patient, now)
    consent = form.consent(patient.began, now)
    grants.give(session(), patient, invitation.clinic_id, consent, now)
    enter(patient)
    session().commit()
    return redirect(url_for("patient.today"), 303)


def _patient_joins(token: str, invitation: Invitation) -> ResponseReturnValue:
    form, patient, now = GrantForm(), me().account, clock.now()
    # A new clinic would see her name and when she was born, whatever she shares.
    if my_rest(now):
        return _patients_page(token, invitation, form), 409
    if not form.validate():
        return _patients_page(token, invitation, form), 400
    invitations.redeem(session(), invitation, now)
    invitations.enrol(session(), invitation, patient, now)
    consent = form.chosen(diary_day(now, patient.zone), now)
    grants.give(session(), patient, invitation.clinic_id, consent, now)
    session().commit()
    return redirect(url_for(".sharing"), 303)


def _refused(token: str, invitation: Invitation, form: JoinForm, error: Invalid) -> str:
    invitation_id, now = invitation.id, clock.now()
    session().rollback()
    if error.field == "email":
        throttle.count(session(), now, (TAKEN, str(invitation_id)))
        letters.address_taken(session(), form.email.data or "", now)
        session().commit()
    field = {"password": form.password, "name": form.name}.get(error.field or "", form.email)
    field.errors = [*field.errors, sentence(error)]
    return _newcomers_page(token, _invitation(token), form)


def _invitation(token: str) -> Invitation:
    try:
        return invitations.find(session(), token, clock.now())
    except NotOpen as error:
        if error.state is State.UNKNOWN:
            _count_guess()
        raise


def _count_guess() -> None:
    place, now = throttle.place(request.remote_addr), clock.now()
    throttle.check(session(), now, (GUESSES, place))
    # SQLite lets no transaction write that began by reading while another one wrote.
    session().rollback()
    throttle.count(session(), now, (GUESSES, place))
    session().commit()


def _join_form(invitation: Invitation) -> JoinForm:
    return JoinForm(invitation.clinic.zone, clock.now().date())


def _newcomers_page(token: str, invitation: Invitation, form: JoinForm) -> str:
    return render_template(
        "join/join.html",
        token=token,
        clinic=invitation.clinic,
        form=form,
        passphrase=passphrase(),
    )


def _patients_page(token: str, invitation: Invitation, form: GrantForm) -> str:
    return render_template(
        "join/patient.html",
        token=token,
        clinic=invitation.clinic,
        form=form,
        rests_until=my_rest(clock.now()),
    )
