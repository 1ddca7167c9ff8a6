"""`make screenshots`: the pictures of the README and of the install dialogue, from the demo."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from journal.config import ROOT
from tests.browser.browsers import chromium, free_port

PORT = free_port()
BASE = f"http://127.0.0.1:{PORT}"
ICONS = ROOT / "static" / "icons"


def main() -> None:
    with _demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        _phone(browser)
        _desk(browser)
        browser.close()


def _phone(browser: Browser) -> None:
    page = _page(browser, "Look around as a patient", 360, 740, scale=2)
    for item, value in (("pain_avg", 4), ("pain_worst", 6), ("interference", 3)):
        page.locator(f"#{item}-{value}").tap()
    page.wait_for_selector("#truth[data-state=saved]")
    page.evaluate("scrollTo(0, 0)")
    _take(page, "screenshot-narrow.png")


def _desk(browser: Browser) -> None:
    page = _page(browser, "Look around as a clinician", 1280, 800, scale=1)
    page.goto(f"{BASE}/clinic?sort=change")
    _take(page, "screenshot-wide.png")
    page.get_by_role("link", name="Ana Moreno").click()
    page.wait_for_url("**/patients/*")
    page.goto(f"{page.url}?days=180")
    _take(page, "screenshot-patient.png")


def _page(browser: Browser, button: str, width: int, height: int, *, scale: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        reduced_motion="reduce",
        has_touch=True,
        is_mobile=width < 600,
    )
    page = context.new_page()
    page.goto(f"{BASE}/sign-in")
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state("networkidle")
    return page


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=ICONS / name)
    sys.stdout.write(f"static/icons/{name}\n")


@contextmanager
def _demo() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "JOURNAL_INSTANCE": str(Path(folder) / "instance")}
        journal = Path(sys.executable).with_name("journal")
        server = subprocess.Popen([journal, "demo", "--port", str(PORT)], env=environ)
        try:
            _wait()
            yield
        finally:
            server.terminate()
            server.wait(20)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=2)  # noqa: S310 -- our own
            return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit("the demo did not start")


if __name__ == "__main__":
    main()
