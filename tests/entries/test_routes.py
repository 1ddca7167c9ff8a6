"""Edits over HTTP, as phones send them."""

import json
import sqlite3
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from tests.entries.letters import letter
from tests.people import BASE, Browser, People, signed_in

ONE = timedelta(days=1)
NOTHING = {"days": [], "edits": 0, "revision": 0}


def heard(phone: Browser) -> dict[str, Any]:
    """What the journal says of her days, without what it asks for."""
    answer: dict[str, Any] = phone.get("/entries").get_json()
    return {name: answer[name] for name in NOTHING}


def put(phone: Browser, path: str, body: object) -> TestResponse:
    return phone.send_json("PUT", path, body)


class Slow(BytesIO):
    """A letter on its way; while it comes, somebody else writes in the database."""

    def __init__(self, body: object, engine: Engine) -> None:
        super().__init__(json.dumps(body).encode())
        self._file = engine.url.database or ""

    def readinto(self, room: Any, /) -> int:
        other = sqlite3.connect(self._file, timeout=0)
        other.execute("BEGIN IMMEDIATE")
        other.close()
        return super().readinto(room)


@pytest.fixture
def edit(ana: Account) -> dict[str, Any]:
    return letter(account=str(ana.id))


def test_the_answer_names_the_edit(
    anas_phone: Browser, page: str, today: date, edit: dict[str, Any]
) -> None:
    answer = put(anas_phone, page, edit)

    assert answer.status_code == 200
    assert answer.json == {
        "edit_id": edit["edit_id"],
        "day": today.isoformat(),
        "items": {"pain_avg": 7},
        "how": {"pain_avg": "live"},
        "revision": 1,
        "night": "",
    }


@pytest.mark.assures("E04")
def test_the_same_edit_again_is_answered_as_the_first_time(
    anas_phone: Browser, page: str, edit: dict[str, Any]
) -> None:
    first = put(anas_phone, page, edit)

    again = put(anas_phone, page, edit)

    assert (again.status_code, again.json) == (200, first.json)


def test_the_answer_tells_what_other_devices_said(
    anas_phone: Browser, page: str, edit: dict[str, Any], ana: Account
) -> None:
    put(anas_phone, page, letter(account=str(ana.id), items={"mood": 3}))

    answer = put(anas_phone, page, edit)

    assert answer.json is not None
    assert answer.json["items"] == {"mood": 3, "pain_avg": 7}


@pytest.mark.assures("E07")
def test_a_bad_letter_in_the_middle_holds_up_no_other(
    anas_phone: Browser, ana: Account, today: date
) -> None:
    letters = [
        letter(account=str(ana.id), day=today.isoformat(), items=items)
        for items in ({"pain_avg": 3}, {"mood": 99}, {"energy": 5})
    ]

    answer = put(anas_phone, "/entries", {"edits": letters})

    assert answer.json is not None
    answers = answer.json["answers"]
    assert [one["status"] for one in answers] == [200, 400, 200]
    assert [one["edit_id"] for one in answers] == [one["edit_id"] for one in letters]
    assert answers[1]["field"] == "mood"
    assert answers[2]["items"] == {"pain_avg": 3, "energy": 5}


@pytest.mark.assures("E07")
@pytest.mark.parametrize("bad", [None, 7, [], {}, {"edit_id": 7}, {"edit_id": "x"}])
def test_what_is_no_letter_is_answered_without_a_name(
    anas_phone: Browser, edit: dict[str, Any], today: date, bad: object
) -> None:
    letters = [bad, {**edit, "day": today.isoformat()}]

    answer = put(anas_phone, "/entries", {"edits": letters})

    assert answer.json is not None
    assert answer.json["answers"][0]["edit_id"] is None
    assert [one["status"] for one in answer.json["answers"]] == [400, 200]


@pytest.mark.assures("B02")
def test_thirty_one_letters_are_too_many(
    anas_phone: Browser, edit: dict[str, Any], today: date
) -> None:
    letters = [{**edit, "edit_id": str(uuid4()), "day": today.isoformat()} for _ in range(31)]

    answer = put(anas_phone, "/entries", {"edits": letters})

    assert (answer.status_code, answer.json["field"]) == (400, "edits")  # type: ignore[index]
    assert heard(anas_phone) == NOTHING


def test_a_phone_asks_what_changed_since(
    anas_phone: Browser, page: str, edit: dict[str, Any], today: date
) -> None:
    put(anas_phone, page, edit)
    put(anas_phone, f"/entries/{today - ONE}", {**edit, "edit_id": str(uuid4())})

    answer = anas_phone.get("/entries?since=1")

    assert answer.json is not None
    assert [day["day"] for day in answer.json["days"]] == [(today - ONE).isoformat()]
    assert answer.json["revision"] == 2


def test_a_phone_hears_of_the_days_it_remembers_and_no_older_ones(
    anas_phone: Browser, page: str, edit: dict[str, Any], today: date
) -> None:
    put(anas_phone, page, edit)
    put(anas_phone, f"/entries/{today - ONE}", {**edit, "edit_id": str(uuid4())})

    answer = anas_phone.get(f"/entries?first={today}")

    assert answer.json is not None
    assert [day["day"] for day in answer.json["days"]] == [today.isoformat()]
    assert answer.json["revision"] == 2


