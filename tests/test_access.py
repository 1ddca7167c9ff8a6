"""Every route, and who may: tried as each kind of person. A new route without a row fails."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts import recovery, sign_ins
from journal.accounts.models import Recovery
from journal.infusions.models import Infusion
from journal.push import queue
from journal.reminders.store import Wanted, change
from journal.sharing.access import member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Grant, Membership, Wish
from tests.people import BASE, Browser, People, signed_in
from tests.reminders.conftest import EVERY_DAY, device


class May(StrEnum):
    """Who may, or what is asked of her beyond her kind."""

    ANYBODY = "anybody"
    SIGNED_IN = "whoever is signed in"
    PATIENT = "a patient"
    OWN_SESSION = "whose session it is"
    OWN_GRANT = "the patient who gave it"
    OWN_WISH = "the patient who wished it"
    OWN_CLINIC = "a patient of that clinic"
    OWN_DEVICE = "the patient whose device it is"
    MEMBER = "a member of a clinic"
    OF_THE_CLINIC = "a member of Ana's clinic"
    ADMINISTRATOR = "an administrator"


ROUTES = {
    "GET /": May.ANYBODY,
    "GET /account": May.SIGNED_IN,
    "POST /account/details": May.SIGNED_IN,
    "POST /account/password": May.SIGNED_IN,
    "POST /account/recovery/stopping": May.SIGNED_IN,
    "POST /account/sessions/<uuid:sign_in_id>/ending": May.OWN_SESSION,
    "POST /account/sessions/<uuid:sign_in_id>/locking": May.OWN_SESSION,
    "GET /calendar/<secret>.ics": May.ANYBODY,
    "GET /clinic": May.MEMBER,
    "GET /clinic/invitations": May.MEMBER,
    "POST /clinic/invitations": May.MEMBER,
    "POST /clinic/invitations/<uuid:invitation_id>/revocation": May.OF_THE_CLINIC,
    "GET /clinic/outcomes": May.MEMBER,
    "GET /clinic/patients/<uuid:patient_id>": May.OF_THE_CLINIC,
    "GET /clinic/patients/<uuid:patient_id>/course": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/course": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/decisions": May.OF_THE_CLINIC,
    "GET /clinic/patients/<uuid:patient_id>/infusions": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/infusions": May.OF_THE_CLINIC,
    "GET /clinic/patients/<uuid:patient_id>/infusions/new": May.OF_THE_CLINIC,
    "GET /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/series": (
        May.OF_THE_CLINIC
    ),
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/standing": (
        May.OF_THE_CLINIC
    ),
    "PUT /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/restoring": (
        May.OF_THE_CLINIC
    ),
    "POST /clinic/patients/<uuid:patient_id>/infusions/<uuid:infusion_id>/striking": (
        May.OF_THE_CLINIC
    ),
    "POST /clinic/patients/<uuid:patient_id>/messages/resuming": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/messages/stopping": May.OF_THE_CLINIC,
    "POST /clinic/patients/<uuid:patient_id>/recovery": May.OF_THE_CLINIC,
    "GET /clinic/settings": May.ADMINISTRATOR,
    "POST /clinic/settings": May.ADMINISTRATOR,
    "POST /clinic/settings/infusions": May.ADMINISTRATOR,
    "GET /csrf": May.SIGNED_IN,
    "GET /devices": May.PATIENT,
    "POST /devices/<uuid:device_id>/removal": May.OWN_DEVICE,
    "POST /devices/<uuid:device_id>/tests": May.OWN_DEVICE,
    "GET /devices/tests/<uuid:test_id>": May.OWN_DEVICE,
    "GET /entries": May.PATIENT,
    "PUT /entries": May.PATIENT,
    "GET /entries/<day:day>": May.PATIENT,
    "POST /entries/<day:day>": May.PATIENT,
    "PUT /entries/<day:day>": May.PATIENT,
    "GET /goal": May.PATIENT,
    "POST /goal": May.PATIENT,
    "GET /healthz": May.ANYBODY,
    "GET /help-now": May.ANYBODY,
    "GET /help-now/clinics": May.PATIENT,
    "GET /history": May.PATIENT,
    "GET /insights": May.PATIENT,
    "POST /insights/hiding": May.PATIENT,
    "POST /insights/hiding/ending": May.PATIENT,
    "GET /join/<token>": May.ANYBODY,
    "POST /join/<token>": May.ANYBODY,
    "GET /mail/stop/<token>": May.ANYBODY,
    "POST /mail/stop/<token>": May.ANYBODY,
    "GET /manifest.json": May.ANYBODY,
    "GET /metrics": May.ANYBODY,
    "GET /offline": May.ANYBODY,
    "DELETE /push/devices": May.PATIENT,
    "PUT /push/devices": May.PATIENT,
    "GET /push/key": May.PATIENT,
    "POST /push/receipts/<uuid:delivery_id>": May.ANYBODY,
    "POST /push/renewals": May.ANYBODY,
    "GET /readyz": May.ANYBODY,
    "GET /recover": May.ANYBODY,
    "POST /recover": May.ANYBODY,
    "POST /recover/code": May.ANYBODY,
    "GET /recover/stopping/<signed>": May.ANYBODY,
    "POST /recover/stopping/<signed>": May.ANYBODY,
    "GET /recover/<token>": May.ANYBODY,
    "POST /recover/<token>": May.ANYBODY,
    "GET /reminders": May.PATIENT,
    "POST /reminders": May.PATIENT,
    "POST /reminders/calendar": May.PATIENT,
    "POST /reminders/calendar/ending": May.PATIENT,
    "POST /reminders/email": May.PATIENT,
    "POST /reminders/infusions": May.PATIENT,
    "POST /reminders/later": May.PATIENT,
    "POST /reminders/pause": May.PATIENT,
    "POST /reminders/pause/ending": May.PATIENT,
    "POST /reminders/quiet": May.PATIENT,
    "POST /reminders/zone": May.PATIENT,
    "GET /service-worker.js": May.ANYBODY,
    "GET /sharing": May.PATIENT,
    "GET /sharing/clinics/<uuid:clinic_id>": May.OWN_CLINIC,
    "POST /sharing/clinics/<uuid:clinic_id>/grants": May.OWN_CLINIC,
    "POST /sharing/grants/<uuid:grant_id>/withdrawal": May.OWN_GRANT,
    "POST /sharing/wishes/<uuid:wish_id>": May.OWN_WISH,
    "POST /sharing/wishes/<uuid:wish_id>/dropping": May.OWN_WISH,
    "GET /shell/<page>": May.ANYBODY,
    "GET /sign-in": May.ANYBODY,
    "POST /sign-in": May.ANYBODY,
    "POST /sign-in/demo/<who>": May.ANYBODY,
    "POST /sign-out": May.SIGNED_IN,
    "GET /today": May.PATIENT,
    "GET /waiting": May.ANYBODY,
}
CLOSED = [route for route, may in ROUTES.items() if may is not May.ANYBODY]

# With a token that nobody made, or outside of the demo.
LEADS_NOWHERE = {
    "GET /calendar/<secret>.ics",
    "GET /join/<token>",
    "POST /join/<token>",
    "GET /mail/stop/<token>",
    "POST /mail/stop/<token>",
    "GET /recover/<token>",
    "POST /recover/<token>",
    "POST /sign-in/demo/<who>",
}

STAFF = {"bose", "kim", "ada"}
EVERYBODY = ("ana", "ben", "bose", "kim", "ada", "cole", "removed")
# Who gets through; the rest find nothing there (404), or are told no (403).
THROUGH = {
    May.SIGNED_IN: set(EVERYBODY),
    May.OWN_SESSION: {"ana"},
    May.PATIENT: {"ana", "ben"},
    May.OWN_GRANT: {"ana"},
    May.OWN_WISH: {"ana"},
    May.OWN_CLINIC: {"ana"},
    May.OWN_DEVICE: {"ana"},
    May.MEMBER: {*STAFF, "cole"},
    May.OF_THE_CLINIC: STAFF,
    May.ADMINISTRATOR: {"ada", "cole"},
}
TOLD_NO = {May.ADMINISTRATOR: {"bose", "kim"}}


@pytest.fixture
def ids(session: Session, people: People) -> dict[str, object]:
    """Ana's, each of the kind that a route asks for."""
    now = datetime.now(UTC)
    invitation, _ = invite(session, member_of(session, people.bose), "Mia", None, now)
    grant = session.scalars(select(Grant).where(Grant.patient_id == people.ana.id)).one()
    infusion = Infusion(
        clinic_id=people.riverbend.id,
        patient_id=people.ana.id,
        given_at=now,
        day=now.date(),
        dose_mg=40.0,
        minutes=40,
        recorded_by=people.bose.id,
        recorded_at=now,
    )
    session.add(infusion)
    phone = device(session, people.ana)
    for one in (people.ana, people.ben):
        change(session, one, Wanted(time(20), EVERY_DAY, on=True, nudge=False), now)
    session.flush()
    wish = Wish(
        account_id=people.ana.id,
        kind="consent",
        about={
            "clinic": str(people.riverbend.id),
            "scopes": ["numbers"],
            "first_day": None,
            "expires_at": None,
        },
        wished_at=now,
        ask_from=now,
        until=now + timedelta(days=7),
    )
    session.add(wish)
    session.flush()
    return {
        "wish_id": wish.id,
        "patient_id": people.ana.id,
        "clinic_id": people.riverbend.id,
        "grant_id": grant.id,
        "infusion_id": infusion.id,
        "invitation_id": invitation.id,
        "device_id": phone.id,
        "test_id": queue.add_test(session, phone, now),
        "delivery_id": uuid4(),
        "day": date(2020, 1, 1),
        "token": "nope",
        "secret": "nope",
        "signed": "nope",
        "who": "patient",
        "page": "day",
    }


