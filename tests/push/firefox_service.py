"""A push service of the tests: to a stock Firefox its WebSocket, to us the place we POST to."""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from uuid import uuid4

from aiohttp import web

from tests.push.channels import Channel, Channels, Message
from tests.push.service import GONE, TAKEN, serving
from tests.waiting import until

T = TypeVar("T")
PATIENCE = 10
Said = dict[str, Any]
Judge = Callable[[Mapping[str, str], bytes, str, str], int]


def accept(_headers: Mapping[str, str], _body: bytes, _public_key: str, _origin: str) -> int:
    """The judge to whom everything is right."""
    return TAKEN


@dataclass(frozen=True)
class Arrival:
    """What was posted to an endpoint, and how it was answered."""

    endpoint: str
    headers: Mapping[str, str]
    body: bytes
    status: int


@dataclass(frozen=True)
class Ack:
    """Firefox's word on a message, before its worker has run: 100 decrypted, 101 not, 102 nobody
    there for it; afterwards perhaps 301 or 302: the worker failed."""

    version: str
    code: int


class FirefoxPushService:
    """Runs inside `with`, in a thread of its own; `judge` decides the answer to each POST."""

    origin: str

    def __init__(self, judge: Judge = accept) -> None:
        self.received: list[Arrival] = []
        self.refused: list[Arrival] = []
        self.acks: list[Ack] = []
        self._judge = judge
        self._answers: deque[tuple[int, Mapping[str, str]]] = deque()
        self._channels = Channels()
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._passed = 0.0
        self._serving: AbstractContextManager[str] = serving(self._app())

    def __enter__(self) -> Self:
        self.origin = self._serving.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._serving.__exit__(None, None, None)

    def answer_next(self, status: int, retry_after: int | None = None) -> None:
        """Answer the next POST so, without looking at it; several are used up in their order."""
        more = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self._answers.append((status, more))

    def posts(self, count: int) -> list[Arrival]:
        """The first accepted ones, waited for."""
        return until(lambda: _first(count, self.received), f"{count} accepted messages")

    def acked(self, count: int) -> list[Ack]:
        """Firefox's first words on messages, waited for."""
        return until(lambda: _first(count, self.acks), f"{count} acknowledgements")

    def pass_time(self, seconds: float) -> None:
        """Messages that wait grow older by so much."""
        self._passed += seconds

    def forget_browsers(self) -> None:
        """Lose every subscription: endpoints are gone, and each browser tells its workers."""
        asyncio.run_coroutine_threadsafe(self._forget(), self._loop).result(PATIENCE)

    def tidy(self) -> None:
        """Forget what was said, not who subscribed."""
        for kept in (self.received, self.refused, self.acks, self._answers):
            kept.clear()

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/", self._socket), web.post("/push/{token}", self._post)])
        app.on_startup.append(self._started)
        app.on_shutdown.append(self._hang_up)
        return app

    async def _started(self, _app: web.Application) -> None:
        self._loop = asyncio.get_running_loop()

    async def _hang_up(self, _app: web.Application | None = None) -> None:
        for socket in list(self._sockets.values()):
            await socket.close()

    async def _forget(self) -> None:
        self._channels.clear()
        await self._hang_up()

    # What we bring.

    async def _post(self, request: web.Request) -> web.Response:
        channel = self._channels.at(request.match_info["token"])
        body = await request.read()
        status, more = self._answer(channel, request.headers, body)
        arrival = Arrival(str(request.url), request.headers, body, status)
        (self.received if status == TAKEN else self.refused).append(arrival)
        if channel and status == TAKEN:
            await self._pass_on(channel, arrival)
        return web.Response(status=status, headers=more)

    def _answer(
        self, channel: Channel | None, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str]]:
        if self._answers:
            return self._answers.popleft()
        if channel is None:
            return GONE, {}
        return self._judge(headers, body, channel.public_key, self.origin), {}

    async def _pass_on(self, channel: Channel, arrival: Arrival) -> None:
        ends = self._now() + int(arrival.headers.get("TTL", 0))
        message = Message(uuid4().hex, arrival.body, arrival.headers.get("Topic"), ends)
        channel.keep(message)
        if socket := self._sockets.get(channel.browser):
            await _send(socket, _notification(channel, message))

    def _now(self) -> float:
        return time.monotonic() + self._passed

    # What Firefox says.

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        browser = ""
        async for frame in socket:
            said = json.loads(frame.data)
            if said.get("messageType") == "hello":
                browser = await self._hello(socket, said)
            else:
                await self._hear(socket, browser, said)
        if self._sockets.get(browser) is socket:
            del self._sockets[browser]
        return socket

    async def _hello(self, socket: web.WebSocketResponse, said: Said) -> str:
        browser = self._channels.greet(said.get("uaid"))
        known = {"status": 200, "uaid": browser, "use_webpush": True, "broadcasts": {}}
        await _send(socket, {"messageType": "hello", **known})
        # In one breath: what is posted from now on goes out by itself.
        waiting, self._sockets[browser] = self._waiting(browser), socket
        for notification in waiting:
            await _send(socket, notification)
        return browser

    def _waiting(self, browser: str) -> list[Said]:
        return [
            _notification(channel, message)
            for channel in self._channels.of(browser)
            for message in channel.waiting
            if self._now() < message.until
        ]

    async def _hear(self, socket: web.WebSocketResponse, browser: str, said: Said) -> None:
        match said.get("messageType"):
            case None | "ping":
                await _send(socket, {})
            case "register":
                await _send(socket, self._registered(browser, said))
            case "unregister":
                self._channels.unregister(browser, said["channelID"])
                await _send(socket, {**said, "status": 200})
            case "ack":
                self._acknowledged(browser, said["updates"])
            case "nack":
                self.acks.append(Ack(said["version"], said["code"]))

    def _registered(self, browser: str, said: Said) -> Said:
        channel = Channel(said["channelID"], browser, said.get("key", "").rstrip("="))
        self._channels.register(channel)
        endpoint = f"{self.origin}/push/{channel.token}"
        return {**said, "status": 200, "pushEndpoint": endpoint}

    def _acknowledged(self, browser: str, updates: list[Said]) -> None:
        for update in updates:
            for channel in self._channels.of(browser):
                channel.arrived(update["version"])
            self.acks.append(Ack(update["version"], update["code"]))


def _first(count: int, known: list[T]) -> list[T] | None:
    return known[:count] if len(known) >= count else None


def _notification(channel: Channel, message: Message) -> Said:
    return {
        "messageType": "notification",
        "channelID": channel.id,
        "version": message.version,
        "data": urlsafe_b64encode(message.body).decode().rstrip("="),
        "headers": {"encoding": "aes128gcm"},
    }


async def _send(socket: web.WebSocketResponse, message: Said) -> None:
    # A browser that is just leaving gets it when it says hello again.
    with suppress(ConnectionError):
        await socket.send_str(json.dumps(message))
