"""The care team's pages over HTTP; each module beside this one adds its own to `bp`."""

from flask import Blueprint

from journal.sharing.gate import is_administrator, members_only

bp = Blueprint("clinic", __name__, url_prefix="/clinic")
members_only(bp)
bp.app_context_processor(lambda: {"administrator": is_administrator()})

from journal.clinic.routes import (  # noqa: E402 -- they need bp
    course,  # noqa: F401
    infusions,  # noqa: F401
    invitations,  # noqa: F401
    messages,  # noqa: F401
    outcomes,  # noqa: F401
    panel,  # noqa: F401
    patients,  # noqa: F401
    settings,  # noqa: F401
)
