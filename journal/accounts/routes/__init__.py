"""Signing in and out, the account, and getting back in; each module adds its own to `bp`."""

from flask import Blueprint

from journal.accounts import browsers

bp = Blueprint("accounts", __name__)
bp.add_app_template_filter(browsers.named, "browser")

from journal.accounts.routes import account, recover, sign_in  # noqa: E402, F401 -- they need bp
