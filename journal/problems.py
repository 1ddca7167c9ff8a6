"""Our errors as people and programs get to read them: a status, a code, a sentence."""

from typing import Any

from flask_babel import format_date, gettext

from journal.errors import (
    Conflict,
    Invalid,
    JournalError,
    NotThere,
    Refused,
    SessionEnded,
    SignInNeeded,
    TooMany,
)

STATUS: dict[type[JournalError], int] = {
    Invalid: 400,
    SignInNeeded: 401,
    Refused: 403,
    NotThere: 404,
    Conflict: 409,
    SessionEnded: 410,
    TooMany: 429,
}


def status_of(error: JournalError) -> int:
    """The HTTP status of one of our errors."""
    return STATUS[type(error)]


def sentence(error: JournalError) -> str:
    """What to tell the person, in the language of the page."""
    values = {
        name: format_date(value) if hasattr(value, "isoformat") else value
        for name, value in error.values.items()
    }
    said: str = gettext(error.message, **values)
    return said


def problem(error: JournalError) -> dict[str, Any]:
    """The same for a program."""
    return {"code": error.code, "message": sentence(error), "field": error.field}
