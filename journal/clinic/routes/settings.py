"""What an administrator decides about the clinic: its name, number, hours and crisis lines."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal import clock
from journal.clinic.routes import bp
from journal.db import session
from journal.sharing import clinics
from journal.sharing.forms import SettingsForm
from journal.sharing.gate import administrator


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    form = SettingsForm.showing(clinics.settings_of(administrator().clinic))
    session().commit()
    return render_template("clinic/settings.html", form=form)


@bp.post("/settings")
def change_settings() -> ResponseReturnValue:
    asking, form = administrator(), SettingsForm()
    if not form.validate():
        return render_template("clinic/settings.html", form=form), 400
    clinics.change(session(), asking, form.settings(), clock.now())
    session().commit()
    return redirect(url_for(".settings", saved=1), 303)
