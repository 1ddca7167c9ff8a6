"""Joining, consent and help now over HTTP; each module beside this one adds its own to `bp`."""

from flask import Blueprint

from journal.accounts.gate import patients_only

bp = Blueprint("sharing", __name__)
patients_only(bp)

from journal.sharing.routes import consent, help_now, join  # noqa: E402, F401 -- they need bp
