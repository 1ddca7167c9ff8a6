"""No page reads a table from end to end, on either database."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from journal.accounts import recovery
from journal.clock import diary_day
from journal.config import Config
from journal.push import queue
from journal.reminders.letters import sign
from journal.reminders.store import Wanted, change, new_calendar
from journal.sharing.access import member_of
from journal.sharing.invitations import invite
from journal.sharing.models import Grant
from tests.clinic.desk import give
from tests.entries.letters import letter
from tests.people import PASSWORD, ZONE, Browser, People, signed_in
from tests.reminders.conftest import EVERY_DAY, device
from tests.statements import recorded, scans

pytestmark = pytest.mark.both_databases

Plans = Callable[..., list[str]]


@pytest.fixture
def paths(session: Session, people: People, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the addresses below."""
    invitation, token = invite(session, member_of(session, people.bose), "Mia", None, now)
    grant = session.scalars(select(Grant).where(Grant.patient_id == people.ana.id)).one()
    way_back = recovery.by_mail(session, people.ben, now)
    phone = device(session, people.ana)
    change(session, people.ana, Wanted(time(20), EVERY_DAY, on=True, nudge=True), now)
    calendar = new_calendar(session, people.ana.id)
    test = queue.add_test(session, phone, now)
    infusion = give(session, people.riverbend, people.ana, diary_day(now, ZONE) - timedelta(days=3))
    session.commit()
    return {
        "day": diary_day(now, ZONE),
        "ana": people.ana.id,
        "clinic": people.riverbend.id,
        "grant": grant.id,
        "invitation": invitation.id,
        "joining": token,
        "way_back": way_back,
        "device": phone.id,
        "test": test,
        "calendar": calendar,
        "stop": sign(config.secret_key, people.ana.id),
        "infusion": infusion.id,
        "in_a_week": diary_day(now, ZONE) + timedelta(days=7),
    }


@pytest.fixture
def plans(
    app: Flask, engine: Engine, session: Session, people: People, paths: dict[str, object]
) -> Plans:
    """Do something as someone; what was read from end to end for it."""

    def done(who: str, path: str, **sent: Any) -> list[str]:
        browser = Browser(app) if who == "nobody" else signed_in(app, session, getattr(people, who))
        ask = browser.send_form if sent else browser.get
        with recorded(app.extensions["engine"]) as statements:
            answer = ask(path.format(**paths), **{n: _filled(t, paths) for n, t in sent.items()})
        assert answer.status_code < 400
        assert statements
        return scans(engine, statements)

    return done


def _filled(typed: Any, paths: dict[str, object]) -> Any:
    return typed.format(**paths) if isinstance(typed, str) else typed


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("ana", "/entries/{day}"),
        ("ana", "/entries/{day}?done=1"),
        ("ana", "/entries"),
        ("ana", "/history"),
        ("ana", "/insights"),
        ("ana", "/sharing"),
        ("ana", "/sharing/clinics/{clinic}"),
        ("ana", "/account"),
        ("ana", "/help-now"),
        ("ana", "/reminders"),
        ("ana", "/devices"),
        ("ana", "/devices/tests/{test}"),
        ("nobody", "/calendar/{calendar}.ics"),
        ("nobody", "/mail/stop/{stop}"),
        ("nobody", "/readyz"),
        ("nobody", "/metrics"),
        ("bose", "/clinic"),
        ("bose", "/clinic/patients/{ana}"),
        ("bose", "/clinic/patients/{ana}/infusions"),
        ("bose", "/clinic/patients/{ana}/infusions/{infusion}"),
        ("bose", "/clinic/patients/{ana}/course"),
        ("bose", "/clinic/outcomes"),
        ("bose", "/clinic/invitations"),
        ("ada", "/clinic/settings"),
        ("nobody", "/join/{joining}"),
        ("nobody", "/recover/{way_back}"),
    ],
)
def test_a_page_is_found_by_index(plans: Plans, who: str, path: str) -> None:
    assert plans(who, path) == []


@pytest.mark.parametrize(
    ("who", "path", "fields"),
    [
        ("nobody", "/sign-in", {"email": "ana@example.org", "password": PASSWORD}),
        ("nobody", "/sign-in", {"email": "kim@example.org", "password": PASSWORD}),
        ("nobody", "/recover/{way_back}", {"password": "copper lantern meadow"}),
        ("ana", "/join/{joining}", {"numbers": "y", "first": "all", "until": "open"}),
        ("ana", "/entries/{day}", {"pain_avg": "7"}),
        ("ana", "/sharing/grants/{grant}/withdrawal", {"any": ""}),
        ("ana", "/account/recovery/stopping", {"any": ""}),
        ("ana", "/insights/hiding", {"any": ""}),
        ("ana", "/insights/hiding/ending", {"any": ""}),
        ("ana", "/sign-out", {"any": ""}),
        ("ana", "/reminders", {"at": "20:00", "days": ["0"], "on": "y"}),
        ("ana", "/reminders/pause", {"until": "{in_a_week}"}),
        ("ana", "/reminders/pause/ending", {"any": ""}),
        ("ana", "/reminders/later", {"any": ""}),
        ("ana", "/reminders/quiet", {"begins": "23:00", "ends": "06:00"}),
        ("ana", "/reminders/zone", {"zone": "Europe/Berlin"}),
        ("ana", "/reminders/calendar", {"any": ""}),
        ("ana", "/reminders/calendar/ending", {"any": ""}),
        ("ana", "/devices/{device}/tests", {"any": ""}),
        ("ana", "/devices/{device}/removal", {"any": ""}),
        ("nobody", "/mail/stop/{stop}", {"any": ""}),
        ("bose", "/clinic/patients/{ana}/messages/stopping", {"any": ""}),
        ("bose", "/clinic/patients/{ana}/messages/resuming", {"any": ""}),
        ("bose", "/clinic/patients/{ana}/infusions", {"given_at": "{in_a_week}T09:30"}),
        ("bose", "/clinic/patients/{ana}/infusions/{infusion}/series", {"first": "true"}),
        ("bose", "/clinic/patients/{ana}/infusions/{infusion}/striking", {"reason": "x"}),
        ("bose", "/clinic/patients/{ana}/course", {"diagnosis": "Pain", "plan": ""}),
        ("ada", "/clinic/settings/infusions", {"quiet_hours": "4"}),
        ("bose", "/clinic/invitations", {"label": "Mia"}),
        ("bose", "/clinic/invitations/{invitation}/revocation", {"any": ""}),
        ("bose", "/clinic/patients/{ana}/recovery", {"any": ""}),
    ],
)
def test_what_is_changed_is_found_by_index(
    plans: Plans, who: str, path: str, fields: dict[str, str]
) -> None:
    assert plans(who, path, **fields) == []


def test_saving_an_edit_finds_its_day_by_index(
    app: Flask, engine: Engine, anas_phone: Browser, people: People, paths: dict[str, object]
) -> None:
    with recorded(app.extensions["engine"]) as statements:
        anas_phone.send_json("PUT", f"/entries/{paths['day']}", letter(account=str(people.ana.id)))

    assert len(statements) > 3
    assert scans(engine, statements) == []
