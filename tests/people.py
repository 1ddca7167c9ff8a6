"""The people of the tests, and what they hold in their hands."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts import passwords, sign_ins
from journal.accounts.models import Account, Kind
from journal.clock import diary_day
from journal.sharing.clinics import create_clinic
from journal.sharing.models import Clinic, Enrolment, Grant, Membership, Role, Scope

BASE = "http://127.0.0.1"
PASSWORD = "seven quiet foxes"
ZONE = "America/New_York"


@dataclass(frozen=True)
class People:
    """Ana consents to Riverbend, where Dr Bose works; Dr Cole is at another clinic."""

    ana: Account
    ben: Account
    bose: Account
    kim: Account
    ada: Account
    cole: Account
    riverbend: Clinic
    hillside: Clinic


def settle(session: Session, now: datetime) -> None:
    """Put everybody into an empty database; they have been there for a hundred days."""
    now -= timedelta(days=100)
    riverbend = create_clinic(session, name="Riverbend", zone=ZONE, now=now)
    hillside = create_clinic(session, name="Hillside", zone=ZONE, now=now)
    ana, ben = person(Kind.PATIENT, "Ana", now), person(Kind.PATIENT, "Ben", now)
    bose, kim = person(Kind.MEMBER, "Dr Bose", now), person(Kind.MEMBER, "Kim", now)
    ada, cole = person(Kind.MEMBER, "Ada", now), person(Kind.MEMBER, "Dr Cole", now)
    session.add_all([ana, ben, bose, kim, ada, cole])
    session.flush()
    for who, where, role in (
        (bose, riverbend, Role.CLINICIAN),
        (kim, riverbend, Role.COORDINATOR),
        (ada, riverbend, Role.ADMINISTRATOR),
        (cole, hillside, Role.ADMINISTRATOR),
    ):
        session.add(Membership(account_id=who.id, clinic_id=where.id, role=role, since=now))
    session.add_all([enrolment(riverbend, ana, now), enrolment(hillside, ben, now)])
    session.add_all([grant(riverbend, ana, now), grant(hillside, ben, now)])
    session.commit()


def settled_in(session: Session) -> People:
    """Everybody whom settle put there."""
    accounts = {one.name: one for one in session.scalars(select(Account))}
    clinics = {one.name: one for one in session.scalars(select(Clinic))}
    session.commit()
    return People(
        ana=accounts["Ana"],
        ben=accounts["Ben"],
        bose=accounts["Dr Bose"],
        kim=accounts["Kim"],
        ada=accounts["Ada"],
        cole=accounts["Dr Cole"],
        riverbend=clinics["Riverbend"],
        hillside=clinics["Hillside"],
    )


def person(kind: Kind, name: str, began: datetime) -> Account:
    """Someone who can sign in with PASSWORD."""
    return Account(
        kind=kind,
        name=name,
        email=f"{name.casefold().replace(' ', '.')}@example.org",
        password_hash=_password_hash(),
        locale="en",
        zone=ZONE,
        began=diary_day(began, ZONE),
        created_at=began,
    )


def enrolment(where: Clinic, who: Account, now: datetime) -> Enrolment:
    return Enrolment(clinic_id=where.id, patient_id=who.id, number="4471", since=now)


def grant(where: Clinic, who: Account, now: datetime) -> Grant:
    return Grant(clinic_id=where.id, patient_id=who.id, scopes=list(Scope), given_at=now)


class Browser:
    """A browser without a screen: someone's, signed in, or nobody's."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        if token:
            with self.client.session_transaction(base_url=BASE) as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=BASE, headers=headers)

    def send_form(self, path: str, **fields: object) -> TestResponse:
        """Post a form as a page would, with its token."""
        data = {"csrf_token": self.csrf(), **fields}
        return self.client.post(path, base_url=BASE, data=data)

    def send_json(self, method: str, path: str, body: object) -> TestResponse:
        """Send JSON as a script would, with its token."""
        headers = {"X-CSRFToken": self.csrf()}
        return self.client.open(path, base_url=BASE, method=method, json=body, headers=headers)

    def csrf(self) -> str:
        """A token that this browser's cookie vouches for."""
        from flask_wtf.csrf import generate_csrf

        with self.client.session_transaction(base_url=BASE) as cookie:
            known = dict(cookie)
        with self.client.application.test_request_context(base_url=BASE):
            from flask import session as fresh

            fresh.update(known)
            token: str = generate_csrf()
            raw = fresh["csrf_token"]
        with self.client.session_transaction(base_url=BASE) as cookie:
            cookie["csrf_token"] = raw
        return token


def signed_in(app: Flask, session: Session, account: Account) -> Browser:
    """A browser in which this person is signed in."""
    token, _ = sign_ins.begin(session, account, "a browser of the tests", datetime.now(UTC))
    session.commit()
    return Browser(app, token)


@lru_cache
def _password_hash() -> str:
    return passwords.hashed(PASSWORD)
