"""A database that is locked, full or read-only: said, nothing half-written, and over by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.clock import diary_day
from journal.entries.models import Day, Edit
from journal.sharing.access import PANEL_LOOK
from tests.entries.letters import letter
from tests.people import Browser


@contextmanager
def ailing(engine: Engine, pragma: str) -> Iterator[None]:
    """Everybody's connections are like this meanwhile."""

    def ail(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    engine.dispose()
    event.listen(engine, "connect", ail)
    try:
        yield
    finally:
        event.remove(engine, "connect", ail)
        engine.dispose()


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Somebody else writes and does not come to an end; nobody here waits for her."""
    served = app.extensions["engine"]
    other = sqlite3.connect(served.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ailing(served, "busy_timeout = 0"):
        yield
    other.close()


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """The disk has no room for one page more."""
    served = app.extensions["engine"]
    with served.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with ailing(served, f"max_page_count = {pages}"):
        yield


@contextmanager
def read_only(app: Flask) -> Iterator[None]:
    """The disk takes nothing more."""
    with ailing(app.extensions["engine"], "query_only = ON"):
        yield


AILMENTS = pytest.mark.parametrize("ailment", [locked, full, read_only])


@pytest.fixture
def letters(ana: Account) -> dict[str, list[Any]]:
    """A batch that is longer than what is left on a full disk."""
    day = str(diary_day(ana.created_at, ana.zone))
    said = {"items": {"note": "words " * 160}, "reason": "found again", "account": str(ana.id)}
    return {"edits": [letter(day=day, **said) for _ in range(30)]}


@pytest.mark.assures("E03")
@AILMENTS
def test_a_program_is_told_to_wait_and_nothing_is_half_written(
    app: Flask, session: Session, anas_phone: Browser, letters: Any, ailment: Any
) -> None:
    with ailment(app):
        answer = anas_phone.send_json("PUT", "/entries", letters)

    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")  # type: ignore[index]
    assert answer.headers["Retry-After"] == "5"
    assert session.scalar(select(func.count()).select_from(Edit)) == 0
    assert session.scalar(select(func.count()).select_from(Day)) == 0


@pytest.mark.assures("E03")
@AILMENTS
def test_when_it_is_over_the_same_letters_arrive(
    app: Flask, session: Session, anas_phone: Browser, letters: Any, ailment: Any
) -> None:
    with ailment(app):
        anas_phone.send_json("PUT", "/entries", letters)

    answer = anas_phone.send_json("PUT", "/entries", letters)

    assert {one["status"] for one in answer.json["answers"]} == {200}  # type: ignore[index]
    assert session.scalar(select(func.count()).select_from(Edit)) == 30


@pytest.mark.assures("E03")
@pytest.mark.parametrize("ailment", [locked, read_only])
def test_a_person_is_told_what_was_saved(app: Flask, anas_phone: Browser, ailment: Any) -> None:
    with ailment(app):
        answer = anas_phone.send_form("/account/details", name="Ana Lind", zone="Europe/Berlin")

    assert answer.status_code == 503
    assert "Nothing was half saved" in answer.text


@pytest.mark.assures("E03", "D01")
@pytest.mark.parametrize("ailment", [locked, read_only])
def test_nobody_looks_unseen(
    app: Flask, session: Session, dr_boses_desk: Browser, ailment: Any
) -> None:
    with ailment(app):
        answer = dr_boses_desk.get("/clinic")

    looks = select(AuditEvent).where(AuditEvent.action == PANEL_LOOK)
    assert answer.status_code == 503
    assert "4471" not in answer.text
    assert session.scalars(looks).all() == []


@pytest.mark.assures("E03", "C07")
@AILMENTS
def test_help_is_there_all_the_same(app: Flask, anas_phone: Browser, ailment: Any) -> None:
    with ailment(app):
        answer = anas_phone.get("/help-now")

    assert answer.status_code == 200
    assert "tel:988" in answer.text