@pytest.fixture
def send(
    app: Flask, session: Session, people: People, ids: dict[str, object]
) -> Callable[..., str]:
    """Try a route as someone, with Ana's ids."""

    def tried(route: str, who: str, **others: object) -> str:
        browser = holding(app, session, people, who)
        anas = another_session(session, people)
        method, rule = route.split(" ", 1)
        path = filled(app, rule, {**ids, "sign_in_id": anas, **others})
        session.commit()
        if method == "GET":
            return outcome(browser.get(path))
        if method in ("PUT", "DELETE"):
            return outcome(browser.send_json(method, path, {}))
        return outcome(browser.send_form(path))

    return tried


def outcome(answer: TestResponse) -> str:
    """Whether she got through; what was wrong with an empty form is another matter."""
    if answer.status_code == 401 or (answer.location or "").startswith("/sign-in"):
        return "sign in"
    assert answer.status_code < 500
    return {403: "no", 404: "not there"}.get(answer.status_code, "through")


def expected(route: str, who: str) -> str:
    may = ROUTES[route]
    if who in THROUGH[may]:
        return "through"
    return "no" if who in TOLD_NO.get(may, ()) else "not there"


def holding(app: Flask, session: Session, people: People, who: str) -> Browser:
    """This person's browser; whoever was removed was so a minute ago, with a page open."""
    if who == "nobody":
        return Browser(app)
    if who != "removed":
        return signed_in(app, session, getattr(people, who))
    browser = signed_in(app, session, people.kim)
    browser.get("/clinic")
    leave(session, people.kim.id)
    return browser


