"""Inviting a patient: a link and a code to print or to show, seen once."""

from uuid import UUID

import segno
from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from journal import clock
from journal.clinic.routes import bp
from journal.db import session
from journal.sharing import invitations
from journal.sharing.forms import InvitationForm
from journal.sharing.gate import member


@bp.get("/invitations")
def invitations_page() -> ResponseReturnValue:
    page = _page(InvitationForm())
    session().commit()
    return page


@bp.post("/invitations")
def invite() -> ResponseReturnValue:
    form = InvitationForm()
    if not form.validate():
        return _page(form), 400
    label, number = form.label.data or "", form.number.data or None
    invitation, token = invitations.invite(session(), member(), label, number, clock.now())
    session().commit()
    link = f"{current_app.extensions['config'].base_url}{url_for('sharing.join', token=token)}"
    return render_template(
        "clinic/invitation.html",
        clinic=member().clinic,
        invitation=invitation,
        link=link,
        code=_code(link),
    ), 201


@bp.post("/invitations/<uuid:invitation_id>/revocation")
def revocation(invitation_id: UUID) -> ResponseReturnValue:
    invitations.revoke(session(), member(), invitation_id, clock.now())
    session().commit()
    return redirect(url_for(".invitations_page"), 303)


def _page(form: InvitationForm) -> str:
    return render_template(
        "clinic/invitations.html",
        form=form,
        listed=invitations.listed(session(), member(), clock.now()),
        may_invite=bool(member().clinic.crisis_lines),
        may_settle=member().is_administrator,
    )


def _code(link: str) -> Markup:
    drawn = segno.make(link, error="m", micro=False)
    # Dark on light in both themes: phones read a code the other way round only sometimes.
    svg = drawn.svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    return Markup(svg)  # noqa: S704 -- drawn by segno from a link that is ours
