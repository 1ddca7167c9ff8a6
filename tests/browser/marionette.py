"""Driving a stock Firefox by Marionette, the protocol it brings along: a command, its answer."""

import json
import socket
from collections.abc import Callable
from typing import Any, TypeVar

from tests.waiting import until

T = TypeVar("T")
COMMAND = 0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 30
TABS = "return gBrowser.tabs.map((tab) => tab.linkedBrowser.currentURI.spec);"
SHOWN = """
return navigator.serviceWorker.getRegistration()
  .then((registration) => registration ? registration.getNotifications() : [])
  .then((all) => all.map(({ title, body, tag, lang, data }) => ({
    title, body, tag, lang, data: JSON.parse(JSON.stringify(data ?? null)),
  })));"""


class RefusedError(Exception):
    """Firefox could not do what it was asked."""


class Marionette:
    """One connection, on which one command at a time is under way."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._stream = self._socket.makefile("rwb")
        self._asked = 0
        self._read()  # It says hello first.
        self.ask("WebDriver:NewSession")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, command: str, **parameters: object) -> Any:
        """What Firefox answers. Raises RefusedError, or OSError when it is gone."""
        self._asked += 1
        self._write([COMMAND, self._asked, command, parameters])
        _, _, error, found = self._read()
        if error:
            raise RefusedError(f"{error['error']}: {error['message']}")
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns in the page; a promise is waited for."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=args)

    def run_privileged(self, script: str, *args: object) -> Any:
        """The same in the browser's own window, with the rights of the browser."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *args)
        finally:
            self.ask("Marionette:SetContext", value="content")

    def _write(self, message: object) -> None:
        frame = json.dumps(message).encode()
        self._stream.write(b"%d:%b" % (len(frame), frame))
        self._stream.flush()

    def _read(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise ConnectionError("Firefox hung up")
            length += digit
        return json.loads(self._stream.read(int(length)))


class Page:
    """The tab that a person has before her."""

    def __init__(self, marionette: Marionette) -> None:
        self._marionette = marionette

    @property
    def url(self) -> str:
        url: str = self._marionette.ask("WebDriver:GetCurrentURL")
        return url

    def goto(self, url: str) -> None:
        self._marionette.ask("WebDriver:Navigate", url=url)

    def run(self, script: str, *args: object) -> Any:
        """What a function's body returns; a promise is waited for."""
        return self._marionette.run(script, *args)

    def until(self, script: str, *args: object) -> Any:
        """What `run` gives, once that is something."""
        return _until(lambda: self.run(script, *args), script)

    def click(self, css: str) -> None:
        """A person's own gesture, so that the page may ask for a permission after it."""
        _until(lambda: self._clicked(css), f"a click on {css}")

    def fill(self, css: str, text: str) -> None:
        found = self._find(css)
        self._marionette.ask("WebDriver:ElementClear", id=found)
        self._marionette.ask("WebDriver:ElementSendKeys", id=found, text=text)

    def text(self, css: str) -> str:
        text: str = self._marionette.ask("WebDriver:GetElementText", id=self._find(css))
        return text

    def notifications(self) -> list[dict[str, Any]]:
        """Those of this site that nobody has closed, as the site itself is told of them."""
        found: list[dict[str, Any]] = self.run(SHOWN)
        return found

    def tabs(self) -> list[str]:
        """The addresses of all tabs, from left to right."""
        addresses: list[str] = self._marionette.run_privileged(TABS)
        return addresses

    def follow(self, part: str) -> None:
        """Turn to the tab whose address has `part` in it, as soon as there is one."""
        handle = _until(lambda: self._tab(part), f"a tab at {part}")
        self._marionette.ask("WebDriver:SwitchToWindow", handle=handle)

    def _tab(self, part: str) -> str | None:
        for handle in self._marionette.ask("WebDriver:GetWindowHandles"):
            self._marionette.ask("WebDriver:SwitchToWindow", handle=handle, focus=False)
            if part in self.url:
                return str(handle)
        return None

    def _clicked(self, css: str) -> bool:
        """Not while something lies over it, and not before the page has run its scripts."""
        if self.run("return document.readyState") != "complete":
            return False
        self._marionette.ask("WebDriver:ElementClick", id=self._find(css))
        return True

    def _find(self, css: str) -> str:
        look = {"using": "css selector", "value": css}
        found = _until(lambda: self._marionette.ask("WebDriver:FindElement", **look), css)
        return str(found[ELEMENT])


def _until(look: Callable[[], T | None], what: str) -> T:
    """As `until`; a page on its way to another refuses, and is asked again."""
    refused: list[str] = []

    def tried() -> T | None:
        try:
            return look()
        except RefusedError as error:
            refused[:] = [str(error)]
            return None

    try:
        return until(tried, what)
    except TimeoutError as error:
        raise TimeoutError(f"{error} {refused}") from None
