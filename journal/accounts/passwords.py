"""Passwords: Argon2id, what makes a good one, and a passphrase to offer."""

import re
import secrets
import unicodedata
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from journal.accounts.guesses import easily_guessed
from journal.errors import Invalid, words

SHORTEST, LONGEST = 12, 128
# "Li" is a name and a part of many words.
SHORT_PART = 3
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
    known = (part for one in context for part in _parts(one) if len(part) > SHORT_PART)
    if easily_guessed(text, known):
        raise Invalid(
            words("That one is easy to guess. A few words that do not belong together work well."),
            field="password",
        )


def passphrase(count: int = 6) -> str:
    """A passphrase to offer: words drawn at random, 10 bits each."""
    return " ".join(secrets.choice(_words()) for _ in range(count))


def _parts(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@lru_cache
def _nobodys() -> str:
    """A hash that no password has, made without hashing: also the first try costs the same."""
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (_hasher.salt_len, _hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${digest}"


@lru_cache
def _words() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())
