"""What a patient lets her clinics see, and who looked."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal import clock
from journal.accounts.gate import me
from journal.clock import diary_day
from journal.db import session
from journal.sharing import grants, looks
from journal.sharing.forms import GrantForm
from journal.sharing.grants import Shared
from journal.sharing.routes import bp
from journal.sharing.sees import sees


@bp.get("/sharing")
def sharing() -> ResponseReturnValue:
    patient, now = me().account, clock.now()
    return render_template(
        "sharing/sharing.html",
        clinics=[(one, sees(one, patient)) for one in grants.shared(session(), patient.id, now)],
        looks=looks.listed(session(), patient.id, now),
    )


@bp.get("/sharing/clinics/<uuid:clinic_id>")
def clinic(clinic_id: UUID) -> ResponseReturnValue:
    one = _shared(clinic_id)
    return _clinic_page(one, GrantForm(one.grant))


@bp.post("/sharing/clinics/<uuid:clinic_id>/grants")
def grant(clinic_id: UUID) -> ResponseReturnValue:
    one, patient, now = _shared(clinic_id), me().account, clock.now()
    form = GrantForm(one.grant)
    if not form.validate():
        return _clinic_page(one, form), 400
    consent = form.chosen(diary_day(now, patient.zone), now)
    grants.give(session(), patient, clinic_id, consent, now)
    session().commit()
    return redirect(url_for(".sharing"), 303)


@bp.post("/sharing/grants/<uuid:grant_id>/withdrawal")
def withdrawal(grant_id: UUID) -> ResponseReturnValue:
    grants.withdraw(session(), me().account, grant_id, clock.now())
    session().commit()
    return redirect(url_for(".sharing"), 303)


def _shared(clinic_id: UUID) -> Shared:
    return grants.shared_with(session(), me().account.id, clinic_id, clock.now())


def _clinic_page(one: Shared, form: GrantForm) -> str:
    return render_template("sharing/clinic.html", clinic=one.clinic, grant=one.grant, form=form)
