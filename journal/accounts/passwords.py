"""Passwords: Argon2id, what makes a good one, and a passphrase to offer."""

import secrets
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from journal.errors import Invalid, words

SHORTEST, LONGEST = 12, 128
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The Argon2id hash of a password that is_good accepted."""
    return _hasher.hash(unicodedata.normalize("NFC", password))


def matches(password: str, known: str | None) -> bool:
    """Whether this is the password; with no hash to compare, the same work and False."""
    try:
        return (
            _hasher.verify(known or _nobodys(), unicodedata.normalize("NFC", password))
            and known is not None
        )
    except (VerificationError, InvalidHashError):
        return False


def renewed(password: str, known: str | None) -> str | None:
    """The hash to keep after a successful sign-in: made anew when its parameters are old."""
    return hashed(password) if known and _hasher.check_needs_rehash(known) else known


def check(password: str, *context: str) -> None:
    """Raise Invalid, saying why, for a password that is too short, too long or easily guessed.

    `context` is what anybody knows about the person: name, e-mail.
    """
    text = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(
            words(
                "Use between %(shortest)s and %(longest)s characters. A few words make a good one."
            ),
            field="password",
            shortest=SHORTEST,
            longest=LONGEST,
        )
    if _easily_guessed(text.casefold(), context):
        raise Invalid(
            words("That one is easy to guess. A few words that do not belong together work well."),
            field="password",
        )


def passphrase(count: int = 6) -> str:
    """A passphrase to offer: words drawn at random, more than 9 bits each."""
    return " ".join(secrets.choice(_words()) for _ in range(count))


def _easily_guessed(text: str, context: tuple[str, ...]) -> bool:
    known = {"journal", "password", "passwort", "ketamine", "clinic", "qwertz", "qwerty", "letmein"}
    parts = {part for one in context for part in _parts(one) if len(part) >= 4}
    rest = text
    for word in sorted(known | parts, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(set(rest)) < 5 or _runs(rest)


def _runs(text: str) -> bool:
    """Whether it is mostly a walk along the keyboard, the alphabet or the digits."""
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    return sum(abs(step) <= 1 for step in steps) > len(steps) * 0.7


def _parts(text: str) -> list[str]:
    return text.casefold().replace("@", " ").replace(".", " ").split()


@lru_cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


@lru_cache
def _words() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())
