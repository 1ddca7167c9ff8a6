"""Serving: gunicorn for the pages, the worker beside it, and both stopped together."""

import multiprocessing
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from journal import create_app
from journal.config import Config, ConfigError
from journal.web import logs
from journal.worker import Worker

WORKERS, THREADS = 2, 4
GRACE = 8


class Pages(BaseApplication):  # type: ignore[misc]
    """Gunicorn, set up here and nowhere else."""

    def __init__(self, config: Config, host: str, port: int) -> None:
        self._config = config
        self._address = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": self._address,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "warning",
            "graceful_timeout": GRACE,
            # Ours writes the rule of a request, never its path.
            "accesslog": None,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._config)


def check_port(host: str, port: int) -> None:
    """Raise ConfigError where something else listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(
                f"port {port} is taken; try another one: make run PORT={port + 1}"
            ) from error


def web(config: Config, host: str, port: int) -> None:
    """Serve the pages until told to stop."""
    logs.set_up()
    Pages(config, host, port).run()


def work(config: Config) -> None:
    """Run the worker until told to stop; the work in hand is finished first."""
    logs.set_up()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker(config).run(stop)


def both(config: Config, host: str, port: int) -> int:
    """Pages and worker, each a process; when one ends, so does the other. The exit status."""
    context = multiprocessing.get_context("spawn")
    children: list[BaseProcess] = [
        context.Process(target=_quietly, args=(web, config, host, port), name="web"),
        context.Process(target=_quietly, args=(work, config), name="worker"),
    ]
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    for child in children:
        child.start()
    while not stopped.wait(0.3) and all(child.is_alive() for child in children):
        pass
    failed = not stopped.is_set()
    for child in children:
        if child.pid and child.is_alive():
            child.terminate()
    for child in children:
        child.join(GRACE)
    return int(failed)


def _quietly(target: Callable[..., None], *args: object) -> None:
    with suppress(KeyboardInterrupt):
        target(*args)
