"""Every page there is, by whose it is, and the way to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from journal.accounts import letters, recovery
from journal.clock import diary_day
from journal.entries.fold import Medicine, Value
from journal.entries.models import How
from journal.mail import store
from journal.sharing.access import Member, granted, member_of
from journal.sharing.invitations import invite, redeem
from tests.clinic.desk import give, join, write
from tests.clinic.series import told
from tests.people import ZONE, People

DAY = timedelta(days=1)
IBUPROFEN: Medicine = {"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": 1}
EVERYTHING: dict[str, Value] = {
    "pain_avg": 4,
    "pain_worst": 6,
    "interference": 3,
    "mood": 6,
    "sleep_hours": 6.75,
    "sleep_quality": 5,
    "energy": 4,
    "note": "Rain all day",
    "rescue_med": (IBUPROFEN,),
    "into_bed": "22:30",
    "try_sleep": "23:00",
    "sol": 30,
    "awakenings": 2,
    "waso": 45,
    "final_awake": "06:30",
    "out_bed": "07:00",
    "ready": ("Something eaten",),
    "before_pain": 6,
    "before_mood": 4,
    "after_pain": 3,
    "after_mood": 6,
    "noticed": {"dizzy": 1, "chest": 2},
}
# Before the last ones that Ana was given; what it was given by is a choice, and stays unsaid.
INFUSION = {"given_at": "2026-01-02T14:30", "dose_mg": "42.5", "minutes": "40"}


@dataclass(frozen=True)
class Way:
    """Open this, type that, press the button of this name."""

    path: str
    typed: Mapping[str, str] = field(default_factory=dict)
    press: str = ""

    def take(self, page: Page, addresses: Mapping[str, object]) -> None:
        page.goto(self.path.format(**addresses))
        for name, text in self.typed.items():
            page.locator(f"main [name={name}]").fill(text)
        if self.press:
            page.locator("main").get_by_role("button", name=self.press, exact=True).first.click()
            # Some forms ask the phone before they go.
            page.wait_for_load_state("networkidle")


# Signing out is last: nobody gets any further then.
WAYS: dict[str, tuple[Way, ...]] = {
    "nobody": (
        Way("/sign-in"),
        Way("/sign-in?ended=1"),
        Way("/sign-in", {"email": "ana@example.org", "password": "wrong"}, "Sign in"),
        Way("/recover"),
        Way("/recover", {"email": "ana@example.org"}, "Send me a link"),
        Way("/recover", {"code": "ABCD EFGH"}, "Go on"),
        Way("/recover/{way_back}"),
        Way("/recover/{way_back}", {"password": "short"}, "Use this password"),
        Way("/recover/stopping/{stopping}"),
        Way("/recover/stopping/{stopping}", press="Stop it"),
        Way("/recover/stopping/{stopping}"),
        Way("/join/{joining}"),
        Way("/join/{joining}", {"name": "Mia", "email": "x", "password": "x"}, "Begin my journal"),
        Way("/join/{used}"),
        Way("/join/nope"),
        Way("/help-now"),
        Way("/offline"),
        Way("/nothing-here"),
    ),
    "ana": (
        Way("/entries/{today}"),
        Way("/entries/{today}?done=1"),
        Way("/entries/{yesterday}"),
        Way("/entries/{yesterday}?done=1"),
        Way("/entries/{older}"),
        Way("/entries/{older}", {"note": "Sun"}, "Save this correction"),
        Way("/entries/{tomorrow}"),
        Way("/goal"),
        Way("/goal", {"text": "Walk the dog"}, "Save"),
        Way("/history"),
        Way("/history?until={long_ago}"),
        Way("/insights"),
        Way("/insights", press="Put this page away"),
        Way("/insights", press="Show it again"),
        Way("/sharing"),
        Way("/sharing/clinics/{clinic}"),
        Way("/account"),
        Way("/account", {"name": " "}, "Save"),
        Way("/account", {"old_password": "wrong", "password": "short"}, "Change it"),
        Way("/join/{joining}"),
        Way("/join/{used}"),
        Way("/help-now"),
        Way("/nothing-here"),
        Way("/account", press="Sign out here"),
    ),
    # His clinic has made a code for him, and he has written nothing.
    "ben": (Way("/today"), Way("/history"), Way("/insights"), Way("/sharing")),
    "dr.bose": (
        Way("/clinic"),
        Way("/clinic?q=nobody"),
        Way("/clinic/patients/{ana}"),
        Way("/clinic/patients/{ana}?days=1095"),
        Way("/clinic/patients/{bea}"),
        Way("/clinic/patients/{bea}", press="Record the decision"),
        Way("/clinic/patients/{ana}/infusions"),
        Way("/clinic/patients/{ana}/infusions/new"),
        Way("/clinic/patients/{ana}/infusions/new", {"dose_mg": "much"}, "Record it"),
        Way("/clinic/patients/{ana}/infusions/{planned}?as=last", {"dose_mg": "425"}, "Record it"),
        Way("/clinic/patients/{ana}/infusions/{planned}", press="Record it"),
        Way("/clinic/patients/{ana}/infusions/{given}", INFUSION, "Record the correction"),
        Way("/clinic/patients/{ana}/infusions", press="Missed"),
        Way("/clinic/patients/{ana}/infusions", press="Plan it again"),
        Way("/clinic/patients/{ana}/infusions/{given}", press="A new series begins with it"),
        Way("/clinic/patients/{ana}/course"),
        Way("/clinic/patients/{ana}/course", {"weeks": "99"}, "Save"),
        Way("/clinic/patients/{ana}/course", {"diagnosis": "Pain"}, "Save"),
        Way("/clinic/patients/{ana}", press="Make a code"),
        Way("/clinic/outcomes"),
        Way("/clinic/outcomes?period=nope"),
        Way("/clinic/invitations"),
        Way("/clinic/invitations", {"label": "Mia"}, "Make an invitation"),
        Way("/clinic/invitations", press="Take back"),
        Way("/join/{joining}"),
        Way("/account"),
        Way("/nothing-here"),
    ),
    "ada": (
        Way("/clinic/settings"),
        Way("/clinic/settings", {"name": " "}, "Save"),
        Way("/clinic/settings", {"telephone": "(555) 010-0100"}, "Save"),
        Way("/clinic/settings", {"quiet_hours": "99"}, "Save this"),
    ),
}


def furnish(app: Flask, session: Session, people: People, now: datetime) -> dict[str, object]:
    """Give everybody something to see; what stands in the addresses of WAYS."""
    today = diary_day(now, ZONE)
    bose = member_of(session, people.bose)
    granted(session, bose, people.ana.id, now)
    _write_anas_days(session, people, today)
    given, planned = _treat_ana(session, people, today)
    (_, joining), used = invite(session, bose, "Mia", None, now), _used(session, bose, now)
    session.commit()
    return {
        "today": today,
        "yesterday": today - DAY,
        "older": today - 5 * DAY,
        "tomorrow": today + 2 * DAY,
        "long_ago": today - 50 * DAY,
        "ana": people.ana.id,
        "given": given,
        "planned": planned,
        "bea": _fading(session, people, today),
        "clinic": people.riverbend.id,
        "joining": joining,
        "used": used,
        "way_back": recovery.by_mail(session, people.kim, now),
        "stopping": _stopping(app, session, people, now),
    }


def _write_anas_days(session: Session, people: People, today: date) -> None:
    live = {today - n * DAY: EVERYTHING for n in range(3, 60) if n % 9}
    write(session, people.ana, live)
    write(session, people.ana, {today - 2 * DAY: {"too_much": True}})
    write(session, people.ana, {today - DAY: {"mood": 5, "pain_avg": 8}}, How.LATE)


def _treat_ana(session: Session, people: People, today: date) -> tuple[UUID, UUID]:
    """Two infusions that were given, and one to come; the newest and the planned one."""
    give(session, people.riverbend, people.ana, today - 20 * DAY)
    given = give(session, people.riverbend, people.ana, today - 12 * DAY)
    long_ago = given.recorded_at
    planned = give(
        session,
        people.riverbend,
        people.ana,
        today + 2 * DAY,
        standing="planned",
        recorded_at=long_ago,
    )
    return given.id, planned.id


def _fading(session: Session, people: People, today: date) -> UUID:
    """Somebody whose relief may be fading."""
    (bea,) = join(session, people.riverbend, "Bea")
    told(session, people.riverbend, bea, today, (2,) * 15 + (7,) * 5)
    return bea.id


def _used(session: Session, bose: Member, now: datetime) -> str:
    invitation, token = invite(session, bose, "Bo", "77", now)
    redeem(session, invitation, now)
    return token


def _stopping(app: Flask, session: Session, people: People, now: datetime) -> str:
    """What stands in the link of the letter about Ben's code."""
    clinic = people.hillside
    recovery.by_clinic(session, people.cole, clinic.id, clinic.name, people.ben.id, now)
    with app.test_request_context():
        letters.code_made(session, people.ben.id, now)
    session.flush()
    letter = store.claim(session, now)
    assert letter
    found = re.search(r"/recover/stopping/(\S+)", store.claimed(session, letter).text)
    session.commit()
    assert found
    return found[1]
