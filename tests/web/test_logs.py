"""What is written down: which rule, and nothing of anybody."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts.gate import public
from journal.web.logs import JsonLines
from tests.people import BASE, Browser, People, signed_in

MARKER = "marmalade"
FIELDS = (
    "account", "born", "call", "code", "csrf_token", "email", "emergency", "hours", "label",
    "lines-0-call", "lines-0-label", "lines-0-note", "mood", "name", "note", "number", "numbers",
    "old_password", "pain_avg", "password", "reason", "rescue_med-0-name", "telephone", "zone",
)  # fmt: skip
TYPED = dict.fromkeys(FIELDS, MARKER)
LETTER = {"edit_id": MARKER, "zone": MARKER, "items": {"note": MARKER, MARKER: 1}}
ASKED = f"q={MARKER}&since={MARKER}&until={MARKER}&next=/{MARKER}&sort={MARKER}&days={MARKER}"
SENT = {"User-Agent": MARKER, "Referer": f"{BASE}/join/{MARKER}", "X-Forwarded-For": MARKER}


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Everything that is logged meanwhile, by us or by a library of ours."""
    text = StringIO()
    ours, others = logging.StreamHandler(text), logging.StreamHandler(text)
    ours.setFormatter(JsonLines())
    others.addFilter(lambda record: record.name != "journal")
    journal, root = logging.getLogger("journal"), logging.getLogger()
    before = journal.level
    journal.setLevel(logging.INFO)
    journal.addHandler(ours)
    root.addHandler(others)
    yield text
    root.removeHandler(others)
    journal.removeHandler(ours)
    journal.setLevel(before)


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Every route with something of somebody's in it."""
    words = {"token": MARKER, "signed": MARKER, "who": MARKER, "day": date(2026, 11, 23)}
    for rule in app.url_map.iter_rules():
        built = rule.build({name: words.get(name, uuid4()) for name in rule.arguments})
        for method in (rule.methods or set()) - {"OPTIONS"}:
            yield method, built[1] if built else ""


def walk(app: Flask, browser: Browser) -> None:
    """Every route twice: as a form and as JSON, each with a token that holds."""
    for method, path in addresses(app):
        if path != "/sign-out":
            try_both(browser, method, path)


def try_both(browser: Browser, method: str, path: str) -> None:
    headers = {**SENT, "X-CSRFToken": browser.csrf()}
    asked = f"{path}?{ASKED}"
    for body in ({"data": TYPED}, {"data": {**TYPED, "csrf_token": ""}}, {"json": LETTER}):
        browser.client.open(asked, method=method, base_url=BASE, headers=headers, **body)


@pytest.mark.assures("C01")
@pytest.mark.parametrize("who", ["nobody", "ana", "bose", "ada"])
def test_no_route_writes_down_what_somebody_sent(
    app: Flask, session: Session, people: People, written: StringIO, who: str
) -> None:
    browser = Browser(app)
    if who != "nobody":
        browser = signed_in(app, session, getattr(people, who))

    walk(app, browser)

    assert '"rule": "/join/<token>"' in written.getvalue()
    assert '"rule": "/entries/<day:day>"' in written.getvalue()
    assert MARKER not in written.getvalue()


@pytest.mark.assures("C01")
def test_what_a_fault_says_is_not_written_down(
    app: Flask, stranger: Browser, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "machines.healthz", _fails)

    stranger.get("/healthz")

    assert '"fault": "RuntimeError"' in written.getvalue()
    assert "_fails" in written.getvalue()
    assert MARKER not in written.getvalue()


@pytest.mark.assures("C01")
def test_a_fault_in_the_page_about_a_fault_writes_no_path(
    app: Flask, stranger: Browser, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.template_context_processors, None, [_fails_to_speak])

    answer = stranger.get(f"/join/{MARKER}")

    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert '"fault": "RuntimeError"' in written.getvalue()
    assert MARKER not in written.getvalue() + answer.text


@pytest.mark.assures("C08")
def test_no_text_makes_a_second_line(written: StringIO) -> None:
    text = 'one\r\n{"event": "forged"}\u2028\u0085\x1b[2J'

    logging.getLogger("journal").error(text)

    lines = written.getvalue().split("\n")
    assert json.loads(lines[0])["event"] == text
    assert lines[0].isascii()


def _fails_to_speak() -> dict[str, Any]:
    raise RuntimeError(MARKER)


@public
def _fails() -> str:
    raise RuntimeError(MARKER)
