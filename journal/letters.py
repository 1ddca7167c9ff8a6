"""What every letter of a device carries, whatever it is about, read strictly."""

from collections.abc import Mapping, Set
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from journal.clock import zone_named
from journal.errors import Invalid, words
from journal.texts import instant, tidy

FIELDS = frozenset({"edit_id", "edited_at", "zone", "items", "reason", "account"})
LONGEST_REASON = 500
# A device whose clock was lost begins at 1970 or earlier; nobody wrote anything here before 2000.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def exactly(body: object, names: Set[str]) -> dict[str, Any]:
    """The fields of a JSON object that has these and no others. Raises Invalid."""
    if not isinstance(body, dict):
        raise Invalid(words("This is not an edit we understand."), code="malformed")
    if unknown := sorted(set(body) - names):
        raise Invalid(words("There is no field of that name."), field=str(unknown[0])[:64])
    if missing := sorted(names - set(body)):
        raise Invalid(words("A field is missing."), field=missing[0])
    return body


def an_id(fields: Mapping[str, Any], name: str) -> UUID:
    """The id in that field. Raises Invalid."""
    try:
        return UUID(fields[name])
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid(words("That is not a valid id."), field=name) from error


def edited_at(text: object) -> datetime:
    """When it was written by the device's clock. Raises Invalid for what can be no such moment."""
    try:
        at = instant(text)
    except ValueError as error:
        raise Invalid(words("That is not a valid time."), field="edited_at") from error
    if at < EARLIEST:
        raise Invalid(
            words("The clock of this device is wrong: it says a year before 2000. Set it first."),
            field="edited_at",
        )
    return at


def zone(name: object) -> str:
    """The zone in which it was written. Raises Invalid."""
    try:
        return zone_named(name if isinstance(name, str) else "").key
    except ValueError as error:
        raise Invalid(words("We do not know that time zone."), field="zone") from error


def reason(text: object) -> str | None:
    """Why something older is changed, up to 500 characters; blank is None."""
    return None if text is None else a_text(text, LONGEST_REASON, "reason")


def a_text(value: object, longest: int, field: str) -> str | None:
    """A tidied text of at most so many characters; blank is None. Raises Invalid."""
    if not isinstance(value, str):
        raise Invalid(words("That is not a text."), field=field)
    text = tidy(value)
    if len(text) > longest:
        raise Invalid(
            words("That is %(length)s characters; there is room for %(longest)s."),
            field=field,
            length=len(text),
            longest=longest,
        )
    return text or None
