"""Where someone is signed in: she sees it, ends it, and time ends it too."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts import browsers, sign_ins
from journal.accounts.models import Account, SignIn
from journal.accounts.people import change_password
from tests.accounts.signing import sign_in
from tests.people import BASE, Browser

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def began(session: Session, who: Account, at: datetime) -> tuple[str, SignIn]:
    token, signed_in = sign_ins.begin(session, who, "Firefox", at)
    session.flush()
    return token, signed_in


def is_valid(session: Session, token: str, at: datetime) -> bool:
    found = sign_ins.find(session, token, at)
    return found is not None and found.valid


@pytest.mark.assures("A09")
@pytest.mark.parametrize(
    ("later", "valid"), [(timedelta(days=400), True), (timedelta(days=400) + SECOND, False)]
)
def test_a_patient_stays_for_400_idle_days(
    session: Session, ana: Account, now: datetime, later: timedelta, valid: bool
) -> None:
    token, _ = began(session, ana, now)

    assert is_valid(session, token, now + later) is valid


@pytest.mark.assures("A09")
def test_a_patient_who_comes_back_stays_longer(
    session: Session, ana: Account, now: datetime
) -> None:
    token, signed_in = began(session, ana, now)

    sign_ins.seen(signed_in, now + timedelta(days=300))

    assert is_valid(session, token, now + timedelta(days=600))


@pytest.mark.assures("A09")
@pytest.mark.parametrize(("later", "valid"), [(HOUR, True), (HOUR + SECOND, False)])
def test_a_member_is_signed_out_after_an_idle_hour(
    session: Session, dr_bose: Account, now: datetime, later: timedelta, valid: bool
) -> None:
    token, _ = began(session, dr_bose, now)

    assert is_valid(session, token, now + later) is valid


@pytest.mark.assures("A09")
@pytest.mark.parametrize(("later", "valid"), [(12 * HOUR, True), (12 * HOUR + SECOND, False)])
def test_a_member_is_signed_out_after_12_hours_of_work(
    session: Session, dr_bose: Account, now: datetime, later: timedelta, valid: bool
) -> None:
    token, signed_in = began(session, dr_bose, now)

    sign_ins.seen(signed_in, now + later - SECOND)

    assert is_valid(session, token, now + later) is valid


@pytest.mark.assures("A09")
def test_a_member_at_work_is_seen(
    session: Session, dr_boses_desk: Browser, dr_bose: Account, now: datetime
) -> None:
    signed_in = session.get_one(SignIn, sign_ins.listed(session, dr_bose.id, now)[0].id)
    signed_in.seen_at = earlier = now - timedelta(minutes=30)
    session.commit()

    dr_boses_desk.get("/clinic")

    session.refresh(signed_in)
    assert signed_in.seen_at > earlier


@pytest.mark.assures("A09")
def test_what_is_kept_is_not_what_the_cookie_holds(
    session: Session, ana: Account, now: datetime
) -> None:
    token, signed_in = began(session, ana, now)

    assert len(token) >= 43
    assert token not in str(vars(signed_in))


def test_a_browser_is_called_as_she_would_call_it() -> None:
    phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    desk = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"

    assert browsers.named(phone) == "Chrome · Android"
    assert browsers.named(desk) == "Edge · Windows"
    assert browsers.named("") == "?"


def test_she_sees_where_she_is_signed_in(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    sign_ins.begin(session, ana, "Mozilla/5.0 (iPad) Version/17 Safari/600", now)
    session.commit()

    page = anas_phone.get("/account").text

    assert "Safari · iPad" in page
    assert page.count("this one") == 1


def test_what_ended_is_not_listed(session: Session, ana: Account, now: datetime) -> None:
    _, ended = began(session, ana, now)
    began(session, ana, now - timedelta(days=401))
    _, other = began(session, ana, now)

    sign_ins.end(session, ana.id, ended.id, now)

    assert [one.id for one in sign_ins.listed(session, ana.id, now)] == [other.id]


@pytest.mark.assures("A09")
@pytest.mark.assures("A13")
def test_she_ends_one_and_it_ends_at_once(
    app: Flask, session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    token, lost = began(session, ana, now)
    session.commit()

    answer = anas_phone.send_form(f"/account/sessions/{lost.id}/ending")

    assert answer.location == "/account"
    assert "ended=1" in Browser(app, token).get("/today").location
    assert anas_phone.get("/account").status_code == 200


def test_ending_it_twice_finds_nothing(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    _, lost = began(session, ana, now)
    session.commit()
    anas_phone.send_form(f"/account/sessions/{lost.id}/ending")

    assert anas_phone.send_form(f"/account/sessions/{lost.id}/ending").status_code == 404


@pytest.mark.assures("A04")
def test_nobody_ends_anothers(
    app: Flask, session: Session, dr_bose: Account, anas_phone: Browser, now: datetime
) -> None:
    token, boses = began(session, dr_bose, now)
    session.commit()

    answer = anas_phone.send_form(f"/account/sessions/{boses.id}/ending")
    unknown = anas_phone.send_form(f"/account/sessions/{uuid4()}/ending")

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert Browser(app, token).get("/clinic").status_code == 200


@pytest.mark.assures("A09")
def test_a_changed_password_ends_the_others_and_keeps_this_one(
    app: Flask, session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    token, _ = began(session, ana, now)
    session.commit()

    anas_phone.send_form(
        "/account/password", old_password="seven quiet foxes", password="copper lantern meadow"
    )

    assert anas_phone.get("/account").status_code == 200
    other = Browser(app, token)
    assert other.send_json("PUT", "/entries", {"edits": []}).status_code == 401


@pytest.mark.assures("A09")
def test_a_password_set_from_outside_ends_them_all(
    session: Session, ana: Account, now: datetime
) -> None:
    tokens = [began(session, ana, now)[0] for _ in range(2)]

    change_password(session, ana, "copper lantern meadow", now)

    assert not any(is_valid(session, token, now) for token in tokens)


def test_two_phones_are_two_sessions(app: Flask, session: Session, ana: Account) -> None:
    for _ in range(2):
        sign_in(Browser(app))

    assert len(sign_ins.listed(session, ana.id, datetime.now().astimezone())) == 2


@pytest.mark.assures("B01")
def test_a_browser_that_tells_a_long_story_is_cut_short(
    app: Flask, session: Session, ana: Account
) -> None:
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = "x" * 5000

    sign_in(browser)

    [listed] = sign_ins.listed(session, ana.id, datetime.now().astimezone())
    assert len(listed.browser) == 200


def test_the_list_of_sessions_is_hers_alone(
    session: Session, dr_bose: Account, anas_phone: Browser, now: datetime
) -> None:
    sign_ins.begin(session, dr_bose, "Mozilla/5.0 (iPad) Version/17 Safari/600", now)
    session.commit()

    answer = anas_phone.client.get("/account", base_url=BASE)

    assert "iPad" not in answer.text
