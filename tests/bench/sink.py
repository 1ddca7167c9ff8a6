"""A push service that takes everything, in a process of its own; by TLS if it has files for it.

It shares the cores with what is measured, so it does no more than it must.
"""

import asyncio
import re
import ssl
import sys

TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Sink(asyncio.Protocol):
    """One connection: reads a whole post, answers, and waits for the next."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._read = transport, b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        length = int(found[1]) if found else 0
        if end and len(body) >= length:
            self._read = body[length:]
            self._transport.write(TAKEN)


async def main(port: int, *files: str) -> None:
    tls = None
    if files:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*files)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", port, ssl=tls)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
