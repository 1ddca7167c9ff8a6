"""Security headers on every kind of answer, and who may call us by which name."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from journal.accounts.gate import public
from journal.config import Config
from journal.web.headers import ALWAYS, CSP, HSTS, OF_PARTS
from tests.apps import running
from tests.people import BASE, PASSWORD, Browser

HTTPS = "https://journal.example.org"


@pytest.fixture
def https_app(config: Config) -> Iterator[Flask]:
    with running(replace(config, base_url=HTTPS)) as app:
        yield app


@pytest.mark.assures("B04")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/help-now", 200),
        ("/csrf", 200),
        ("/manifest.json", 200),
        ("/service-worker.js", 200),
        ("/healthz", 200),
        ("/entries", 200),
        ("/today", 302),
        ("/entries?since=x", 400),
        ("/nothing-here", 404),
        ("/sign-out", 405),
        ("/static/nothing.css", 404),
    ],
)
def test_every_answer_is_guarded(anas_phone: Browser, path: str, status: int) -> None:
    answer = anas_phone.get(path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.assures("B04")
@pytest.mark.parametrize("name", ["js/app.js", "css/base.css", "icons/icon.svg"])
def test_files_are_what_they_say_and_no_other_site_reads_them(app: Flask, name: str) -> None:
    path = f"/static/{app.extensions['assets']}/{name}"

    answer = app.test_client().get(path, base_url=BASE, buffered=True)

    assert {name: answer.headers.get(name) for name in OF_PARTS} == {
        name: ALWAYS[name] for name in OF_PARTS
    }
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.assures("B04")
def test_a_picture_that_is_opened_as_a_page_is_guarded_like_one(app: Flask) -> None:
    path = f"/static/{app.extensions['assets']}/icons/icon.svg"

    answer = app.test_client().get(path, base_url=BASE, buffered=True)

    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.assures("B04")
def test_an_answer_to_a_fault_is_guarded_too(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "machines.healthz", _fails)

    answer = stranger.get("/healthz")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.assures("C07")
def test_a_fault_shows_nothing_of_our_inside(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "machines.healthz", _fails)

    answer = stranger.get("/healthz")

    assert "written down" in answer.text
    assert "Traceback" not in answer.text
    assert "marmalade" not in answer.text


@pytest.mark.assures("B04")
@pytest.mark.parametrize("allowed", ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"])
def test_nothing_inline_and_nothing_foreign_is_let_in(allowed: str) -> None:
    assert allowed not in CSP


@pytest.mark.assures("A18")
def test_no_other_page_may_frame_ours() -> None:
    assert "frame-ancestors 'none'" in CSP
    assert ALWAYS["X-Frame-Options"] == "DENY"


@pytest.mark.assures("C03")
@pytest.mark.parametrize("path", ["/csrf", "/entries", "/history", "/account", "/sharing"])
def test_what_is_hers_is_kept_by_no_cache(anas_phone: Browser, path: str) -> None:
    assert anas_phone.get(path).headers["Cache-Control"] == "no-store"


def test_on_https_browsers_are_told_to_stay_there(https_app: Flask) -> None:
    answer = https_app.test_client().get("/help-now", base_url=HTTPS)

    assert answer.headers["Strict-Transport-Security"] == HSTS


def test_on_https_files_say_so_too(https_app: Flask) -> None:
    path = f"/static/{https_app.extensions['assets']}/css/base.css"

    answer = https_app.test_client().get(path, base_url=HTTPS, buffered=True)

    assert answer.headers["Strict-Transport-Security"] == HSTS


def test_on_this_machine_alone_they_are_not(stranger: Browser) -> None:
    assert "Strict-Transport-Security" not in stranger.get("/help-now").headers


@pytest.mark.assures("A09")
@pytest.mark.usefixtures("people")
def test_the_cookie_is_ours_alone(stranger: Browser) -> None:
    answer = stranger.send_form("/sign-in", email="ana@example.org", password=PASSWORD)

    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert cookie.startswith("__Host-journal=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.assures("A18")
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "journal.example.org"])
def test_by_another_name_nobody_is_at_home(stranger: Browser, host: str) -> None:
    answer = stranger.get("/help-now", Host=host)

    assert answer.status_code == 400
    assert host not in answer.text


@pytest.mark.assures("A18")
def test_the_name_in_the_settings_is_the_only_one(https_app: Flask) -> None:
    client = https_app.test_client()

    assert client.get("/help-now", base_url=HTTPS).status_code == 200
    assert client.get("/help-now", base_url=BASE).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_from_this_machine_need_not_know_it(https_app: Flask, path: str) -> None:
    assert https_app.test_client().get(path, base_url=BASE).status_code == 200


@public
def _fails() -> str:
    raise RuntimeError("marmalade")
