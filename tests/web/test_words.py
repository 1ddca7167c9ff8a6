"""Every sentence can be translated: in a made-up language no page says anything of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.entries.fold import Value
from journal.entries.forms import EditBody
from journal.entries.store import save_edit
from journal.reminders.letters import sign
from journal.reminders.store import Wanted, change
from journal.sharing.access import member_of, own
from journal.sharing.invitations import invite
from tests.clinic.desk import give, write
from tests.databases import Databases
from tests.people import ZONE, Browser, People, signed_in
from tests.pseudo import LANGUAGE, unmarked, write_catalog
from tests.reminders.conftest import EVERY_DAY, device

NAMES = {"Journal", "Ana", "Ben", "Dr Bose", "Kim", "Ada", "Dr Cole", "Riverbend", "Mia"}
# The browser of the tests, time zones, addresses, a code, a unit: nobody translates these.
DATA = NAMES | {"mg", "kg", "mmHg", "SMS", "a browser of the tests", "America", "New", "York"}
INFUSION = "/clinic/patients/{ana}/infusions/{infusion}"
GIVEN = {
    "standing": "given",
    "given_at": "2026-01-02T10:00",
    "agent": "racemic",
    "dose_mg": "35",
    "minutes": "40",
}
BRANDS = {
    "Samsung", "Xiaomi", "Redmi", "Poco", "Huawei", "Honor", "Oppo", "Realme", "OnePlus", "iOS",
    "Firefox", "Android",
}  # fmt: skip


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    return sqlite_databases.renewed()


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalog")
    write_catalog(folder)
    return folder


@pytest.fixture
def speaks(app: Flask, session: Session, catalog: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app and all its people in the made-up language."""
    monkeypatch.setitem(app.config, "BABEL_TRANSLATION_DIRECTORIES", str(catalog))
    monkeypatch.setattr(app.extensions["babel"], "translation_directories", [str(catalog)])
    monkeypatch.setitem(app.extensions, "languages", [LANGUAGE])
    session.execute(update(Account).values(locale=LANGUAGE))
    session.commit()
    return app


@pytest.fixture
def yesterday(session: Session, people: People, now: datetime) -> None:
    """Ana wrote down something of everything."""
    items: dict[str, Value | None] = {
        "pain_avg": 5,
        "mood": 4,
        "sleep_hours": 6.5,
        "note": "Mia",
        "too_much": True,
        "into_bed": "22:30",
        "waso": 45,
        "ready": ("Mia",),
        "before_pain": 6,
        "after_pain": 3,
        "noticed": {"chest": 1, "breathing": 2},
        "goal_met": "partly",
    }
    edit = EditBody(uuid4(), now, people.ana.zone, items, None, people.ana.id)
    save_edit(session, own(people.ana), diary_day(now, ZONE), edit, datetime.now(UTC))
    session.commit()


@pytest.mark.parametrize(
    "path", ["/sign-in", "/recover", "/help-now", "/offline", "/join/x", "/mail/stop/x", "/x"]
)
def test_nobody_reads_an_unmarked_sentence(speaks: Flask, path: str) -> None:
    answer = Browser(speaks).get(path, **{"Accept-Language": LANGUAGE})

    assert unmarked(answer.text, DATA) == []


@pytest.mark.parametrize(
    "path", ["/history", "/insights", "/sharing", "/account", "/help-now", "/goal"]
)
def test_ana_reads_no_unmarked_sentence(
    speaks: Flask, session: Session, people: People, yesterday: None, path: str
) -> None:
    answer = signed_in(speaks, session, people.ana).get(path)

    assert unmarked(answer.text, DATA | {people.ana.email}) == []


@pytest.mark.parametrize("page", ["day", "history", "waiting"])
def test_nobody_reads_an_unmarked_sentence_without_a_network(speaks: Flask, page: str) -> None:
    answer = Browser(speaks).get(f"/shell/{page}", **{"Accept-Language": LANGUAGE})

    assert unmarked(answer.text, DATA) == []


@pytest.mark.parametrize("ending", ["", "?done=1"])
def test_ana_reads_no_unmarked_sentence_on_a_day(
    speaks: Flask, session: Session, people: People, yesterday: None, now: datetime, ending: str
) -> None:
    answer = signed_in(speaks, session, people.ana).get(f"/entries/{diary_day(now, ZONE)}{ending}")

    assert unmarked(answer.text, DATA) == []


@pytest.mark.parametrize("path", ["/reminders", "/devices"])
def test_ana_reads_no_unmarked_sentence_about_reminders(
    speaks: Flask, session: Session, people: People, now: datetime, path: str
) -> None:
    device(session, people.ana, confirmed_at=now, unanswered=3)
    wanted = Wanted(time(20), EVERY_DAY, on=True, nudge=True)
    change(session, people.ana, wanted, now)
    session.commit()

    answer = signed_in(speaks, session, people.ana).get(path)

    assert unmarked(answer.text, DATA | BRANDS) == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/reminders", {"at": "", "days": ["9"]}),
        ("/reminders/pause", {"until": "soon"}),
        ("/reminders/pause", {"until": "2020-01-01"}),
        ("/reminders/quiet", {"begins": "25:00"}),
        ("/reminders/calendar", {}),
    ],
)
def test_what_answers_her_there_is_marked_too(
    speaks: Flask, session: Session, people: People, path: str, typed: dict[str, object]
) -> None:
    answer = signed_in(speaks, session, people.ana).send_form(path, **typed)

    assert unmarked(answer.text, DATA | BRANDS) == []


