"""What is sent to a device: the words of a notification, encrypted for that one browser."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from journal import clock
from journal.errors import Invalid, words
from journal.push.vapid import Authorization, Keys

# A push service takes 4096 bytes: 86 of header, 16 of tag, 1 of padding, and this.
LARGEST = 3993
P256DH = re.compile(r"[A-Za-z0-9_-]{87}")
AUTH = re.compile(r"[A-Za-z0-9_-]{22}")
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class Message:
    """One notification for one device: of no use after `ttl` seconds; the next of its tag
    replaces it."""

    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    ttl: int
    tag: str


@dataclass(frozen=True, slots=True)
class Encrypted:
    """What is posted to the endpoint, as it stands."""

    endpoint: str
    headers: Mapping[str, str]
    body: bytes


def payload(
    delivery_id: UUID,
    title: str,
    body: str,
    navigate: str,
    tag: str,
    lang: str,
    *,
    later: str | None = None,
) -> bytes:
    """A notification as Declarative Web Push has it, which our own worker reads as well.

    `navigate` is an absolute URL of ours; `later` names the button that asks again later.
    Raises ValueError for what no phone would show.
    """
    if not title or not urlsplit(navigate).netloc:
        raise ValueError("a notification needs a title, and an absolute URL to lead to")
    notification = {
        "title": title,
        "body": body,
        "navigate": navigate,
        "lang": lang,
        "tag": tag,
        "data": {
            "id": str(delivery_id),
            "receipt": urljoin(navigate, f"/push/receipts/{delivery_id}"),
        },
        "actions": [{"action": "later", "title": later}] if later else [],
        "mutable": True,
    }
    # Mutable: a browser that could show it by itself still asks our worker, which confirms it.
    # The first Safaris that can look for it inside the notification, later ones beside it.
    whole = {"web_push": 8030, "notification": notification, "app_badge": 1, "mutable": True}
    return _sized(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode())


def topic(tag: str) -> str:
    """The tag, as the Topic header can say it."""
    if TOPIC.fullmatch(tag):
        return tag
    return urlsafe_b64encode(sha256(tag.encode()).digest()[:24]).decode()


def check_keys(p256dh: str, auth: str) -> None:
    """See that a browser's keys can be encrypted for. Raises Invalid."""
    try:
        if not P256DH.fullmatch(p256dh) or not AUTH.fullmatch(auth):
            raise ValueError
        point = urlsafe_b64decode(p256dh + "=")
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Invalid(words("These are not the keys of a browser."), field="keys") from error


class Encrypter:
    """Encrypts (RFC 8291) and signs; one instance for one thread or many."""

    def __init__(self, keys: Keys, contact: str, now: Callable[[], datetime] = clock.now) -> None:
        # Web processes check keys and never encrypt: it would cost each of them 20 MB.
        from webpush import WebPush
        from webpush.types import WebPushKeys, WebPushSubscription

        self._push = WebPush(keys.private_pem, keys.public_pem, subscriber=contact)
        self._push.vapid = Authorization(keys, contact, now)
        # Not validated: that would write the endpoint anew, and not as the browser gave it.
        self._subscription = WebPushSubscription.model_construct
        self._keys = WebPushKeys.model_construct

    def encrypt(self, message: Message) -> Encrypted:
        """Raises ValueError for what cannot be sent."""
        if message.ttl < 0:
            raise ValueError("its time is over")
        keys = self._keys(p256dh=message.p256dh, auth=message.auth)
        subscription = self._subscription(endpoint=message.endpoint, keys=keys)
        # Nothing more is handed in: webpush would remember it for the next message.
        sealed = self._push.get(_sized(message.payload), subscription)
        headers = {
            "TTL": str(message.ttl),
            "Urgency": "normal",
            "Topic": topic(message.tag),
            "Content-Encoding": "aes128gcm",
            "Authorization": sealed.headers["authorization"],
        }
        return Encrypted(message.endpoint, headers, sealed.encrypted)


def _sized(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise ValueError(f"{len(data)} bytes are too many: there is room for {LARGEST}")
    return data
