"""The application and its engine, made once for what they are given: making them takes long."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from flask import Flask
from sqlalchemy import Engine

from journal import create_app
from journal.config import Config
from journal.db import make_engine

_made: list[tuple[Config, Flask]] = []


@contextmanager
def running(config: Config) -> Iterator[Flask]:
    """The one with this configuration; whoever changes something about it changes it back."""
    app = next((app for known, app in _made if known == config), None) or _make(config)
    with _without_connections(app.extensions["engine"]):
        yield app


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    """The engine for this URL."""
    with _without_connections(_engine(url)) as engine:
        yield engine


@contextmanager
def _without_connections(engine: Engine) -> Iterator[Engine]:
    """Before it, since a late request of another test may have left one; and after it."""
    engine.dispose()
    yield engine
    engine.dispose()


def _make(config: Config) -> Flask:
    app = create_app(config)
    _made.append((config, app))
    return app


@lru_cache
def _engine(url: str) -> Engine:
    return make_engine(url)