def test_a_phone_that_knows_of_nothing_hears_that_it_had_written(
    app: Flask,
    session: Session,
    people: People,
    anas_phone: Browser,
    page: str,
    edit: dict[str, Any],
) -> None:
    put(anas_phone, page, edit)

    another = signed_in(app, session, people.ana)

    assert anas_phone.get("/entries").json["edits"] == 1  # type: ignore[index]
    assert anas_phone.get("/entries?since=1").json["edits"] == 0  # type: ignore[index]
    assert another.get("/entries").json["edits"] == 0  # type: ignore[index]


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "²", "9" * 13])
def test_what_is_no_revision_is_refused(anas_phone: Browser, since: str) -> None:
    assert anas_phone.get(f"/entries?since={since}").status_code == 400


@pytest.mark.parametrize(
    ("text", "code"), [("{", "bad_request"), ("", "bad_request"), ("[]", "malformed")]
)
def test_malformed_json_is_said_to_be(anas_phone: Browser, page: str, text: str, code: str) -> None:
    headers = {"X-CSRFToken": anas_phone.csrf(), "Content-Type": "application/json"}

    answer = anas_phone.client.put(page, base_url=BASE, headers=headers, data=text)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == code


def test_what_is_not_json_is_refused_as_such(anas_phone: Browser, page: str) -> None:
    headers = {"X-CSRFToken": anas_phone.csrf(), "Content-Type": "text/plain"}

    answer = anas_phone.client.put(page, base_url=BASE, headers=headers, data="{}")

    assert answer.status_code == 415


@pytest.mark.assures("B02")
def test_nesting_without_end_breaks_nothing(anas_phone: Browser, page: str) -> None:
    headers = {"X-CSRFToken": anas_phone.csrf(), "Content-Type": "application/json"}

    answer = anas_phone.client.put(page, base_url=BASE, headers=headers, data="[" * 200_000)

    assert answer.status_code == 400


@pytest.mark.assures("B02")
def test_a_note_of_two_megabytes_is_too_much(
    anas_phone: Browser, page: str, edit: dict[str, Any]
) -> None:
    answer = put(anas_phone, page, {**edit, "items": {"note": "n" * 2_000_000}})

    assert answer.status_code == 413
    assert answer.json is not None
    assert "too much" in answer.json["message"]


@pytest.mark.assures("B02")
def test_a_letter_that_comes_slowly_holds_up_nobody_who_writes(
    anas_phone: Browser, engine: Engine, page: str, edit: dict[str, Any]
) -> None:
    headers = {"X-CSRFToken": anas_phone.csrf(), "Content-Type": "application/json"}
    coming = Slow(edit, engine)

    answer = anas_phone.client.put(page, base_url=BASE, input_stream=coming, headers=headers)

    assert answer.status_code == 200


def test_a_letter_for_another_account_is_a_conflict(
    anas_phone: Browser, page: str, dr_bose: Account
) -> None:
    answer = put(anas_phone, page, letter(account=str(dr_bose.id)))

    assert answer.status_code == 409
    assert answer.json is not None
    assert "written by someone else" in answer.json["message"]
    assert heard(anas_phone) == NOTHING


def test_among_her_letters_one_for_another_account_is_set_aside(
    anas_phone: Browser, ana: Account, people: People, today: date
) -> None:
    letters = [letter(account=str(one.id), day=str(today)) for one in (people.ben, ana)]

    answer = put(anas_phone, "/entries", {"edits": letters})

    assert answer.json is not None
    assert [one["status"] for one in answer.json["answers"]] == [409, 200]


def test_the_future_is_refused(anas_phone: Browser, today: date, edit: dict[str, Any]) -> None:
    answer = put(anas_phone, f"/entries/{today + 2 * ONE}", edit)

    assert (answer.status_code, answer.json["code"]) == (400, "future")  # type: ignore[index]


@pytest.mark.assures("B08")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_day_of_the_calendar_breaks_it(
    anas_phone: Browser, edit: dict[str, Any], day: str
) -> None:
    assert put(anas_phone, f"/entries/{day}", edit).status_code == 400


@pytest.mark.parametrize("day", ["2026-02-30", "0000-01-01", "2026-W48-2", "tomorrow"])
def test_what_is_no_day_is_not_there(anas_phone: Browser, edit: dict[str, Any], day: str) -> None:
    assert put(anas_phone, f"/entries/{day}", edit).status_code == 404


def test_a_page_of_a_thirteenth_month_is_not_there(anas_phone: Browser) -> None:
    assert anas_phone.get("/entries/2026-13-01").status_code == 404


@pytest.mark.assures("A10")
@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_its_token_nothing_is_changed(
    anas_phone: Browser, page: str, edit: dict[str, Any], token: str
) -> None:
    headers = {"X-CSRFToken": token}

    answer = anas_phone.client.put(page, base_url=BASE, json=edit, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (400, "csrf")  # type: ignore[index]
    assert heard(anas_phone) == NOTHING


@pytest.mark.assures("A01")
def test_nobody_is_asked_to_sign_in(stranger: Browser, page: str, edit: dict[str, Any]) -> None:
    answer = put(stranger, page, edit)

    assert (answer.status_code, answer.json["code"]) == (401, "sign_in")  # type: ignore[index]


@pytest.mark.assures("A02")
def test_a_member_has_no_day_of_her_own(
    dr_boses_desk: Browser, page: str, dr_bose: Account
) -> None:
    answer = put(dr_boses_desk, page, letter(account=str(dr_bose.id)))

    assert answer.status_code == 404
