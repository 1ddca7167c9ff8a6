"""What a patient lets her clinics see, and who looked."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, format_time, gettext

from journal import clock
from journal.accounts.gate import me
from journal.clock import diary_day
from journal.db import session
from journal.sharing import grants, looks, wishes
from journal.sharing.forms import GrantForm
from journal.sharing.grants import Shared
from journal.sharing.routes import bp
from journal.sharing.routes.rest import my_rest
from journal.sharing.sees import sees, would_see


@bp.get("/sharing")
def sharing() -> ResponseReturnValue:
    patient, now = me().account, clock.now()
    return render_template(
        "sharing/sharing.html",
        clinics=[(one, sees(one, patient)) for one in grants.shared(session(), patient.id, now)],
        wishes=[
            (one, would_see(one.clinic, one.consent, patient))
            for one in wishes.waiting(session(), patient.id, now)
        ],
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
    wish = wishes.give(session(), patient, clinic_id, consent, now, my_rest(now))
    session().commit()
    if wish:
        flash(_kept(wish.ask_from), "info")
    return redirect(url_for(".sharing"), 303)


@bp.post("/sharing/grants/<uuid:grant_id>/withdrawal")
def withdrawal(grant_id: UUID) -> ResponseReturnValue:
    patient, now = me().account, clock.now()
    clinic_id = grants.withdraw(session(), patient, grant_id, now)
    wishes.forget(session(), patient.id, clinic_id, now)
    session().commit()
    return redirect(url_for(".sharing"), 303)


@bp.post("/sharing/wishes/<uuid:wish_id>")
def say_again(wish_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    wishes.say_again(session(), me().account, wish_id, now, my_rest(now))
    session().commit()
    flash(gettext("Done. They see it from now on."), "good")
    return redirect(url_for(".sharing"), 303)


@bp.post("/sharing/wishes/<uuid:wish_id>/dropping")
def drop_wish(wish_id: UUID) -> ResponseReturnValue:
    wishes.drop(session(), me().account, wish_id, clock.now())
    session().commit()
    flash(gettext("Let go. Nothing changes."), "good")
    return redirect(url_for(".sharing"), 303)


def _kept(ask_from: datetime) -> str:
    said: str = gettext(
        "You had an infusion within the last day, so this waits. We ask you again from %(when)s "
        "on; until then they see no more than before.",
        when=gettext(
            "%(day)s, %(time)s",
            day=format_datetime(ask_from, "EEEE"),
            time=format_time(ask_from, "short"),
        ),
    )
    return said


def _shared(clinic_id: UUID) -> Shared:
    return grants.shared_with(session(), me().account.id, clinic_id, clock.now())


def _clinic_page(one: Shared, form: GrantForm) -> str:
    return render_template("sharing/clinic.html", clinic=one.clinic, grant=one.grant, form=form)
