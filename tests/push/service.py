"""A push service of the tests, its HTTP half: it judges what is posted as Mozilla's does."""

import asyncio
import re
import threading
import time
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from uuid import uuid4

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from multidict import CIMultiDict

TAKEN, MALFORMED, NOT_PROVEN, OTHER_KEY, GONE, TOO_LARGE = 201, 400, 401, 403, 410, 413
LARGEST = 4096
LONGEST_PROOF = 24 * 3600
AUTHORIZATION = re.compile(r"vapid t=([\w.-]+), ?k=([\w-]+)", re.ASCII)
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class Posted:
    """What was sent to a subscription, and how it was answered."""

    headers: Mapping[str, str]
    body: bytes
    status: int


@dataclass
class Subscription:
    """Somebody's, made with our public key; `gone` when she took the permission back."""

    public_key: str
    gone: bool = False
    posted: list[Posted] = field(default_factory=list)

    @property
    def taken(self) -> list[Posted]:
        """What her browser will get."""
        return [one for one in self.posted if one.status == TAKEN]


class Service:
    """Subscriptions, and what was posted to each. `busy` says so for the next posts."""

    def __init__(self) -> None:
        self.origin = ""
        self.subscriptions: dict[str, Subscription] = {}
        self._busy: deque[str] = deque()

    def subscribe(self, public_key: str) -> str:
        """A new subscription; its endpoint."""
        name = uuid4().hex
        self.subscriptions[name] = Subscription(public_key)
        return f"{self.origin}/push/{name}"

    def at(self, endpoint: str) -> Subscription:
        return self.subscriptions[endpoint.rpartition("/")[2]]

    def busy(self, retry_after: str) -> None:
        """Too many at once: come back after so long, once."""
        self._busy.append(retry_after)

    async def post(self, request: web.Request) -> web.Response:
        subscription = self.subscriptions[request.match_info["name"]]
        body = await request.read()
        status, more = self._answer(subscription, request.headers, body)
        subscription.posted.append(Posted(request.headers, body, status))
        return web.Response(status=status, headers=more)

    def _answer(
        self, subscription: Subscription, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str]]:
        if self._busy:
            return 429, {"Retry-After": self._busy.popleft()}
        if subscription.gone:
            return GONE, {}
        status = judge(headers, body, subscription.public_key, self.origin)
        return status, {"Location": f"{self.origin}/m/{uuid4().hex}"} if status == TAKEN else {}

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/push/{name}", self.post)])
        return app


def judge(headers: Mapping[str, str], body: bytes, public_key: str, origin: str) -> int:
    """The status for a message to a subscription that was made with `public_key`."""
    headers = CIMultiDict(headers)
    if not headers.get("TTL", "").isdecimal() or not _is_encrypted(headers, body):
        return MALFORMED
    if "Topic" in headers and not TOPIC.fullmatch(headers["Topic"]):
        return MALFORMED
    if len(body) > LARGEST:
        return TOO_LARGE
    proof = AUTHORIZATION.fullmatch(headers.get("Authorization", ""))
    if proof is None or not _proves(proof[1], proof[2], origin):
        return NOT_PROVEN
    return TAKEN if proof[2] == public_key else OTHER_KEY


@contextmanager
def serving(app: web.Application, tls: SSLContext | None = None) -> Iterator[str]:
    """Serve an app on this machine, in a thread of its own; its origin."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        port = asyncio.run_coroutine_threadsafe(_started(runner, tls), loop).result()
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def push_service() -> Iterator[Service]:
    """A push service that listens."""
    service = Service()
    with serving(service.app()) as service.origin:
        yield service


async def _started(runner: web.AppRunner, tls: SSLContext | None) -> int:
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    port: int = runner.addresses[0][1]
    return port


def _is_encrypted(headers: Mapping[str, str], body: bytes) -> bool:
    """Salt, size of a record, and a public key of 65 bytes stand before what is encrypted."""
    return headers.get("Content-Encoding") == "aes128gcm" and body[20:22] == b"A\x04"


def _proves(token: str, key: str, origin: str) -> bool:
    """Whether a token is signed, for this service, not for too long, and says who to write to."""
    try:
        claims = jwt.decode(
            token,
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key)),
            algorithms=["ES256"],
            audience=origin,
            options={"require": ["aud", "exp", "sub"]},
        )
    except (jwt.InvalidTokenError, ValueError):
        return False
    soon = claims["exp"] <= time.time() + LONGEST_PROOF
    return soon and str(claims["sub"]).startswith(("mailto:", "https://"))


def _bytes(key: str) -> bytes:
    return urlsafe_b64decode(key + "=" * (-len(key) % 4))
