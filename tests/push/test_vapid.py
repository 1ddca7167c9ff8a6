"""Who we are to push services: one key, and a token for each of them that lasts an hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from journal.push.vapid import Authorization, Keys

CONTACT = "mailto:journal@example.org"
CHROME = "https://fcm.googleapis.com/fcm/send/1"
NOW = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def authorization(keys: Keys, clock: Clock) -> Authorization:
    return Authorization(keys, CONTACT, clock)


def token(header: str) -> str:
    return header.removeprefix("vapid t=").partition(",")[0]


def claims(header: str, keys: Keys, audience: str) -> dict[str, Any]:
    """What a push service reads; it looks at the hour of these tests."""
    options: Any = {"verify_exp": False, "require": ["aud", "exp", "sub"]}
    read: dict[str, Any] = jwt.decode(
        token(header), keys.public_pem, ["ES256"], audience=audience, options=options
    )
    return read


def test_a_push_service_can_read_who_we_are(authorization: Authorization, keys: Keys) -> None:
    read = claims(authorization.header(CHROME), keys, "https://fcm.googleapis.com")

    assert read["sub"] == CONTACT
    assert read["aud"] == "https://fcm.googleapis.com"


def test_the_key_is_the_one_that_phones_subscribed_to(
    authorization: Authorization, keys: Keys
) -> None:
    assert authorization.header(CHROME).endswith(f", k={keys.application_server_key}")
    assert len(keys.application_server_key) == 87


@pytest.mark.parametrize(
    ("endpoint", "audience"),
    [
        (
            "https://updates.push.services.mozilla.com:443/1",
            "https://updates.push.services.mozilla.com",
        ),
        ("https://web.push.apple.com:8443/1", "https://web.push.apple.com:8443"),
        ("http://127.0.0.1:8123/1", "http://127.0.0.1:8123"),
    ],
)
def test_a_port_of_its_own_belongs_to_whom_it_is_for(
    authorization: Authorization, keys: Keys, endpoint: str, audience: str
) -> None:
    assert claims(authorization.header(endpoint), keys, audience)["aud"] == audience


def test_it_is_good_for_less_than_twelve_hours(authorization: Authorization, keys: Keys) -> None:
    read = claims(authorization.header(CHROME), keys, "https://fcm.googleapis.com")

    left = datetime.fromtimestamp(read["exp"], UTC) - NOW
    assert timedelta(hours=11) < left <= timedelta(hours=12)


def test_one_token_serves_a_push_service_for_an_hour(
    authorization: Authorization, clock: Clock
) -> None:
    clock.at = NOW.replace(minute=0)
    first = authorization.header(CHROME)

    clock.at = NOW.replace(minute=59, second=59)

    assert authorization.header("https://fcm.googleapis.com/fcm/send/2") == first


def test_the_next_hour_brings_another(authorization: Authorization, clock: Clock) -> None:
    first = authorization.header(CHROME)

    clock.at = NOW + timedelta(minutes=1)

    assert authorization.header(CHROME) != first


@pytest.mark.assures("E07")
def test_a_clock_set_back_brings_the_old_one_back(
    authorization: Authorization, clock: Clock
) -> None:
    first = authorization.header(CHROME)
    clock.at = NOW + timedelta(days=365)
    authorization.header(CHROME)

    clock.at = NOW

    assert authorization.header(CHROME) == first


def test_each_push_service_gets_its_own(authorization: Authorization) -> None:
    chrome, apple = CHROME, "https://web.push.apple.com/1"

    assert authorization.header(chrome) != authorization.header(apple)


def test_many_processes_and_machines_say_the_same(keys: Keys, clock: Clock) -> None:
    here, there = Authorization(keys, CONTACT, clock), Authorization(keys, CONTACT, clock)

    assert here.header(CHROME) == there.header(CHROME)


def test_many_threads_say_the_same(authorization: Authorization) -> None:
    with ThreadPoolExecutor(8) as threads:
        said = set(threads.map(authorization.header, [CHROME] * 400))

    assert len(said) == 1


def test_webpush_is_answered_as_it_asks(authorization: Authorization) -> None:
    asked = authorization.get_authorization_header(
        endpoint=CHROME, subscriber="ignored@example.org", expiration=1
    )

    assert asked == authorization.header(CHROME)


@pytest.mark.assures("C01")
def test_the_private_key_does_not_show_when_it_is_printed(keys: Keys) -> None:
    assert "PRIVATE" not in repr(keys)


def test_a_key_of_another_kind_is_none() -> None:
    other = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )

    with pytest.raises(ValueError, match="P-256"):
        Keys.of(other.decode())


def test_a_key_on_another_curve_is_none() -> None:
    other = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )

    with pytest.raises(ValueError, match="P-256"):
        Keys.of(other.decode())
