"""Text as people mean it."""

import re
import unicodedata

# Controls and lone surrogates; line breaks and tabs are text.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy(text: str | None) -> str:
    """Composed (NFC), without what cannot be seen, without edges of space; "" for nothing."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text or "")).strip()
