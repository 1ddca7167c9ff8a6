"""Hands the wording of the data files to the translators (an extraction method of Babel)."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

SAID = ("text", "low_word", "high_word")


def extract(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, message, comments) for every sentence of an instrument."""
    for item in json.load(fileobj)["items"]:
        for field in SAID:
            if item.get(field):
                yield 1, "gettext", item[field], []
