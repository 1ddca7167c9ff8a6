"""Who may reach what: every route, tried as every kind of person."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.infusions.models import Infusion
from journal.sharing.access import member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Grant, Membership
from tests.databases import Databases
from tests.people import Browser, People, signed_in

PUBLIC = "nobody ana ben bose kim ada cole gone"
SIGNED_IN = "ana ben bose kim ada cole gone"
PATIENTS = "ana ben"
ANA = "ana"
MEMBERS = "bose kim ada cole"
RIVERBEND = "bose kim ada"
ADMINISTRATORS = "ada cole"

MAY = {
    "GET /": PUBLIC,
    "GET /account": SIGNED_IN,
    "POST /account/details": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "POST /account/recovery/stopping": SIGNED_IN,
    "POST /account/sessions/<uuid:sign_in_id>/ending": ANA,
    "GET /clinic": MEMBERS,
    "GET /clinic/invitations": MEMBERS,
    "POST /clinic/invitations": MEMBERS,
    "POST /clinic/invitations/<uuid:invitation_id>/revocation": RIVERBEND,
    "GET /clinic/patients/<uuid:patient_id>": RIVERBEND,
    "GET /clinic/patients/<uuid:patient_id>/infusions": RIVERBEND,
    "POST /clinic/patients/<uuid:patient_id>/infusions": RIVERBEND,
    "PUT /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>": RIVERBEND,
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/striking": RIVERBEND,
    "POST /clinic/patients/<uuid:patient_id>/recovery": RIVERBEND,
    "GET /clinic/settings": ADMINISTRATORS,
    "POST /clinic/settings": ADMINISTRATORS,
    "GET /csrf": SIGNED_IN,
    "GET /entries": PATIENTS,
    "PUT /entries": PATIENTS,
    "GET /entries/<day:day>": PATIENTS,
    "POST /entries/<day:day>": PATIENTS,
    "PUT /entries/<day:day>": PATIENTS,
    "GET /healthz": PUBLIC,
    "GET /help-now": PUBLIC,
    "GET /history": PATIENTS,
    "GET /join/<token>": PUBLIC,
    "POST /join/<token>": PUBLIC,
    "GET /manifest.json": PUBLIC,
    "GET /offline": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /recover": PUBLIC,
    "POST /recover": PUBLIC,
    "POST /recover/code": PUBLIC,
    "GET /recover/<token>": PUBLIC,
    "POST /recover/<token>": PUBLIC,
    "GET /recover/stopping/<signed>": PUBLIC,
    "POST /recover/stopping/<signed>": PUBLIC,
    "GET /service-worker.js": PUBLIC,
    "GET /sharing": PATIENTS,
    "GET /sharing/clinics/<uuid:clinic_id>": ANA,
    "POST /sharing/clinics/<uuid:clinic_id>/grants": ANA,
    "POST /sharing/grants/<uuid:grant_id>/withdrawal": ANA,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "POST /sign-in/demo/<who>": PUBLIC,
    "POST /sign-out": SIGNED_IN,
    "GET /today": PATIENTS,
}
OPEN = {route for route, who in MAY.items() if who == PUBLIC}
# Where someone who is known, but may not, is told so instead of "there is nothing here".
TOLD = {("GET /clinic/settings", who) for who in ("bose", "kim")} | {
    ("POST /clinic/settings", who) for who in ("bose", "kim")
}
EVERYBODY = PUBLIC.split()
Try = Callable[[str, str], TestResponse]


@pytest.fixture
def database_url(sqlite_databases: Databases) -> Iterator[str]:
    url = sqlite_databases.make()
    yield url
    sqlite_databases.drop(url)


@pytest.fixture
def ids(session: Session, people: People, now: datetime) -> dict[str, object]:
    """What the places in the rules stand for: things of Ana's and of her clinic's."""
    bose = member_of(session, people.bose)
    invitation, token = invite(session, bose, "Mia", None, now)
    infusion = Infusion(
        clinic_id=people.riverbend.id,
        patient_id=people.ana.id,
        given_at=now,
        day=now.date(),
        dose_mg=35,
        minutes=40,
        recorded_at=now,
    )
    session.add(infusion)
    grant = session.scalars(select(Grant).where(Grant.patient_id == people.ana.id)).one()
    session.commit()
    return {
        "day": (now - timedelta(days=1)).date(),
        "token": token,
        "signed": "x",
        "who": "patient",
        "clinic_id": people.riverbend.id,
        "patient_id": people.ana.id,
        "grant_id": grant.id,
        "invitation_id": invitation.id,
        "infusion_id": infusion.id,
    }


@pytest.fixture
def attempt(app: Flask, session: Session, people: People, ids: dict[str, object]) -> Try:
    """Try a route as somebody, with an empty body."""

    def tried(route: str, who: str) -> TestResponse:
        browser = _browser(app, session, people, who)
        session_id = _newest_session(session, people.ana)
        method, path = _filled(route, {**ids, "sign_in_id": session_id}).split(" ")
        if method == "GET":
            return browser.get(path)
        return browser.send_form(path) if method == "POST" else browser.send_json(method, path, {})

    return tried


@pytest.mark.assures("A01")
def test_the_open_routes_are_these_and_no_others(app: Flask) -> None:
    marked = {
        route
        for route, endpoint in _routes(app).items()
        if getattr(app.view_functions[endpoint], "public", False)
    }

    assert marked == OPEN


@pytest.mark.assures("A02")
def test_every_route_says_who_may(app: Flask) -> None:
    assert set(_routes(app)) == set(MAY)


@pytest.mark.assures("A02")
@pytest.mark.parametrize(
    ("route", "who"), [(route, who) for route, may in MAY.items() for who in may.split()]
)
def test_whoever_may_gets_in(attempt: Try, route: str, who: str) -> None:
    answer = attempt(route, who)

    let_in = not _sent_away(answer) and answer.status_code not in (401, 403, 404)
    assert let_in or route in OPEN


@pytest.mark.assures("A02")
@pytest.mark.parametrize(
    ("route", "who"),
    [
        (route, who)
        for route, may in MAY.items()
        for who in EVERYBODY
        if who not in may.split() and who != "nobody"
    ],
)
def test_whoever_may_not_finds_nothing_there(attempt: Try, route: str, who: str) -> None:
    answer = attempt(route, who)

    assert answer.status_code == (403 if (route, who) in TOLD else 404)


@pytest.mark.assures("A02")
@pytest.mark.parametrize("route", [route for route in MAY if route not in OPEN])
def test_nobody_is_asked_to_sign_in(attempt: Try, route: str) -> None:
    answer = attempt(route, "nobody")

    assert _sent_away(answer) or answer.status_code == 401


def _browser(app: Flask, session: Session, people: People, who: str) -> Browser:
    if who == "nobody":
        return Browser(app)
    if who == "gone":
        _leave(session, people.kim)
    account = people.kim if who == "gone" else getattr(people, who)
    return signed_in(app, session, account)


def _leave(session: Session, account: Account) -> None:
    """She was removed from her clinic a minute ago."""
    a_minute_ago = datetime.now(UTC) - timedelta(minutes=1)
    session.execute(
        update(Membership).where(Membership.account_id == account.id).values(until=a_minute_ago)
    )
    session.commit()


def _newest_session(session: Session, account: Account) -> UUID:
    from journal.accounts import sign_ins

    _, sign_in = sign_ins.begin(session, account, "another browser", datetime.now(UTC))
    session.commit()
    return sign_in.id


def _routes(app: Flask) -> dict[str, str]:
    return {
        f"{method} {rule.rule}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _filled(route: str, ids: dict[str, object]) -> str:
    for name, value in ids.items():
        for kind in ("uuid:", "day:", ""):
            route = route.replace(f"<{kind}{name}>", str(value))
    return route


def _sent_away(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.location.startswith("/sign-in")
