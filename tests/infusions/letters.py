"""Letters about an infusion as a device at the chair-side writes them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from journal.infusions.letters import EditBody
from tests.people import ZONE

BOSE = UUID(int=2)
GIVEN: dict[str, Any] = {
    "standing": "given",
    "given_at": "2026-11-24T09:30",
    "agent": "racemic",
    "dose_mg": 35,
    "minutes": 40,
}


def letter(**fields: object) -> dict[str, Any]:
    """An edit as JSON; every field can be another one."""
    return {
        "edit_id": str(uuid4()),
        "edited_at": stamp(datetime.now(UTC)),
        "zone": ZONE,
        "items": GIVEN,
        "reason": None,
        "account": str(BOSE),
        **fields,
    }


def body(**fields: object) -> EditBody:
    """The same, read."""
    return EditBody.parse(letter(**fields))


def stamp(at: datetime) -> str:
    """An instant as devices write it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def wall(at: datetime) -> str:
    """A moment by the clock on the wall of the clinic."""
    return at.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")


def given_at(at: datetime, **more: object) -> dict[str, Any]:
    """What is said of an ordinary infusion that began then."""
    return {**GIVEN, "given_at": wall(at), **more}


def an_hour_ago(now: datetime) -> datetime:
    return now - timedelta(hours=1)
