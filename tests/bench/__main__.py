"""`make bench`: what pages cost beside a bare program, reminders beside a plain loop, and relief
beside reading what it is reckoned from."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from journal import clock, create_app
from journal.config import Config, from_env
from journal.db import make_engine, opened
from journal.migrations import upgrade
from journal.vault import Vault
from tests import certificate
from tests.bench import relief
from tests.bench.bare import bare_app
from tests.bench.claiming import claiming
from tests.bench.record import ZONE, Record, fill
from tests.bench.rounds import compare
from tests.bench.visits import visits
from tests.browser.browsers import free_port
from tests.databases import PostgresDatabases, SqliteDatabases


def main(*names: str) -> None:
    """All of it, or the parts of these names."""
    parts: dict[str, Callable[[Config, Path], None]] = {
        "pages": _pages,
        "visits": _visits,
        "claiming": _claiming,
        "sending": _sending,
        "relief": _relief,
    }
    for name in names or parts:
        with tempfile.TemporaryDirectory() as folder:
            config = from_env(
                {
                    "JOURNAL_INSTANCE": str(Path(folder) / "instance"),
                    "JOURNAL_PUSH_CONTACT": "mailto:journal@example.org",
                    "JOURNAL_BASE_URL": f"http://127.0.0.1:{free_port()}",
                }
            )
            parts[name](config, Path(folder))


def _pages(config: Config, _folder: Path) -> None:
    record = _prepare(config)
    app, bare = create_app(config), bare_app(make_engine(config.database_url)).test_client()
    phone = _signed_in(app.test_client(), record.patient_token)
    desk = _signed_in(app.test_client(), record.member_token)
    page = f"/entries/{record.today}"
    account = record.patient_id
    _print("today", _get(phone, page), _get(bare, f"/days/{account}/{record.today}"), 60)
    _print("panel of 500", _get(desk, "/clinic"), _get(bare, f"/panel/{_ago(record, 35)}"), 15)
    _print(
        "patient page, 3 years",
        _get(desk, f"/clinic/patients/{account}?days=1095"),
        _get(bare, f"/days/{account}/{_ago(record, 1095)}"),
        times=10,
    )
    # After the others: it leaves thousands of edits on one day, which no person does.
    _print("save", _saving(phone, record), _bare_saving(bare, account), times=60)


def _visits(config: Config, _folder: Path) -> None:
    record = _prepare(config)
    said = visits(create_app(config), config.base_url, record.patient_token)
    sys.stdout.write(f"{said}\n")


def _claiming(config: Config, folder: Path) -> None:
    sqlite, postgres = SqliteDatabases(config, folder), PostgresDatabases(config, lasting=True)
    sys.stdout.write(f"a million rules, SQLite  {claiming(config, sqlite)}\n")
    sys.stdout.write(f"the same, PostgreSQL     {claiming(config, postgres)}\n")
    postgres.close()


def _sending(_config: Config, folder: Path) -> None:
    files = certificate.make(folder)
    # Read when they start: whom aiohttp, and what pywebpush sends with, trust.
    trusted = {"SSL_CERT_FILE": str(files[0]), "REQUESTS_CA_BUNDLE": str(files[0])}
    subprocess.run(
        [sys.executable, "-m", "tests.bench.sending", str(folder), *map(str, files)],
        env=os.environ | trusted,
        check=True,
    )


def _relief(config: Config, folder: Path) -> None:
    of_one = replace(config, database_url=f"sqlite:///{folder / 'one.sqlite'}")
    sys.stdout.write(f"relief, 5 years of one   {relief.one_patient(of_one)}\n")
    sys.stdout.write(f"outcomes of 2,000        {relief.clinic(config)}\n")


def _prepare(config: Config) -> Record:
    engine = make_engine(config.database_url)
    upgrade(engine)
    with opened(engine, Vault(config.vault_keys), writing=True) as session:
        record = fill(session, clock.now())
        session.commit()
    return record


def _signed_in(client: FlaskClient, token: str) -> FlaskClient:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def _get(client: FlaskClient, path: str) -> Callable[[], None]:
    def get() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")

    return get


def _saving(phone: FlaskClient, record: Record) -> Callable[[], None]:
    token = phone.get("/csrf").get_json()["token"]

    def save() -> None:
        body = _edit() | {"account": str(record.patient_id), "edit_id": str(uuid4())}
        answer = phone.put(f"/entries/{record.today}", json=body, headers={"X-CSRFToken": token})
        if answer.status_code != 200:
            raise SystemExit(f"a save answered {answer.status_code}: {answer.text}")

    return save


def _bare_saving(bare: FlaskClient, account: UUID) -> Callable[[], None]:
    def save() -> None:
        bare.put(f"/save/{account}/{uuid4()}", json=_edit())

    return save


def _edit() -> dict[str, object]:
    at = clock.now().isoformat(timespec="milliseconds")
    items = {"pain_avg": 5, "pain_worst": 7, "interference": 4, "mood": 5, "sleep_hours": 6.5}
    return {"edited_at": at, "zone": ZONE, "items": items, "reason": None}


def _ago(record: Record, days: int) -> date:
    return record.today - timedelta(days=days)


def _print(name: str, ours: Callable[[], None], bare: Callable[[], None], times: int) -> None:
    sys.stdout.write(f"{name:24}{compare(ours, bare, times=times)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
