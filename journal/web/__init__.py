"""What every request shares: its session, its answers when something fails, its headers."""

from flask import Flask
from sqlalchemy import Engine

from journal.config import Config
from journal.forms import csrf
from journal.urls import DayConverter
from journal.vault import Vault
from journal.web import (
    assets,
    bodies,
    errors,
    headers,
    locale,
    logs,
    machines,
    metrics,
    packed,
    sessions,
    shells,
)


def init_app(app: Flask, config: Config, engine: Engine, vault: Vault) -> None:
    """Give `app` all of it. The order is the order of the request's way through."""
    app.url_map.converters["day"] = DayConverter
    logs.init_app(app)
    sessions.init_app(app, engine, vault)
    bodies.init_app(app)
    csrf.init_app(app)
    errors.init_app(app)
    packed.init_app(app)
    headers.init_app(app, config)
    assets.init_app(app, config)
    locale.init_app(app)
    app.register_blueprint(machines.bp)
    app.register_blueprint(metrics.bp)
    app.register_blueprint(shells.bp)
