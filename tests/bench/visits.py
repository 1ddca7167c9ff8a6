"""What a visit costs a phone: bytes over the wire, and the time until a first tap can land."""

import logging
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.browsers import chromium, free_port

TODAY = "/today"
TIMES = 7
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
READY = "navigator.serviceWorker.ready.then(() => undefined)"
# A tap can land once its question is drawn.
WATCH = """
const look = () => {
  const scale = document.querySelector("label[for=pain_avg-5]");
  if (scale?.getBoundingClientRect().height) window.tappable ??= performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);"""
PICTURES = ("/icons/", "/screenshot")


@dataclass(frozen=True)
class Visit:
    """`sent` in bytes over the wire, pictures left out; `tap` in milliseconds."""

    sent: int
    tap: float


def visits(app: Flask, origin: str, token: str) -> str:
    """The lines that `make bench` prints."""
    with _served(app, int(origin.rsplit(":", 1)[1])), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        first = [_first(browser, app, origin, token) for _ in range(3)]
        context = _phone(browser, app, origin, token)
        page = _opened(context)
        bare = _bare(page)
        with _served(bare, port := free_port()):
            beside = _opened(browser.new_context(**PHONE))  # type: ignore[arg-type]
            online, offline, plain = _side_by_side(page, beside, f"http://127.0.0.1:{port}/")
        browser.close()
    return "\n".join(
        (
            f"first visit             {_middle(one.sent for one in first) / 1000:.1f} KB, "
            f"first tap after {_middle(one.tap for one in first):.0f} ms",
            f"again, online           {_said(online, plain)}",
            f"again, offline          {_said(offline, plain)}",
        )
    )


def _side_by_side(
    page: Page, beside: Page, bare: str
) -> tuple[list[Visit], list[Visit], list[Visit]]:
    online, offline, plain = [], [], []
    for _ in range(TIMES):
        online.append(_visit(page, TODAY))
        plain.append(_visit(beside, bare))
        page.context.set_offline(True)
        offline.append(_visit(page, TODAY))
        page.context.set_offline(False)
    return online, offline, plain


def _first(browser: Browser, app: Flask, origin: str, token: str) -> Visit:
    context = _phone(browser, app, origin, token)
    page = context.new_page()
    page.add_init_script(WATCH)
    visit = _visit(page, TODAY)
    context.close()
    return visit


def _visit(page: Page, url: str) -> Visit:
    sent = 0
    names: dict[str, str] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")

    def named(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        nonlocal sent
        if not any(one in names.get(event["requestId"], "") for one in PICTURES):
            sent += event["encodedDataLength"]

    network.on("Network.requestWillBeSent", named)
    network.on("Network.loadingFinished", finished)
    page.goto(url)
    page.wait_for_selector("label[for=pain_avg-5]")
    page.wait_for_load_state("networkidle")
    network.detach()
    return Visit(int(sent), page.evaluate("window.tappable"))


def _phone(browser: Browser, app: Flask, origin: str, token: str) -> BrowserContext:
    context = browser.new_context(base_url=origin, **PHONE)  # type: ignore[arg-type]
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
    # Browsers trust this machine without TLS; the protocol that sets cookies does not.
    there = origin.replace("http:", "https:")
    context.add_cookies([{"name": "__Host-journal", "value": value, "url": there, "secure": True}])
    return context


def _opened(context: BrowserContext) -> Page:
    """A page whose phone has been here before."""
    page = context.new_page()
    page.add_init_script(WATCH)
    if context.cookies():
        page.goto(TODAY)
        page.evaluate(READY)
        page.wait_for_load_state("networkidle")
    return page


def _bare(page: Page) -> Flask:
    """The same HTML and style sheets, and nothing that runs."""
    app = Flask("bare page")
    html = page.request.get(TODAY).text()
    sheets = [
        link.get_attribute("href") or "" for link in page.locator("link[rel=stylesheet]").all()
    ]
    styles = {path: page.request.get(path).text() for path in sheets}
    html = "\n".join(line for line in html.splitlines() if "<script" not in line)

    @app.get("/")
    def today() -> str:
        return html

    @app.get("/static/<path:name>")
    def sheet(name: str) -> Response:
        return Response(styles.get(f"/static/{name}", ""), mimetype="text/css")

    return app


@contextmanager
def _served(app: Flask, port: int) -> Iterator[None]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield
    server.shutdown()
    thread.join()


def _middle(values: Iterator[float]) -> float:
    return statistics.median(values)


def _said(ours: list[Visit], bare: list[Visit]) -> str:
    ratio = _middle(one.tap for one in ours) / _middle(one.tap for one in bare)
    sent = _middle(one.sent for one in ours) / 1000
    return f"{sent:.1f} KB, first tap {ratio:.2f} x a bare page of the same HTML"
