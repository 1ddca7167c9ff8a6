"""Invitations as Dr Bose makes them, and a phone that nobody has signed in on yet."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.sharing.access import Member, member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Invitation

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class NewPhone:
    """A browser without a cookie; it takes the CSRF token from the page, as a browser does."""

    client: FlaskClient
    base_url: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=self.base_url)

    def send_form(self, path: str, **fields: str) -> TestResponse:
        found = TOKEN.search(self.get(path).text)
        return self.client.post(
            path,
            base_url=self.base_url,
            headers={"Referer": f"{self.base_url}/"},
            data={**fields, "csrf_token": found[1] if found else ""},
        )


def _now_working(session: Session, account: Account) -> Member:
    # Whoever reads in this session takes SQLite's turn to write: give it back for the phones.
    found = member_of(session, account)
    session.commit()
    return found


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def boses(session: Session, dr_bose: Account) -> Member:
    return _now_working(session, dr_bose)


@pytest.fixture
def coles(session: Session, dr_cole: Account) -> Member:
    return _now_working(session, dr_cole)


@pytest.fixture
def invited(session: Session, boses: Member, now: datetime) -> tuple[Invitation, str]:
    made = invite(session, boses, "Mia", "4471", now)
    session.commit()
    return made


@pytest.fixture
def link(invited: tuple[Invitation, str]) -> str:
    return f"/join/{invited[1]}"


@pytest.fixture
def new_phone(app: Flask) -> NewPhone:
    return NewPhone(app.test_client(), app.extensions["config"].base_url)


@pytest.fixture
def answers() -> dict[str, str]:
    return {
        "name": "Mia Lind",
        "email": "mia@example.org",
        "password": "copper lantern meadow pencil",
        "zone": "Europe/Berlin",
        "numbers": "y",
        "until": "open",
    }
