"""Finding a real browser: an installed one, Playwright's own, or the system's, in that order."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
HOW = (
    "No Chromium is to be had. Install one (on Debian and Ubuntu: apt install chromium), "
    "or let Playwright fetch its own: .venv/bin/playwright install chromium"
)


def chromium() -> str:
    """The path of a Chromium. Raises RuntimeError saying how to get one."""
    found = _installed() or _playwrights() or _from_apt()
    if found is None:
        raise RuntimeError(HOW)
    return found


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _installed() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return path if Path(path).exists() else None


def _from_apt() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
    return _installed()


if __name__ == "__main__":
    try:
        chromium()
    except RuntimeError as error:
        sys.exit(str(error))
