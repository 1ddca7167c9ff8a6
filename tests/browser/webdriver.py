"""Driving a browser by WebDriver, the protocol they all speak over HTTP: a command, its answer."""

import json
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

from tests.browser.page import RefusedError

PATIENCE = 30
# The driver gives up before we give up on the driver: it knows why.
LONGER = PATIENCE + 15
WANTED = {
    # What the tests' own certificate is signed by is nobody known.
    "acceptInsecureCerts": True,
    "timeouts": {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000},
}
COMMANDS: Mapping[str, tuple[str, str]] = {
    "CloseWindow": ("DELETE", "/window"),
    "DeleteSession": ("DELETE", ""),
    "ElementClear": ("POST", "/element/{id}/clear"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "FindElement": ("POST", "/element"),
    "GetCurrentURL": ("GET", "/url"),
    "GetElementAttribute": ("GET", "/element/{id}/attribute/{name}"),
    "GetElementText": ("GET", "/element/{id}/text"),
    "GetWindowHandles": ("GET", "/window/handles"),
    "Navigate": ("POST", "/url"),
    "NewWindow": ("POST", "/window/new"),
    "SetWindowRect": ("POST", "/window/rect"),
    "SwitchToWindow": ("POST", "/window"),
    "TakeScreenshot": ("GET", "/screenshot"),
}


class WebDriver:
    """One session with the driver that listens there; the browser lives as long as it does."""

    def __init__(self, port: int) -> None:
        self._port = port
        wanted = {"capabilities": {"alwaysMatch": WANTED}}
        self._session = f"/session/{_ask(port, 'POST', '/session', wanted)['sessionId']}"

    def close(self) -> None:
        self.ask("WebDriver:DeleteSession")

    def ask(self, command: str, **parameters: object) -> Any:
        """What the browser answers. Raises RefusedError, or OSError when its driver is gone."""
        method, path = COMMANDS[command.removeprefix("WebDriver:")]
        return _ask(self._port, method, self._session + path.format(**parameters), parameters)

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns in the page; a promise is waited for."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=args)


def is_ready(port: int) -> bool:
    """Whether the driver there would begin a session."""
    try:
        return bool(_ask(port, "GET", "/status", {})["ready"])
    except OSError:
        return False


def _ask(port: int, method: str, path: str, parameters: Mapping[str, object]) -> Any:
    body = json.dumps(parameters) if method == "POST" else None
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGER)) as connection:
        connection.request(method, path, body)
        response = connection.getresponse()
        value = json.load(response)["value"]
    if response.status != 200:
        raise RefusedError(f"{value['error']}: {value['message']}")
    return value
