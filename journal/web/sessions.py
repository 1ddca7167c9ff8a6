"""One database session a request; what was not committed is undone."""

from contextlib import ExitStack

from flask import Flask, g, request
from sqlalchemy import Engine

from journal.db import opened
from journal.vault import Vault

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, engine: Engine, vault: Vault) -> None:
    app.extensions["engine"] = engine
    app.extensions["vault"] = vault

    @app.before_request
    def open_session() -> None:
        g.stack = ExitStack()
        g.stack.enter_context(opened(engine, vault, writing=_may_write()))

    @app.teardown_request
    def close_session(_error: BaseException | None) -> None:
        if stack := g.pop("stack", None):
            stack.close()


def _may_write() -> bool:
    """The care team's pages write when they are read: looking is recorded."""
    return request.method not in SAFE or request.path.startswith("/clinic")
