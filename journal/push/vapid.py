"""VAPID (RFC 8292): who we are to push services. Phones subscribe to this one key."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from journal import clock
from journal.push.endpoint import origin

HOUR = 3600
GOOD_FOR = 12 * HOUR
MOST_ORIGINS = 256


@dataclass(frozen=True)
class Keys:
    """The key pair, as files hold it, and as browsers ask for it when they subscribe."""

    private_pem: bytes = field(repr=False)
    public_pem: bytes
    application_server_key: str

    @classmethod
    def of(cls, private_pem: str) -> "Keys":
        """Both halves from the private one. Raises ValueError."""
        public = _private(private_pem.encode()).public_key()
        return cls(
            private_pem.encode(),
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            _base64(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
        )


class Authorization:
    """Signs for each push service once an hour; stands in for the `vapid` of a WebPush object.

    Signing is deterministic (RFC 6979) and the clock is read by the hour: any number of threads,
    processes and machines say the same without asking each other, and Apple, which wants at most
    one token an hour, sees one.
    """

    def __init__(self, keys: Keys, contact: str, now: Callable[[], datetime] = clock.now) -> None:
        self._key = _private(keys.private_pem)
        self._public = keys.application_server_key
        self._contact = contact
        self._now = now
        # Anybody may subscribe with an endpoint at a name of Apple's that does not exist.
        self._signed = lru_cache(MOST_ORIGINS)(self._sign)

    def header(self, endpoint: str) -> str:
        """The Authorization header for an endpoint."""
        return self._signed(origin(endpoint), int(self._now().timestamp()) // HOUR)

    def get_authorization_header(self, endpoint: object, subscriber: str, expiration: int) -> str:
        """The same, as webpush asks for it; contact and life are ours to say."""
        return self.header(str(endpoint))

    def _sign(self, audience: str, hour: int) -> str:
        claims = _json({"aud": audience, "exp": hour * HOUR + GOOD_FOR, "sub": self._contact})
        text = f"{HEAD}.{claims}"
        signed = self._key.sign(text.encode(), ec.ECDSA(SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(signed)
        token = f"{text}.{_base64(r.to_bytes(32) + s.to_bytes(32))}"
        return f"vapid t={token}, k={self._public}"


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")
    return key


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _json(value: Mapping[str, str | int]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


HEAD = _json({"typ": "JWT", "alg": "ES256"})
