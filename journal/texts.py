"""Texts as people and programs mean them."""

import re
import unicodedata
from datetime import UTC, datetime

# Controls and lone surrogates; line breaks and tabs are text.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?(Z|[+-]\d\d:\d\d)")


def tidy(text: str | None) -> str:
    """Composed (NFC), without what cannot be seen, without edges of space; "" for nothing."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text or "")).strip()


def instant(text: object) -> datetime:
    """The instant that an RFC 3339 text with milliseconds and an offset names, in UTC.

    Raises ValueError for everything else.
    """
    if not isinstance(text, str) or not RFC_3339.fullmatch(text):
        raise ValueError("not an RFC 3339 time with milliseconds")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of the calendar") from error
