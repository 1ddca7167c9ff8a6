"""A push service that takes everything, in a process of its own; by TLS if it has files for it."""

import ssl
import sys

from aiohttp import web


async def take(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(status=201)


def main(port: int, *files: str) -> None:
    app, tls = web.Application(), None
    if files:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*files)
    app.router.add_post("/{device}", take)
    web.run_app(app, host="127.0.0.1", port=port, ssl_context=tls, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
