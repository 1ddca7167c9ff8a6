"""WebKit, the nearest thing to an iPhone: its driver and its small browser, on a screen of theirs.

Never with WEBKIT_DISABLE_COMPOSITING_MODE: once a window is closed, the next page never loads.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self

from tests.browser.browsers import free_port, webkit
from tests.browser.page import Page
from tests.browser.programs import kill, start
from tests.browser.webdriver import WebDriver, is_ready
from tests.people import ZONE
from tests.waiting import until

START = 60
SCREEN = "1024x1024x24"
# Its bar of buttons keeps a window from being as narrow as a phone.
PHONE = {"width": 447, "height": 800}


class WebKit:
    """Opened by `with`. What it keeps outlives its windows, and ends with it."""

    page: Page

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            display = opening.enter_context(_screen(self._folder / "screen-said.txt"))
            port = opening.enter_context(_driver(self._folder, display))
            self._driver = opening.enter_context(closing(WebDriver(port)))
            self._opened = opening.pop_all()
        self._driver.ask("WebDriver:SetWindowRect", **PHONE)
        self.page = Page(self._driver)
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def open_window(self) -> None:
        """Beside those there are, and turn to it."""
        opened = self._driver.ask("WebDriver:NewWindow", type="window")
        self._turn_to(opened["handle"])

    def close_window(self) -> None:
        """As a person does: a page is gone with all it held. An empty window is before her then,
        for a session without one would end, and forget everything."""
        opened = self._driver.ask("WebDriver:NewWindow", type="window")
        self._driver.ask("WebDriver:CloseWindow")
        self._turn_to(opened["handle"])

    def _turn_to(self, handle: str) -> None:
        self._driver.ask("WebDriver:SwitchToWindow", handle=handle)
        self._driver.ask("WebDriver:SetWindowRect", **PHONE)


@contextmanager
def _screen(said: Path) -> Iterator[str]:
    """A screen that nobody sees; its name."""
    reads, writes = os.pipe()
    command = [webkit().screen, "-displayfd", str(writes), "-screen", "0", SCREEN]
    with _running([*command, "-nolisten", "tcp"], said, {}, writes):
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        assert number, said.read_text()
        yield f":{number}"


@contextmanager
def _driver(folder: Path, display: str) -> Iterator[int]:
    """WebKit's driver; its port."""
    port, said = free_port(), folder / "webkit-said.txt"
    command = [webkit().driver, f"--port={port}"]
    with _running(command, said, _environ(folder, display)) as process:
        until(lambda: _ready(port, process, said), "the start of WebKit's driver", START)
        yield port


@contextmanager
def _running(
    command: list[str], said: Path, environ: Mapping[str, str], *pass_fds: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = start(command, said, environ, pass_fds)
    try:
        yield process
    finally:
        kill(process)


def _environ(folder: Path, display: str) -> Mapping[str, str]:
    """A home, a screen, no desktop: whoever runs the tests is not met. It is where Ana lives."""
    own = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    return {
        **dict.fromkeys(own, str(folder)),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        "NO_AT_BRIDGE": "1",
        "TZ": ZONE,
    }


def _ready(port: int, process: subprocess.Popen[bytes], said: Path) -> bool:
    assert process.poll() is None, said.read_text()
    return is_ready(port)
