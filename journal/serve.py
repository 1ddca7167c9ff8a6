"""Serving: gunicorn for the pages, the worker beside it, and both stopped together."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from errno import EADDRINUSE
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from journal import create_app
from journal.config import Config, ConfigError
from journal.processes import STOPS, outlive_nobody
from journal.web import logs
from journal.worker import Worker

log = logging.getLogger("journal")

WORKERS, THREADS = 2, 4
FINISH, GRACE = 4, 8
SHORTLY = 0.2


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
            "graceful_timeout": FINISH,
            # Ours writes the rule of a request, never its path.
            "accesslog": None,
            # How many proxies are believed is JOURNAL_PROXIES' to say, and create_app's to do.
            "secure_scheme_headers": {},
            "forwarded_allow_ips": "",
            # It would put a socket in the home of whoever runs us.
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._config)


def check_port(host: str, port: int, instead: str) -> None:
    """Raise ConfigError for a port that cannot be had; `instead` is what to type before another."""
    fault = _fault(host, port)
    if fault is None:
        return
    free = next((n for n in range(port + 1, 65536) if _fault(host, n) is None), 8000)
    why = "is taken" if fault.errno == EADDRINUSE else f"cannot be used ({fault.strerror})"
    raise ConfigError(f"port {port} {why}; this one is free: {instead}{free}")


def check_proxies(config: Config) -> None:
    """Raise ConfigError where a proxy must stand in front and none is believed.

    Else everybody's wrong passwords would count as the proxy's.
    """
    if config.base_url.startswith("https:") and not config.proxies:
        raise ConfigError(
            "JOURNAL_BASE_URL is https, so a proxy stands in front that speaks it: say how many "
            "there are with JOURNAL_PROXIES, mostly 1"
        )


def web(config: Config, host: str, port: int) -> None:
    """Serve the pages until told to stop."""
    _set_up_log(config)
    # Once before there are two of it: it refuses what must not be served, and writes static files.
    create_app(config).extensions["engine"].dispose()
    Pages(config, host, port).run()


def work(config: Config) -> None:
    """Run the worker until told to stop; the work in hand is finished first."""
    _set_up_log(config)
    stop = threading.Event()
    for number in STOPS:
        signal.signal(number, lambda *_: stop.set())
    Worker(config).run(stop)


def both(config: Config, host: str, port: int, ready: Callable[[], None]) -> int:
    """Pages and worker, each a process; when one ends, so does the other. The exit status.

    `ready` is called once, when the first page can be had.
    """
    stopped = threading.Event()
    for number in STOPS:
        signal.signal(number, lambda *_: stopped.set())
    context = multiprocessing.get_context("spawn")
    children: list[BaseProcess] = [
        context.Process(target=_alone, args=(web, config, host, port), name="web server"),
        context.Process(target=_alone, args=(work, config), name="worker"),
    ]
    _start(children)
    answered = False
    while not stopped.wait(SHORTLY) and all(child.is_alive() for child in children):
        if not answered and (answered := _answers(host, port)):
            ready()
    if not stopped.is_set():
        _say_who_ended(children)
    _end(children)
    return int(not stopped.is_set())


def _start(children: list[BaseProcess]) -> None:
    # Ctrl-C goes to everybody at the terminal: a child hears none of it until it stands alone.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    for child in children:
        child.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def _alone(target: Callable[..., None], *args: object) -> None:
    """Do it in a session of one's own, and not for longer than whoever started it lives."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    outlive_nobody(signal.SIGTERM)
    try:
        target(*args)
    except ConfigError as error:
        log.error(str(error))
        raise SystemExit(2) from None


def _say_who_ended(children: list[BaseProcess]) -> None:
    for child in children:
        if not child.is_alive():
            log.error(f"the {child.name} ended by itself ({child.exitcode}); stopping the other")


def _end(children: list[BaseProcess]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(GRACE)
        if child.is_alive():
            child.kill()
            child.join()


def _answers(host: str, port: int) -> bool:
    with closing(HTTPConnection(host, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _fault(host: str, port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _set_up_log(config: Config) -> None:
    logs.set_up()
    if config.demo:  # somebody looks at this terminal: only what went wrong
        log.setLevel(logging.WARNING)
