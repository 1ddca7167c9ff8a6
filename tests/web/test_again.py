"""A page whose token is too old: nothing typed is lost, and nothing is done behind one's back."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from werkzeug.test import TestResponse

from journal.clock import diary_day
from tests.people import BASE, PASSWORD, ZONE, Browser

KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
NOTE = 'Rain <all> day,\n"and" a café ☕'


@pytest.fixture
def page() -> str:
    return f"/entries/{diary_day(datetime.now(UTC), ZONE)}"


def stale(phone: Browser, path: str, **typed: str) -> TestResponse:
    return phone.client.post(path, base_url=BASE, data={**typed, "csrf_token": "of yesterday"})


@pytest.mark.assures("A10")
def test_what_was_typed_is_shown_and_nothing_is_saved(anas_phone: Browser, page: str) -> None:
    answer = stale(anas_phone, page, pain_avg="7", note=NOTE)

    assert answer.status_code == 400
    assert "Nothing you typed is lost." in answer.text
    assert NOTE in unescape(answer.text)
    assert anas_phone.get("/entries").get_json()["days"] == []


@pytest.mark.assures("A10")
def test_its_button_sends_all_of_it_again(anas_phone: Browser, page: str) -> None:
    answer = stale(anas_phone, page, pain_avg="7", note=NOTE)

    again = {name: unescape(value) for name, value in KEPT.findall(answer.text)}
    sent = anas_phone.client.post(page, base_url=BASE, data=again)

    days = anas_phone.get("/entries").json
    assert (sent.status_code, sent.location) == (303, f"{page}?done=1")
    assert days
    assert days["days"][0]["items"] == {"pain_avg": 7, "note": NOTE}


@pytest.mark.assures("A10")
def test_a_name_given_twice_is_kept_twice(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.client.post(page, base_url=BASE, data={"scopes": ["numbers", "notes"]})

    assert [value for name, value in KEPT.findall(answer.text) if name == "scopes"] == [
        "numbers",
        "notes",
    ]


@pytest.mark.assures("A10")
@pytest.mark.parametrize("field", ["password", "old_password"])
def test_a_password_is_not_given_back(stranger: Browser, field: str) -> None:
    answer = stale(stranger, "/sign-in", email="ana@example.org", **{field: PASSWORD})

    assert answer.status_code == 400
    assert "ana@example.org" in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.assures("A10")
def test_a_script_is_told_so_by_a_code(anas_phone: Browser, page: str) -> None:
    headers = {"X-CSRFToken": "of yesterday"}

    answer = anas_phone.client.put(page, base_url=BASE, json={"any": "thing"}, headers=headers)

    assert answer.status_code == 400
    assert answer.json == {
        "code": "csrf",
        "message": "This page was open for a long time. Nothing you typed is lost.",
        "field": None,
    }
