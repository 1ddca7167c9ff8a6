"""Devices over HTTP."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from journal import clock
from journal.accounts.gate import me, patients_only, public
from journal.db import session
from journal.errors import NotThere, TooMany, words
from journal.forms import needs_no_token
from journal.push import queue, store
from journal.push.forms import Subscription, parse_endpoint, parse_renewal
from journal.push.models import Delivery, Device, Outcome
from journal.push.vapid import Keys

bp = Blueprint("push", __name__)
patients_only(bp)

SAID = {
    None: words("On its way …"),
    Outcome.SENT: words("Sent. Waiting for the phone to show it …"),
    Outcome.GONE: words(
        "This device does not take notifications any more. Turn them on again there."
    ),
    Outcome.REFUSED: words(
        "The push service refused it. That is ours to mend, and it is written down."
    ),
    Outcome.FAILED: words(
        "It could not be put into a form that this device opens. Turn notifications on again there."
    ),
    Outcome.LATE: words("It could not be delivered in time. Is the phone online?"),
}
MOST_TESTS = 5


@bp.get("/push/key")
def key() -> ResponseReturnValue:
    return {"key": Keys.of(current_app.extensions["config"].vapid_key).application_server_key}


@bp.put("/push/devices")
def subscribe() -> ResponseReturnValue:
    subscription = Subscription.parse(request.get_json(), _also())
    # A phone that says it is known, and was removed from another one, is not taken back by that.
    if request.if_match.star_tag and not store.knows(
        session(), me().account.id, subscription.endpoint
    ):
        return {"code": "removed"}, 412
    device = store.subscribe(
        session(),
        me().account.id,
        me().sign_in.id,
        subscription,
        request.user_agent.string,
        clock.now(),
    )
    session().commit()
    return {"id": str(device.id)}


@bp.delete("/push/devices")
def unsubscribe() -> ResponseReturnValue:
    store.unsubscribe(session(), me().account.id, parse_endpoint(request.get_json()))
    session().commit()
    return "", 204


@bp.post("/push/renewals")
@public
@needs_no_token
def renew() -> ResponseReturnValue:
    # The worker asks, and its session may have run out: whoever knows the old endpoint may.
    old, new = parse_renewal(request.get_json(), _also())
    store.renew(session(), old, new, clock.now())
    session().commit()
    return "", 204


@bp.get("/devices")
def devices() -> ResponseReturnValue:
    found = store.listed(session(), me().account.id)
    return render_template(
        "push/devices.html",
        devices=found,
        deaf=bool(found) and all(one.deaf for one in found),
    )


@bp.post("/devices/<uuid:device_id>/removal")
def removal(device_id: UUID) -> ResponseReturnValue:
    if not store.remove(session(), me().account.id, device_id):
        raise NotThere()
    session().commit()
    flash(gettext("Removed. Nothing is shown there any more."), "good")
    return redirect(url_for(".devices"), 303)


@bp.post("/devices/<uuid:device_id>/tests")
def tests(device_id: UUID) -> ResponseReturnValue:
    device = (
        session()
        .scalars(select(Device).where(Device.id == device_id, Device.account_id == me().account.id))
        .first()
    )
    if device is None:
        raise NotThere()
    now = clock.now()
    if queue.tests_since(session(), device.id, now - queue.TEST_USE) >= MOST_TESTS:
        raise TooMany(words("Wait a minute or two before the next test."), wait=60)
    test_id = queue.add_test(session(), device, now)
    session().commit()
    if request.is_json:
        return {"id": str(test_id)}
    flash(gettext("A test is on its way."), "message")
    return redirect(url_for(".devices"), 303)


@bp.get("/devices/tests/<uuid:test_id>")
def test_state(test_id: UUID) -> ResponseReturnValue:
    found = session().get(Delivery, test_id)
    if found is None or found.account_id != me().account.id:
        raise NotThere()
    if found.shown_at:
        return {"state": "shown", "said": gettext("It was shown. This device works.")}
    said = gettext(SAID.get(_outcome(found), SAID[Outcome.LATE]))
    return {"state": found.outcome or "waiting", "said": said}


def _outcome(found: Delivery) -> Outcome | None:
    return Outcome(found.outcome) if found.outcome else None


def _also() -> frozenset[str]:
    also: frozenset[str] = current_app.extensions["config"].push_also
    return also