@pytest.mark.parametrize("ask", [Browser.get, Browser.send_form])
def test_whoever_stops_e_mails_reads_no_unmarked_sentence(
    speaks: Flask, session: Session, people: People, ask: Callable[..., TestResponse]
) -> None:
    link = f"/mail/stop/{sign(speaks.config['SECRET_KEY'], people.ana.id)}"
    session.commit()

    answer = ask(signed_in(speaks, session, people.ana), link)

    assert unmarked(answer.text, DATA) == []


@pytest.mark.parametrize("path", ["/clinic", "/clinic/invitations"])
def test_dr_bose_reads_no_unmarked_sentence(
    speaks: Flask, session: Session, people: People, yesterday: None, path: str
) -> None:
    answer = signed_in(speaks, session, people.bose).get(path)

    assert unmarked(answer.text, DATA) == []


def test_ana_reads_no_unmarked_sentence_where_she_changes_what_is_seen(
    speaks: Flask, session: Session, people: People
) -> None:
    answer = signed_in(speaks, session, people.ana).get(f"/sharing/clinics/{people.riverbend.id}")

    assert unmarked(answer.text, DATA) == []


def test_an_administrator_reads_no_unmarked_sentence(
    speaks: Flask, session: Session, people: People
) -> None:
    answer = signed_in(speaks, session, people.ada).get("/clinic/settings")

    assert unmarked(answer.text, DATA) == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/clinic/invitations", {"label": "Mia"}),
        ("/clinic/invitations", {"label": ""}),
        ("/clinic/patients/{ana}/recovery", {}),
        ("/clinic/patients/{ana}/infusions", {"given_at": "soon"}),
        (INFUSION, {"dose_mg": "much", "minutes": "x", "stopped": "x"}),
        (INFUSION, GIVEN | {"given_at": "2999-01-02T10:00"}),
        (INFUSION, GIVEN | {"dose_mg": "999", "weight_kg": "40", "minutes": "5"}),
        (INFUSION, GIVEN | {"weight_kg": "700"}),
        ("/clinic/patients/{ana}/course", {"plan": "induction", "weeks": "99", "days": "x"}),
        ("/clinic/patients/{ana}/course", {"beside-0-until": "2026-01-02", "pain_baseline": "x"}),
    ],
)
def test_what_answers_dr_bose_is_marked_too(
    speaks: Flask, session: Session, people: People, path: str, typed: dict[str, str]
) -> None:
    desk = signed_in(speaks, session, people.bose)

    own = {"account": str(people.bose.id), "edit_id": str(uuid4())}

    answer = desk.send_form(path.format(ana=people.ana.id, infusion=uuid4()), **own, **typed)

    assert answer.status_code in (201, 400)
    assert unmarked(answer.text, DATA) == []


def test_a_unit_is_translated_in_what_is_said_of_it(
    speaks: Flask, session: Session, people: People
) -> None:
    desk = signed_in(speaks, session, people.bose)
    path = INFUSION.format(ana=people.ana.id, infusion=uuid4())

    refused = desk.send_form(path, heart_rate_peak="999").text
    offline = desk.get(path).text

    assert "250 ⟦a minute⟧" in refused
    assert "100 ⟦percent⟧" in offline


@pytest.fixture
def treated(session: Session, people: People, now: datetime) -> None:
    """Ana was well after one infusion, and then again less; a second came."""
    today = diary_day(now, ZONE)
    pains = [7] * 20 + [3] * 25 + [7] * 3 + [3] * 14 + [7] * 5
    days = {today - timedelta(days=67 - n): {"pain_avg": pain} for n, pain in enumerate(pains)}
    write(session, people.ana, days)
    give(session, people.riverbend, people.ana, today - timedelta(days=48))
    give(session, people.riverbend, people.ana, today - timedelta(days=21))


def test_ana_reads_no_unmarked_sentence_about_her_series(
    speaks: Flask, session: Session, people: People, treated: None
) -> None:
    page = signed_in(speaks, session, people.ana).get("/insights").text

    assert "chart__before" in page
    assert unmarked(page, DATA) == []


def test_dr_bose_reads_no_unmarked_sentence_about_series(
    speaks: Flask, session: Session, people: People, treated: None
) -> None:
    desk, page = signed_in(speaks, session, people.bose), f"/clinic/patients/{people.ana.id}"

    seen = [desk.get(page).text, desk.send_form(f"{page}/decisions").text, desk.get("/clinic").text]

    assert [unmarked(one, DATA) for one in seen] == [[], [], []]


@pytest.mark.parametrize(
    "ending", ["", "/infusions", "/course", "/infusions/8c5f1c52-0d5c-4d43-9f0c-3a7f6c1c0b11"]
)
def test_dr_bose_reads_no_unmarked_sentence_about_ana(
    speaks: Flask, session: Session, people: People, yesterday: None, ending: str
) -> None:
    answer = signed_in(speaks, session, people.bose).get(
        f"/clinic/patients/{people.ana.id}{ending}"
    )

    assert unmarked(answer.text, DATA) == []


def test_whoever_joins_reads_no_unmarked_sentence(
    speaks: Flask, session: Session, people: People, now: datetime
) -> None:
    _, token = invite(session, member_of(session, people.bose), "Mia", None, now)
    session.commit()

    answer = Browser(speaks).get(f"/join/{token}", **{"Accept-Language": LANGUAGE})

    assert unmarked(answer.text, DATA) == []
