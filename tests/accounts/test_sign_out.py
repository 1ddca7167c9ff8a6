"""After signing out, nothing is left to come back to."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import sign_ins
from journal.accounts.models import Account, SignIn
from tests.people import BASE, Browser


@pytest.fixture
def cookie(anas_phone: Browser) -> str:
    anas_phone.get("/account")
    with anas_phone.client.session_transaction(base_url=BASE) as kept:
        token: str = kept["_user_id"]
    return token


@pytest.mark.assures("C04")
def test_the_browser_is_told_to_forget_all_but_the_worker(anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/sign-out")

    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.assures("C04")
def test_the_page_tells_our_script_to_delete_what_it_kept(anas_phone: Browser) -> None:
    page = anas_phone.send_form("/sign-out").text

    assert "data-signed-out" in page
    assert "Ana" not in page


@pytest.mark.assures("C04")
def test_no_other_page_tells_it_so(anas_phone: Browser) -> None:
    assert "data-signed-out" not in anas_phone.get("/account").text


def test_her_pages_are_closed_then(anas_phone: Browser) -> None:
    anas_phone.send_form("/sign-out")

    assert anas_phone.get("/account").location == "/sign-in?next=/account"


@pytest.mark.assures("A09")
def test_the_old_cookie_opens_nothing(app: Flask, anas_phone: Browser, cookie: str) -> None:
    anas_phone.send_form("/sign-out")

    assert Browser(app, cookie).get("/account").status_code == 302
    assert Browser(app, cookie).send_json("PUT", "/entries", {"edits": []}).status_code == 410


@pytest.mark.assures("A09")
def test_a_phone_that_asks_for_its_days_hears_of_it(
    app: Flask, anas_phone: Browser, cookie: str
) -> None:
    anas_phone.send_form("/sign-out")

    answer = Browser(app, cookie).get("/entries?since=3", Accept="application/json")

    assert (answer.status_code, answer.json["code"]) == (410, "session_ended")  # type: ignore[index]


@pytest.mark.assures("A09")
def test_the_session_is_ended_by_a_person(
    session: Session, anas_phone: Browser, cookie: str
) -> None:
    anas_phone.send_form("/sign-out")

    ended = session.scalars(
        select(SignIn).where(SignIn.token_hash == sign_ins.hash_of(cookie))
    ).one()
    assert ended.ended_by_person
    assert ended.ended_at


@pytest.mark.assures("A18")
def test_a_link_signs_nobody_out(anas_phone: Browser) -> None:
    assert anas_phone.get("/sign-out").status_code == 405
    assert anas_phone.get("/account").status_code == 200


@pytest.mark.assures("A10")
def test_another_site_signs_nobody_out(anas_phone: Browser) -> None:
    answer = anas_phone.client.post("/sign-out", base_url=BASE)

    assert answer.status_code == 400
    assert anas_phone.get("/account").status_code == 200


def test_whoever_is_not_signed_in_is_asked_to(stranger: Browser) -> None:
    assert stranger.send_form("/sign-out").location == "/sign-in"


@pytest.mark.assures("A09")
def test_ended_by_a_person_is_gone_for_a_program(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    sign_ins.end(session, ana.id, listed_id(session, ana, now), now)
    session.commit()

    answer = anas_phone.send_json("PUT", "/entries", {"edits": []})

    assert answer.status_code == 410
    assert answer.get_json()["code"] == "session_ended"


def test_ended_by_a_person_is_said_where_she_signs_in_again(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    sign_ins.end(session, ana.id, listed_id(session, ana, now), now)
    session.commit()

    answer = anas_phone.get("/account")

    assert "ended=1" in answer.location
    assert "signed out from somewhere else" in anas_phone.get(answer.location).text


@pytest.mark.assures("A09")
def test_run_out_is_only_a_question_to_sign_in(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    session.get_one(SignIn, listed_id(session, ana, now)).seen_at = now - timedelta(days=401)
    session.commit()

    answer = anas_phone.send_json("PUT", "/entries", {"edits": []})

    assert answer.status_code == 401
    assert answer.get_json()["code"] == "sign_in"


@pytest.mark.assures("A09")
@pytest.mark.parametrize("token", ["", "x", "x" * 3000, "' OR 1=1 --", "\x00"])
def test_a_made_up_cookie_is_nobodys(app: Flask, token: str) -> None:
    assert Browser(app, token).get("/account").location == "/sign-in?next=/account"


def listed_id(session: Session, who: Account, now: datetime) -> UUID:
    return sign_ins.listed(session, who.id, now)[0].id
