"""Where a connection may lead: every address is judged as it is connected to, however named."""

import socket
from urllib.parse import urlsplit

from aiohttp import AddrInfoType, ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from journal.config import LOOPBACK
from journal.push.endpoint import may_connect


class GuardedResolver(AbstractResolver):
    """Resolves to addresses of the public internet, and to this machine for `also` alone.

    What it returns is what is connected to: nobody asks for the name again.
    """

    def __init__(self, also: frozenset[str], inner: AbstractResolver | None = None) -> None:
        self._also = _places(also)
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        here = (host, port) in self._also
        found = await self._inner.resolve(host, port, family)
        allowed = [
            one for one in found if may_connect(one["host"]) or (here and one["host"] in LOOPBACK)
        ]
        if not allowed:
            raise OSError(f"{host} is not on the public internet")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


class GuardedSockets:
    """Opens a socket for an address that may be connected to. Raises OSError for any other.

    A URL may hold an address itself, and then no resolver is asked.
    """

    def __init__(self, also: frozenset[str]) -> None:
        self._ports = {port for _, port in _places(also)}

    def __call__(self, info: AddrInfoType) -> socket.socket:
        family, kind, proto, _, (address, port, *_) = info
        here = address in LOOPBACK and port in self._ports
        if not here and not may_connect(address):
            raise OSError(f"{address} is not on the public internet")
        return socket.socket(family, kind, proto)


def _places(origins: frozenset[str]) -> set[tuple[str | None, int | None]]:
    return {(origin.hostname, origin.port) for origin in map(urlsplit, origins)}
