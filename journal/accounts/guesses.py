"""What anybody would try first: how much of a password is left without it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
    "qsdfghjklm", "wxcvbn", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)  # fmt: skip
STEP = 4
LOOKALIKES = {"a": "a@4", "e": "e3", "i": "i1!|", "l": "l1|", "o": "o0", "s": "s5$", "t": "t7+"}
YEAR = re.compile(r"(19|20)\d\d")
ENOUGH, ENOUGH_DIFFERENT = 6, 5


def easily_guessed(text: str, known: Iterable[str]) -> bool:
    """Whether too little is left of it without common words, walks over the keys, and `known`."""
    text = text.casefold()
    rest = YEAR.sub("", _without_walks(_words(map(str.casefold, known)).sub("", text)))
    few = len(rest) < ENOUGH or len(set(rest)) < ENOUGH_DIFFERENT
    return few or _climbs(rest) or _repeats(text)


def _words(known: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({*_common(), *known}, key=len, reverse=True)
    return re.compile("|".join("".join(map(_like, word)) for word in longest_first))


@lru_cache
def _common() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "common.txt").read_text(encoding="utf-8").split())


def _like(letter: str) -> str:
    return f"[{re.escape(LOOKALIKES[letter])}]" if letter in LOOKALIKES else re.escape(letter)


@lru_cache
def _walks() -> frozenset[str]:
    ways = [*ROWS, *(row[::-1] for row in ROWS)]
    return frozenset(way[n : n + STEP] for way in ways for n in range(len(way) - STEP + 1))


def _without_walks(text: str) -> str:
    starts = [n for n in range(len(text)) if text[n : n + STEP] in _walks()]
    walked = {n + more for n in starts for more in range(STEP)}
    return "".join(letter for n, letter in enumerate(text) if n not in walked)


def _climbs(text: str) -> bool:
    """112233 and 111222: mostly the same letter again, or the one beside it."""
    steps = [abs(ord(b) - ord(a)) for a, b in pairwise(text)]
    return sum(step <= 1 for step in steps) > len(steps) * 0.7


def _repeats(text: str) -> bool:
    return (text + text).find(text, 1) < len(text)
