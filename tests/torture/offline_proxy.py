"""A phone's way to the server, which misbehaves as it is told and remembers what was sent."""

import asyncio
import json
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from time import time
from typing import Any

SLOW = 0.8
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n"
    b"Connection: close\r\n\r\nPay for WiFi"
)
WORKER = "/service-worker.js"
END = b"\r\n\r\n"


class Way(StrEnum):
    """How it is just now. What cuts and delays does it to what programs send and ask."""

    WHOLE = "whole"
    AWAY = "away"
    DOWN = "down"
    BEFORE = "cut before it arrives"
    AFTER = "cut after it arrived"
    HALF = "half an answer"
    SLOW = "slow answers"
    LATE = "slow to arrive"
    PORTAL = "a portal"


@dataclass(frozen=True)
class Sent:
    """A letter as the phone sent it, whether it arrived or not."""

    at: float
    day: str
    edit: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    head: list[bytes]
    body: bytes

    @property
    def is_program(self) -> bool:
        path = self.path.partition("?")[0]
        return self.method == "PUT" or path in ("/csrf", "/entries")

    @property
    def is_static(self) -> bool:
        return self.path.startswith("/static/")

    def onward(self) -> bytes:
        """The same, asking for a plain answer and no other after it."""
        kept = [line for line in self.head if not re.match(rb"(?i)connection:|accept-enc", line)]
        return b"\r\n".join([*kept, b"Connection: close"]) + END + self.body


@dataclass
class Proxy:
    """Listens on a port of its own; `files` holds what never changes, for all proxies alike."""

    server: int
    files: dict[str, bytes]
    way: Way = Way.WHOLE
    release: int = 0
    port: int = 0
    sent: list[Sent] = field(default_factory=list)
    _open: set[asyncio.Task[None] | None] = field(default_factory=set)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        # Who only waits for more to come is held by nobody else.
        self._open.add(asyncio.current_task())
        try:
            asked = await _read(reader)
            self._remember(asked)
            writer.write(await self._answer(asked))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever asked went away, or all is over
        finally:
            self._open.discard(asyncio.current_task())
            writer.close()

    def end(self) -> None:
        for task in self._open:
            if task:
                task.cancel()

    async def _answer(self, asked: Asked) -> bytes:
        match self.way if asked.is_program else _around(self.way):
            case Way.DOWN | Way.AWAY | Way.BEFORE:
                return b""
            case Way.PORTAL:
                return PORTAL
            case Way.AFTER:
                await self._pass_on(asked)
                return b""
            case Way.HALF:
                return _half(await self._pass_on(asked))
            case Way.SLOW:
                answer = await self._pass_on(asked)
                await asyncio.sleep(SLOW)
                return answer
            case Way.LATE:
                await asyncio.sleep(SLOW)
        return await self._pass_on(asked)

    async def _pass_on(self, asked: Asked) -> bytes:
        if asked.path in self.files:
            return self.files[asked.path]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server)
        try:
            writer.write(asked.onward())
            answer = await reader.read(-1)
        finally:
            writer.close()
        if asked.is_static:
            self.files[asked.path] = answer
        return _released(answer, self.release) if asked.path == WORKER else answer

    def _remember(self, asked: Asked) -> None:
        if asked.method != "PUT" or not asked.path.startswith("/entries"):
            return
        said, now = json.loads(asked.body), time()
        for edit in said.get("edits", [said]):
            day = edit.pop("day", asked.path.rpartition("/")[2])
            self.sent.append(Sent(now, day, edit))


@asynccontextmanager
async def proxied(server: int, files: dict[str, bytes]) -> AsyncIterator[Proxy]:
    """A proxy that listens before the server of this port."""
    proxy = Proxy(server, files)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, backlog=256)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listening.close()
        proxy.end()


async def _read(reader: StreamReader) -> Asked:
    head = (await reader.readuntil(END)).removesuffix(END).split(b"\r\n")
    method, path, _ = head[0].decode().split(" ")
    length = next((int(line[15:]) for line in head if re.match(rb"(?i)content-length:", line)), 0)
    return Asked(method, path, head, await reader.readexactly(length))


def _around(way: Way) -> Way:
    """How it is for pages and files."""
    return way if way in (Way.DOWN, Way.AWAY, Way.PORTAL) else Way.WHOLE


def _half(answer: bytes) -> bytes:
    begins = answer.index(END) + len(END)
    return answer[: (begins + len(answer)) // 2]


def _released(answer: bytes, release: int) -> bytes:
    """The worker as a later release has it."""
    head, _, body = answer.partition(END)
    body = body.replace(b'"version": "', b'"version": "%d-' % release, 1)
    head = re.sub(rb"(?i)(content-length:) *\d+", rb"\1 %d" % len(body), head)
    return head + END + body
