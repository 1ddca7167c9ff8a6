"""What goes wrong with a phone, and what can be seen of it on the other side."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request, request_started
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.entries.models import Day, Edit

SOON = 15_000
LOGIN_PAGE = "<!doctype html><title>Hotel</title><h1>Welcome to our Wi-Fi</h1>"

# Modules of the product, as its pages have them; `account` is whose journal is on this page.
KEPT = """
  const from = (name) => import(`/static/js/${name}.js`);
  const account = document.body.dataset.account;
  const [{ Database, STEPS, settled }, { Store }, { KeptOutbox }, { Days }] =
    await Promise.all(["database", "store", "kept_outbox", "days"].map(from));
  const later = [...STEPS, (database) => database.createObjectStore("more")];
  const outboxOf = (steps) => new KeptOutbox(new Store(new Database(account, steps)));
"""

# Every text this browser holds for the site, sealed or not, in one string.
EVERYTHING = """async () => {
  const found = [{ ...localStorage }, { ...sessionStorage }].map((one) => JSON.stringify(one));
  const text = (value) => {
    const isBytes = value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    if (isBytes) return new TextDecoder("latin1").decode(value);
    const isMore = value && typeof value === "object";
    return isMore ? Object.entries(value).flat().map(text).join() : String(value);
  };
  const settled = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      found.push(name, store, text(await settled(all.getAll())));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      found.push(asked.url, await (await cache.match(asked)).text());
    }
  }
  return found.join("\\n");
}"""


def says(page: Page, state: str, words: str = "") -> None:
    """Expect the truth line to say it."""
    line = page.locator("#truth:not([data-untold])")
    expect(line).to_have_attribute("data-state", state, timeout=SOON)
    expect(line).to_contain_text(words)


def tap(page: Page, item: str, value: int) -> None:
    # As a screen reader does: of two quick touches of a finger the second is taken for a slip.
    page.locator(f"#{item}-{value}").evaluate("(radio) => radio.click()")
    expect(page.locator(f"#{item}-{value}")).to_be_checked()


def tap_offline(page: Page, item: str, value: int) -> None:
    """Without a network; afterwards there still is none."""
    page.context.set_offline(True)
    tap(page, item, value)
    says(page, "kept", "1 waiting")


def flush(page: Page) -> None:
    """Have the page try at once, instead of a moment later."""
    page.evaluate("dispatchEvent(new Event('online'))")


def ready(page: Page) -> None:
    """Wait until the worker has put the shell aside, and serves this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()


def portal(page: Page) -> None:
    """Whatever a script asks for, a hotel's login page comes back, with 200."""
    for path in ("**/csrf", "**/entries", "**/entries?*", "**/entries/*"):
        page.route(path, _login_page)


def kept(page: Page, work: str) -> Any:
    """What a piece of script makes of what this phone keeps."""
    return page.evaluate(f"async () => {{ {KEPT} {work} }}")


def newer(page: Page) -> None:
    """This page runs a later version of the code, with one more step in its database."""
    more = 'steps=[...STEPS,(database)=>database.createObjectStore("more")]'
    page.route("**/database.js", lambda route: _changed(route, "steps=STEPS", more))


def edits(session: Session) -> list[dict[str, Any]]:
    """The numbers in all edits of the journal, oldest first."""
    found = [edit.numbers for edit in session.scalars(select(Edit).order_by(Edit.counted_at))]
    session.rollback()
    return found


@contextmanager
def puts_to(app: Flask) -> Iterator[list[str]]:
    """The paths of all letters that reach the server."""
    paths: list[str] = []

    def note(_app: Flask, **_more: object) -> None:
        if request.method == "PUT":
            paths.append(request.path)

    with request_started.connected_to(note, app):
        yield paths


def numbers(session: Session) -> dict[str, int]:
    """What stands in the journal in the end, over all days."""
    days = session.scalars(select(Day).order_by(Day.day)).all()
    items = ("pain_avg", "pain_worst", "mood")
    said = {item: getattr(day, item) for day in days for item in items}
    session.rollback()
    return {item: value for item, value in said.items() if value is not None}


def _changed(route: Route, before: str, after: str) -> None:
    answer = route.fetch()
    assert before in answer.text()
    route.fulfill(response=answer, body=answer.text().replace(before, after))


def _login_page(route: Route) -> None:
    if route.request.resource_type == "document":
        route.fallback()
    else:
        route.fulfill(status=200, content_type="text/html", body=LOGIN_PAGE)
