"""Whether whoever is signed in had an infusion within the last day."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from journal.accounts.gate import me
from journal.db import session


def my_rest(now: datetime) -> datetime | None:
    """Until when she decides nothing that lets anybody see more; None where she may."""
    rests_until: Callable[[Session, UUID, datetime], datetime | None]
    rests_until = current_app.extensions["rests_until"]
    return rests_until(session(), me().account.id, now)
