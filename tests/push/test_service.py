"""The push service of the tests refuses what Mozilla's refuses; else it would prove nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.config import from_env
from journal.push.messages import Encrypted, Encrypter, Message
from journal.push.vapid import Keys
from tests.push.phone import Phone
from tests.push.service import judge

ORIGIN = "https://updates.push.services.mozilla.com"
PHONE = Phone(f"{ORIGIN}/wpush/v2/1")
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def encrypted(encrypter: Encrypter) -> Encrypted:
    """A message as it should be."""
    return encrypter.encrypt(letter())


@pytest.fixture
def other_keys(tmp_path: Path) -> Keys:
    """Of another installation."""
    return Keys.of(from_env({"JOURNAL_INSTANCE": str(tmp_path)}, demo=True).vapid_key)


def letter(phone: Phone = PHONE) -> Message:
    return Message(phone.endpoint, phone.p256dh, phone.auth, b"Hello", 60, "day")


def judged(encrypted: Encrypted, keys: Keys, changed: Mapping[str, str]) -> int:
    headers = {**encrypted.headers, **changed}
    return judge(headers, encrypted.body, keys.application_server_key, ORIGIN)


def test_what_is_right_is_taken(encrypted: Encrypted, keys: Keys) -> None:
    assert judged(encrypted, keys, {}) == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"TTL": ""},
        {"TTL": "soon"},
        {"TTL": "-1"},
        {"Topic": ""},
        {"Topic": "x" * 33},
        {"Topic": "day 1"},
        {"Content-Encoding": "aesgcm"},
    ],
)
def test_what_is_malformed_is_not(encrypted: Encrypted, keys: Keys, wrong: dict[str, str]) -> None:
    assert judged(encrypted, keys, wrong) == 400


def test_what_says_no_time_is_not(encrypted: Encrypted, keys: Keys) -> None:
    headers = {"Content-Encoding": "aes128gcm", "Authorization": encrypted.headers["Authorization"]}

    assert judge(headers, encrypted.body, keys.application_server_key, ORIGIN) == 400


def test_what_is_not_encrypted_is_not(encrypted: Encrypted, keys: Keys) -> None:
    assert judged(replace(encrypted, body=b"Hello"), keys, {}) == 400


def test_what_is_too_large_is_not(encrypted: Encrypted, keys: Keys) -> None:
    large = replace(encrypted, body=encrypted.body + b"x" * 4096)

    assert judged(large, keys, {}) == 413


@pytest.mark.parametrize("proof", ["", "vapid t=a.b.c, k=d", "Bearer x", "vapid t=,k="])
def test_who_proves_nothing_is_not_believed(encrypted: Encrypted, keys: Keys, proof: str) -> None:
    assert judged(encrypted, keys, {"Authorization": proof}) == 401


def test_a_proof_for_somebody_else_is_none(encrypter: Encrypter, keys: Keys) -> None:
    elsewhere = encrypter.encrypt(letter(Phone(f"{ORIGIN}:8443/1")))

    assert judged(elsewhere, keys, {}) == 401


@pytest.mark.parametrize("at", [NOW - DAY, NOW + DAY])
def test_a_proof_of_another_time_is_none(keys: Keys, at: datetime) -> None:
    other = Encrypter(keys, "mailto:journal@example.org", lambda: at).encrypt(letter())

    assert judged(other, keys, {}) == 401


def test_whoever_cannot_be_written_to_is_not_believed(keys: Keys) -> None:
    nobody = Encrypter(keys, "journal@example.org").encrypt(letter())

    assert judged(nobody, keys, {}) == 401


def test_another_key_may_not_send_to_our_phones(encrypted: Encrypted, other_keys: Keys) -> None:
    assert judged(encrypted, other_keys, {}) == 403
