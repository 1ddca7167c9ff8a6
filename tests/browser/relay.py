"""What stands between a phone and the server: TLS ends here, and the line can be cut."""

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator, Coroutine, Mapping
from pathlib import Path
from socket import SO_REUSEPORT, SOL_SOCKET, socket
from typing import Self
from urllib.parse import urlsplit

from aiohttp import ClientSession, DummyCookieJar, web
from multidict import CIMultiDict
from yarl import URL

# What belongs to one of the two connections, and not to what passes through.
OWN = ("Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding")


class Relay:
    """A reverse proxy as JOURNAL_PROXIES counts them. Runs inside `with`, in a thread of its own.

    It answers at `origin`, and passes on to the server `behind`.
    """

    def __init__(self, origin: str, behind: str, certificate: tuple[Path, Path]) -> None:
        self.origin = origin
        self._behind = behind
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(*certificate)
        self._port = _held(urlsplit(origin).port or 443)
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        self._line: web.TCPSite | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._runner.setup())
        self.restore()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._do(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._port.close()

    def cut(self) -> None:
        """Whoever calls is refused, and whoever was talking never hears the answer."""
        self._do(self._cut())

    def restore(self) -> None:
        self._do(self._restore())

    def _do(self, what: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _cut(self) -> None:
        line, self._line = self._line, None
        if line:
            await line.stop()
        for connection in self._connections():
            connection.abort()

    async def _restore(self) -> None:
        host, port = self._port.getsockname()
        self._line = web.TCPSite(self._runner, host, port, ssl_context=self._tls, reuse_port=True)
        await self._line.start()

    def _connections(self) -> list[asyncio.Transport]:
        assert self._runner.server
        known = self._runner.server.connections
        return [one.transport for one in known if one.transport]

    def _app(self) -> web.Application:
        app = web.Application()
        app.cleanup_ctx.append(self._reach)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        return app

    async def _reach(self, _app: web.Application) -> AsyncIterator[None]:
        session = ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False)
        async with session as self._server:
            yield

    async def _pass_on(self, request: web.Request) -> web.Response:
        if self._line is None and request.transport:
            # It was still shaking hands when the line was cut.
            request.transport.abort()
            return web.Response()
        async with self._server.request(
            request.method,
            URL(self._behind + request.raw_path, encoded=True),
            headers=_forwarded(request),
            data=await request.read() or None,
            allow_redirects=False,
        ) as answer:
            body, headers = await answer.read(), _without_own(answer.headers)
        return web.Response(status=answer.status, headers=headers, body=body)


def _held(port: int) -> socket:
    """A port that nobody else on this machine gets, also while nothing listens on it."""
    held = socket()
    held.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
    held.bind(("127.0.0.1", port))
    return held


def _forwarded(request: web.Request) -> CIMultiDict[str]:
    headers = _without_own(request.headers)
    headers["X-Forwarded-For"] = request.remote or ""
    headers["X-Forwarded-Host"] = request.host
    headers["X-Forwarded-Proto"] = request.scheme
    return headers


def _without_own(headers: Mapping[str, str]) -> CIMultiDict[str]:
    passed = CIMultiDict(headers)
    for name in OWN:
        passed.popall(name, None)
    return passed
