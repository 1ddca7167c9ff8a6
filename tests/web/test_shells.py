"""The pages that a phone keeps: nobody is in them, whoever asks."""

import gzip

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.people import Browser, People, signed_in

PAGES = ["/shell/day", "/shell/history", "/shell/waiting", "/waiting"]
EVERY_PAGE = pytest.mark.parametrize("path", PAGES)


@EVERY_PAGE
@pytest.mark.assures("C03")
def test_they_are_the_same_for_everybody(
    app: Flask, session: Session, people: People, path: str
) -> None:
    anas = signed_in(app, session, people.ana).get(path)

    assert anas.status_code == 200
    assert anas.data == Browser(app).get(path).data
    assert people.ana.name.encode() not in anas.data
    assert str(people.ana.id).encode() not in anas.data


@EVERY_PAGE
@pytest.mark.assures("C03")
def test_they_begin_no_session_and_hold_no_token(app: Flask, path: str) -> None:
    answer = Browser(app).get(path)

    assert "Set-Cookie" not in answer.headers
    assert b'name="csrf_token" value=""' in answer.data


def test_there_are_no_others(app: Flask) -> None:
    assert Browser(app).get("/shell/sharing").status_code == 404


def test_the_worker_keeps_them_and_all_they_need(app: Flask) -> None:
    told = Browser(app).get("/service-worker.js").text.splitlines()[0]

    for path in ("/shell/day", "/shell/history", "/shell/waiting", "/help-now", "/offline"):
        assert f'"{path}"' in told
    assert "js/shell_day.js" in told


def test_the_worker_is_light(app: Flask) -> None:
    sent = Browser(app).get("/service-worker.js", **{"Accept-Encoding": "gzip"}).data

    assert len(gzip.decompress(sent)) < 16_000