def leave(session: Session, who: UUID) -> None:
    session.scalars(
        select(Membership).where(Membership.account_id == who)
    ).one().until = datetime.now(UTC)
    session.commit()


def another_session(session: Session, people: People) -> UUID:
    """The id of another session of Ana's."""
    _, sign_in = sign_ins.begin(session, people.ana, "another phone", datetime.now(UTC))
    session.commit()
    return sign_in.id


def filled(app: Flask, rule: str, ids: dict[str, object]) -> str:
    found = next(one for one in app.url_map.iter_rules() if one.rule == rule)
    built = found.build({name: ids[name] for name in found.arguments})
    assert built
    return built[1]


def routes_of(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.assures("A02")
def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert routes_of(app) == set(ROUTES)


@pytest.mark.assures("A02")
def test_what_the_table_opens_is_what_is_marked_open(app: Flask) -> None:
    opened = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if getattr(app.view_functions[rule.endpoint], "public", False)
    }

    assert opened == set(ROUTES) - set(CLOSED)


@pytest.mark.assures("A02")
@pytest.mark.parametrize("route", CLOSED)
def test_nobody_is_asked_to_sign_in(send: Callable[..., str], route: str) -> None:
    assert send(route, "nobody") == "sign in"


@pytest.mark.assures("A02")
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("route", CLOSED)
def test_each_route_lets_through_whom_it_should(
    send: Callable[..., str], route: str, who: str
) -> None:
    assert send(route, who) == expected(route, who)


@pytest.mark.assures("A02")
@pytest.mark.parametrize("who", ["nobody", "ana", "bose", "ada"])
@pytest.mark.parametrize("route", [one for one in ROUTES if one not in (*CLOSED, "GET /")])
def test_what_is_open_asks_nobody_to_sign_in(
    send: Callable[..., str], route: str, who: str
) -> None:
    assert send(route, who) == ("not there" if route in LEADS_NOWHERE else "through")


@pytest.mark.assures("A04")
@pytest.mark.parametrize("who", ["ana", "bose", "ada"])
@pytest.mark.parametrize("route", [route for route in CLOSED if "<uuid:" in route])
def test_an_unknown_id_is_not_there_for_anybody(
    send: Callable[..., str], route: str, who: str
) -> None:
    names = (
        "patient_id", "clinic_id", "grant_id", "invitation_id", "sign_in_id", "device_id",
        "test_id", "wish_id",
    )  # fmt: skip

    assert send(route, who, **{name: uuid4() for name in names}) == "not there"


@pytest.mark.assures("A04")
def test_a_guessed_way_back_in_opens_nothing(
    app: Flask, session: Session, people: People, ids: dict[str, object]
) -> None:
    recovery.by_mail(session, people.ana, datetime.now(UTC))
    kept = session.scalars(select(Recovery)).one()
    session.commit()

    answer = Browser(app).client.get(f"/recover/{kept.token_hash}", base_url=BASE)

    assert answer.status_code == 404
