"""A phone as far as push knows one: where to send to, and keys that open what was sent."""

import os
from base64 import urlsafe_b64encode

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CHROME = "https://fcm.googleapis.com/fcm/send/dT3xYz:APA91bH-_q%2F~x"


class Phone:
    """Has subscribed; `p256dh` and `auth` are what it told us, the rest it keeps to itself."""

    def __init__(self, endpoint: str = CHROME) -> None:
        self.endpoint = endpoint
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self.p256dh = base64(
            self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        )
        self.auth = base64(self._secret)

    def open(self, body: bytes) -> bytes:
        """Decrypt what arrived."""
        opened: bytes = http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret)
        return opened


def base64(data: bytes) -> str:
    """As browsers write keys."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()
