"""Letters as Ana's phone writes them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from journal.entries.forms import EditBody

ANA = UUID(int=1)


def letter(**fields: object) -> dict[str, Any]:
    """An edit as JSON; every field can be another one."""
    return {
        "edit_id": str(uuid4()),
        "edited_at": stamp(datetime.now(UTC)),
        "zone": "America/New_York",
        "items": {"pain_avg": 7},
        "reason": None,
        "account": str(ANA),
        **fields,
    }


def body(**fields: object) -> EditBody:
    """The same, read."""
    return EditBody.parse(letter(**fields))


def stamp(at: datetime) -> str:
    """An instant as phones write it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
