"""That the way to a stock Firefox is open: a site that is not ours, and one message to it."""

import asyncio
import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from journal.config import Config
from journal.push.messages import Encrypted, Encrypter, Message
from journal.push.post import Answer, Post
from journal.push.vapid import Keys
from tests.browser.firefox import Alert, Firefox
from tests.push.firefox_service import FirefoxPushService

PAGE = """<!doctype html><button>On</button><script>
document.querySelector("button").addEventListener("click", async () => {
  await Notification.requestPermission();
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = location.hash.slice(1);
  self.made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
});
</script>"""
WORKER = """
addEventListener("push", (event) => {
  event.waitUntil(registration.showNotification("Journal", event.data.json()));
});
addEventListener("notificationclick", (event) => {
  event.waitUntil(clients.openWindow("/today.html"));
});"""
BODY = "A minute for your day?"


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    for name, text in {"index.html": PAGE, "worker.js": WORKER, "today.html": "Today"}.items():
        (tmp_path / name).write_text(text)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def keys(base_config: Config) -> Keys:
    return Keys.of(base_config.vapid_key)


def test_a_message_is_decrypted_shown_and_tapped(
    firefox: Firefox, push_service: FirefoxPushService, site: str, keys: Keys
) -> None:
    firefox.page.goto(f"{site}/#{keys.application_server_key}")
    firefox.page.click("button")
    subscription = json.loads(firefox.page.until("return self.made && JSON.stringify(self.made)"))

    answer = asyncio.run(send(encrypted(subscription, keys), push_service))

    assert answer.status == 201
    assert firefox.screen.alert(BODY) == Alert("Journal", BODY)
    assert [shown["tag"] for shown in firefox.page.notifications()] == ["day-2026-11-24"]
    assert [ack.code for ack in push_service.acked(1)] == [100]
    firefox.screen.tap(BODY)
    firefox.page.follow("/today.html")


def encrypted(subscription: dict[str, Any], keys: Keys) -> Encrypted:
    text = json.dumps({"body": BODY, "tag": "day-2026-11-24"}).encode()
    message = Message(
        subscription["endpoint"], **subscription["keys"], payload=text, ttl=60, tag="day"
    )
    return Encrypter(keys, "mailto:journal@example.org").encrypt(message)


async def send(encrypted: Encrypted, push_service: FirefoxPushService) -> Answer:
    async with Post(frozenset({push_service.origin})) as post:
        return await post(encrypted)
