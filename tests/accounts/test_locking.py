"""Ten wrong PINs end a session as if it had run out: nobody wished to sign out."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account, SignIn
from tests.people import BASE, Browser


@pytest.fixture
def here(session: Session, ana: Account, anas_phone: Browser, now: datetime) -> SignIn:
    """The session of Ana's phone."""
    here = sign_ins.listed(session, ana.id, now)[0]
    session.commit()
    return here


@pytest.mark.assures("A09")
def test_her_phone_is_asked_to_sign_in_and_not_told_to_wipe(
    anas_phone: Browser, here: SignIn
) -> None:
    answer = anas_phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    after = anas_phone.send_json("PUT", "/entries", {"edits": []})
    assert (answer.status_code, answer.data) == (204, b"")
    assert (after.status_code, after.get_json()["code"]) == (401, "sign_in")


@pytest.mark.assures("A09")
def test_no_person_ended_it(session: Session, anas_phone: Browser, here: SignIn) -> None:
    anas_phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    session.refresh(here)
    assert here.ended_at
    assert not here.ended_by_person


def test_her_pages_lead_to_signing_in_and_blame_nobody(anas_phone: Browser, here: SignIn) -> None:
    anas_phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    assert anas_phone.get("/history").location == "/sign-in?next=/history"


def test_said_twice_it_is_over_all_the_same(anas_phone: Browser, here: SignIn) -> None:
    anas_phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    again = anas_phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    assert again.status_code == 401


def test_a_session_that_she_began_since_is_left_alone(
    app: Flask, session: Session, ana: Account, here: SignIn, now: datetime
) -> None:
    token, _ = sign_ins.begin(session, ana, "the same phone", now)
    sign_ins.end(session, ana.id, here.id, now, by_person=False)
    session.commit()
    phone = Browser(app, token)

    late = phone.send_json("POST", f"/account/sessions/{here.id}/locking", {})

    assert late.status_code == 404
    assert phone.get("/account").status_code == 200


@pytest.mark.assures("A10")
def test_another_site_locks_nobody_out(anas_phone: Browser, here: SignIn) -> None:
    answer = anas_phone.client.post(f"/account/sessions/{here.id}/locking", base_url=BASE)

    assert answer.status_code == 400
    assert anas_phone.get("/account").status_code == 200
