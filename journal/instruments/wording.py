"""Hands the wording of the data files to the translators (an extraction method of Babel)."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

SAID = ("text", "low_word", "high_word")
WITHIN = ("options", "effects")


def extract(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, message, comments) for every sentence of an instrument."""
    for item in json.load(fileobj)["items"]:
        yield from _said(item)
        for part in WITHIN:
            for one in item.get(part, ()):
                yield from _said(one)


def _said(one: Mapping[str, Any]) -> Iterator[tuple[int, str, str, list[str]]]:
    for field in SAID:
        if one.get(field):
            yield 1, "gettext", one[field], []
