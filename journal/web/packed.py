"""Pages go out compressed: a bad connection is what a phone in bed has."""

import gzip
import io
import secrets

from flask import Flask, Response, request

TYPES = frozenset({"text/html", "text/javascript", "application/json", "application/manifest+json"})
WORTH_IT = 1000
PADDING = 100


def init_app(app: Flask) -> None:
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype not in TYPES or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if request.accept_encodings["gzip"] and len(body) >= WORTH_IT:
        response.set_data(_packed(body))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(body: bytes) -> bytes:
    # A name of random length in the head: how well a page packs is no way to guess its tokens.
    name = "x" * (1 + secrets.randbelow(PADDING))
    packed = io.BytesIO()
    with gzip.GzipFile(name, "wb", 6, packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
