"""What programs ask for: health, the manifest, the service worker, a CSRF token."""

import json

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from journal import clock
from journal.accounts.gate import me, public
from journal.config import ROOT
from journal.db import session
from journal.reminders.overdue import overdue
from journal.web.assets import shell

bp = Blueprint("machines", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"ok": True}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    # A worker that is late is as little ready as a database that is away.
    late = overdue(session(), clock.now()).any
    return {"ok": not late}, 503 if late else 200


@bp.get("/csrf")
def csrf() -> ResponseReturnValue:
    here = me()
    return {
        "token": generate_csrf(),
        "account": str(here.account.id),
        "session": str(here.sign_in.id),
    }


@bp.get("/manifest.json")
@public
def manifest() -> ResponseReturnValue:
    return Response(
        (ROOT / "manifest.json").read_bytes(),
        mimetype="application/manifest+json",
        headers={"Cache-Control": "max-age=3600"},
    )


@bp.get("/service-worker.js")
@public
def service_worker() -> ResponseReturnValue:
    version = current_app.extensions["assets"]
    # What a notification says when its own words cannot be read.
    neutral = gettext("Tap to open your journal.")
    told = json.dumps({"version": version, "shell": shell(version), "neutral": neutral})
    script = (ROOT / "service-worker.js").read_text(encoding="utf-8")
    return Response(
        f"self.JOURNAL = {told};\n{script}",
        mimetype="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@bp.get("/offline")
@public
def offline() -> ResponseReturnValue:
    return render_template("offline.html")
