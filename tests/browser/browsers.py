"""Finding real browsers: an installed one, Playwright's own Chromium, or the system's package."""

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FIREFOX = ("firefox-esr", "firefox")
WEBKIT, WEBKIT_PACKAGE = ("WebKitWebDriver",), "webkit2gtk-driver"
SCREEN, SCREEN_PACKAGE = ("Xvfb",), "xvfb"
HOW_CHROMIUM = (
    "No Chromium is to be had. Install one (on Debian and Ubuntu: apt install chromium), "
    "or let Playwright fetch its own: .venv/bin/playwright install chromium"
)
HOW_FIREFOX = (
    "No Firefox is to be had, and only a stock one can show that reminders arrive. "
    "Install one (on Debian: apt install firefox-esr) so that firefox-esr or firefox is on the PATH"
)
HOW_WEBKIT = (
    "No WebKit is to be had, and no other browser is so near to an iPhone's. Install its driver "
    "and a screen for it (on Debian and Ubuntu: apt install webkit2gtk-driver xvfb) so that "
    "WebKitWebDriver and Xvfb are on the PATH"
)


@dataclass(frozen=True)
class WebKitPaths:
    """Of WebKit's driver, which knows where its browser is, and of a screen that nobody sees."""

    driver: str
    screen: str


def chromium() -> str:
    """The path of a Chromium. Raises RuntimeError saying how to get one."""
    found = _installed(CHROMIUM) or _playwrights() or _from_apt(CHROMIUM, CHROMIUM[0])
    if found is None:
        raise RuntimeError(HOW_CHROMIUM)
    return found


def firefox() -> str:
    """The path of a stock Firefox; Playwright's is not one. Raises RuntimeError saying how."""
    found = _installed(FIREFOX) or _from_apt(FIREFOX, FIREFOX[0])
    if found is None:
        raise RuntimeError(HOW_FIREFOX)
    return found


def webkit() -> WebKitPaths:
    """The paths of WebKitGTK's parts. Raises RuntimeError saying how to get them."""
    driver = _installed(WEBKIT) or _from_apt(WEBKIT, WEBKIT_PACKAGE)
    screen = _installed(SCREEN) or _from_apt(SCREEN, SCREEN_PACKAGE)
    if driver is None or screen is None:
        raise RuntimeError(HOW_WEBKIT)
    return WebKitPaths(driver, screen)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _installed(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return path if Path(path).exists() else None


def _from_apt(names: tuple[str, ...], package: str) -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    install = ("install", "-y", "-qq", package)
    # A fresh machine has no list of packages yet.
    if not _apt(*install) and _apt("update", "-qq"):
        _apt(*install)
    return _installed(names)


def _apt(*arguments: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", *arguments], env=quiet, check=False).returncode == 0


if __name__ == "__main__":
    try:
        chromium()
        firefox()
        webkit()
    except RuntimeError as error:
        sys.exit(str(error))
