"""Everything is closed but what is marked open; each finds only her own half."""

import pytest
from flask import Flask

from tests.people import Browser

PUBLIC = {
    "accounts.asked",
    "accounts.code",
    "accounts.demo",
    "accounts.new_password",
    "accounts.password_chosen",
    "accounts.recover",
    "accounts.sign_in",
    "accounts.signed_in",
    "accounts.stopped_by_mail",
    "accounts.stopping",
    "machines.healthz",
    "machines.manifest",
    "machines.offline",
    "shells.shell",
    "shells.waiting",
    "machines.readyz",
    "machines.service_worker",
    "metrics.metrics",
    "patient.home",
    "push.renew",
    "reminders.calendar_feed",
    "reminders.receipt",
    "reminders.stopped",
    "reminders.stopping",
    "sharing.help_now",
    "sharing.join",
    "sharing.joined",
}


@pytest.mark.assures("A01")
def test_these_are_open_and_nothing_else(app: Flask) -> None:
    opened = {name for name, view in app.view_functions.items() if getattr(view, "public", False)}

    assert opened == PUBLIC


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/manifest.json", "/service-worker.js", "/offline", "/help-now"]
)
def test_what_is_open_answers_everybody(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    answer.close()

    assert answer.status_code == 200


@pytest.mark.assures("A01")
@pytest.mark.parametrize("path", ["/account", "/today", "/clinic", "/sharing", "/history"])
def test_a_closed_page_leads_to_signing_in_and_back(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)

    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={path}")


@pytest.mark.assures("A01")
def test_a_closed_address_tells_a_program_to_sign_in(stranger: Browser) -> None:
    answer = stranger.send_json("PUT", "/entries", {"edits": []})

    assert answer.status_code == 401
    assert answer.get_json()["code"] == "sign_in"


def test_nobody_lands_at_signing_in(stranger: Browser) -> None:
    assert stranger.get("/").location == "/sign-in"


@pytest.mark.parametrize("path", ["/clinic", "/clinic/invitations", "/clinic/settings"])
def test_for_a_patient_the_clinics_pages_do_not_exist(anas_phone: Browser, path: str) -> None:
    assert anas_phone.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/today", "/history", "/sharing", "/entries?since=0"])
def test_for_a_member_the_patients_pages_do_not_exist(dr_boses_desk: Browser, path: str) -> None:
    assert dr_boses_desk.get(path).status_code == 404


@pytest.mark.assures("A18")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_another_verb_opens_nothing(stranger: Browser, method: str) -> None:
    assert stranger.send_json(method, "/account", {}).status_code == 405


@pytest.mark.assures("A18")
@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL"])
def test_no_header_changes_what_was_asked(anas_phone: Browser, header: str) -> None:
    answer = anas_phone.get("/account", **{header: "DELETE"})

    assert answer.status_code == 200
    assert "Where you are signed in" in answer.text


@pytest.mark.assures("A18")
def test_under_another_name_we_do_not_answer(stranger: Browser) -> None:
    answer = stranger.client.get("/sign-in", base_url="http://elsewhere.example")

    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.text


@pytest.mark.assures("A18")
def test_a_forwarded_name_is_not_believed(stranger: Browser) -> None:
    answer = stranger.get("/account", **{"X-Forwarded-Host": "elsewhere.example"})

    assert "elsewhere" not in answer.location


@pytest.mark.assures("A18")
@pytest.mark.parametrize("path", ["/sign-in", "/help-now", "/account", "/nothing-here"])
def test_no_page_lets_itself_be_framed(anas_phone: Browser, path: str) -> None:
    headers = anas_phone.get(path).headers

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
