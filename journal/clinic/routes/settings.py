"""What an administrator decides about the clinic: its name, number, hours, crisis lines, and how
its infusion days are."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic.routes import bp
from journal.db import session
from journal.infusions import days
from journal.infusions.forms import InfusionDayForm
from journal.sharing import clinics
from journal.sharing.forms import SettingsForm
from journal.sharing.gate import administrator


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    answer = _page(_settings_now(), _days_now())
    session().commit()
    return answer


@bp.post("/settings")
def change_settings() -> ResponseReturnValue:
    asking, form = administrator(), SettingsForm()
    if not form.validate():
        return _page(form, _days_now()), 400
    clinics.change(session(), asking, form.settings(), clock.now())
    session().commit()
    return redirect(url_for(".settings", saved=1), 303)


@bp.post("/settings/infusions")
def change_infusion_days() -> ResponseReturnValue:
    asking, form = administrator(), InfusionDayForm()
    if not form.validate():
        return _page(_settings_now(), form), 400
    days.change(session(), asking, form.wanted(), clock.now())
    session().commit()
    return redirect(url_for(".settings", saved=1), 303)


def _settings_now() -> SettingsForm:
    return SettingsForm.showing(clinics.settings_of(administrator().clinic))


def _days_now() -> InfusionDayForm:
    return InfusionDayForm.showing(days.wanted_by(session(), administrator().clinic.id))


def _page(form: SettingsForm, infusion_days: InfusionDayForm) -> str:
    return render_template("clinic/settings.html", form=form, infusion_days=infusion_days)
