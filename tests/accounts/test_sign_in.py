"""Ana signs in; someone else tries to."""

from typing import Literal

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session

from journal.accounts import passwords
from journal.accounts.models import Account
from tests.accounts.signing import ANAS, WRONG, sign_in
from tests.people import BASE, PASSWORD, Browser

UNKNOWN = "nobody@example.org"


class CountingHasher(PasswordHasher):
    """The real one; it counts its verifications."""

    verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.verified += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    passwords._nobodys()
    counting = CountingHasher()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


def test_the_right_password_lets_her_in(stranger: Browser) -> None:
    answer = sign_in(stranger)

    assert (answer.status_code, answer.location) == (303, "/")
    assert stranger.get("/account").status_code == 200


@pytest.mark.parametrize("typed", ["ANA@Example.ORG", "  ana@example.org "])
def test_her_address_may_be_typed_as_phones_do(stranger: Browser, typed: str) -> None:
    assert sign_in(stranger, typed).status_code == 303


def test_the_front_door_leads_each_to_her_own(stranger: Browser, app: Flask) -> None:
    sign_in(stranger)
    desk = Browser(app)
    sign_in(desk, "dr.bose@example.org")

    assert stranger.get("/").location == "/today"
    assert desk.get("/").location == "/clinic"


@pytest.mark.assures("A07")
def test_a_wrong_password_and_an_unknown_address_read_the_same(app: Flask) -> None:
    known = sign_in(Browser(app), ANAS, WRONG)
    unknown = sign_in(Browser(app), UNKNOWN, WRONG)

    assert (known.status_code, unknown.status_code) == (400, 400)
    assert "do not go together" in known.text
    assert plain(known.text, ANAS) == plain(unknown.text, UNKNOWN)


@pytest.mark.assures("A07")
@pytest.mark.parametrize("email", [ANAS, UNKNOWN])
def test_each_try_costs_one_verification(
    stranger: Browser, hasher: CountingHasher, email: str
) -> None:
    sign_in(stranger, email, WRONG)

    assert hasher.verified == 1


@pytest.mark.assures("A07")
def test_someone_who_has_chosen_no_password_costs_the_same(
    session: Session, stranger: Browser, hasher: CountingHasher, ana: Account
) -> None:
    ana.password_hash = None
    session.commit()

    answer = sign_in(stranger, ANAS, WRONG)

    assert answer.status_code == 400
    assert hasher.verified == 1


@pytest.mark.assures("A07")
def test_a_throttled_try_reads_the_same_too(app: Flask) -> None:
    for email in (ANAS, UNKNOWN):
        for _ in range(6):
            sign_in(Browser(app), email, WRONG)

    known, unknown = sign_in(Browser(app), ANAS, WRONG), sign_in(Browser(app), UNKNOWN, WRONG)

    assert known.status_code == unknown.status_code == 429
    assert plain(known.text, ANAS) == plain(unknown.text, UNKNOWN)


def test_the_address_is_kept_and_the_password_is_not(stranger: Browser) -> None:
    page = sign_in(stranger, ANAS, WRONG).text

    assert f'value="{ANAS}"' in page
    assert WRONG not in page


@pytest.mark.parametrize(("email", "password"), [("", PASSWORD), (ANAS, ""), ("x" * 255, "y")])
def test_what_cannot_be_right_is_said_at_once(
    stranger: Browser, hasher: CountingHasher, email: str, password: str
) -> None:
    answer = sign_in(stranger, email, password)

    assert answer.status_code == 400
    assert hasher.verified == 0


@pytest.mark.assures("B07")
@pytest.mark.parametrize("typed", ["ana@example.org\x00", "ana'--", "\u202eana", "😀" * 60])
def test_odd_letters_are_nobodys_address(stranger: Browser, typed: str) -> None:
    assert sign_in(stranger, typed, WRONG).status_code == 400


@pytest.mark.assures("A18")
@pytest.mark.parametrize(
    "path", ["/today", "/entries/2026-03-01", "/history?page=2", "/sharing#looks"]
)
def test_she_goes_on_to_where_she_wanted(stranger: Browser, path: str) -> None:
    answer = sign_in(stranger, path=f"/sign-in?next={path.replace('#', '%23').replace('?', '%3F')}")

    assert answer.location == path


@pytest.mark.assures("A18")
@pytest.mark.parametrize(
    "there",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/%5Celsewhere.example",
        "///elsewhere.example", "javascript:alert(1)", "elsewhere.example",
        "%5C%5Celsewhere.example", "/%09/elsewhere.example", "/%0A/elsewhere.example",
        "%09//elsewhere.example", "/%0D%0A//elsewhere.example", "http:elsewhere.example", "//[", "",
    ],
)  # fmt: skip
def test_nobody_sends_her_on_to_another_site(stranger: Browser, there: str) -> None:
    answer = sign_in(stranger, path=f"/sign-in?next={there}")

    assert answer.location == "/"


@pytest.mark.assures("A18")
def test_whoever_is_signed_in_is_not_sent_away_either(anas_phone: Browser) -> None:
    assert anas_phone.get("/sign-in?next=//elsewhere.example").location == "/"
    assert anas_phone.get("/sign-in?next=/history").location == "/history"


@pytest.mark.assures("A09")
def test_signing_in_again_is_another_session(stranger: Browser) -> None:
    sign_in(stranger)
    first = token_of(stranger)

    sign_in(stranger)

    assert first
    assert token_of(stranger) != first


@pytest.mark.assures("A09")
def test_a_session_that_someone_planted_is_not_taken_over(stranger: Browser) -> None:
    with stranger.client.session_transaction(base_url=BASE) as cookie:
        cookie["_user_id"] = cookie["planted"] = "chosen by someone else"

    sign_in(stranger)

    with stranger.client.session_transaction(base_url=BASE) as cookie:
        assert "planted" not in cookie
        assert cookie["_user_id"] != "chosen by someone else"


@pytest.mark.assures("A09")
def test_the_cookie_is_for_this_host_over_https_and_no_script(stranger: Browser) -> None:
    cookie = sign_in(stranger).headers["Set-Cookie"]

    assert cookie.startswith("__Host-journal=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


@pytest.mark.assures("A09")
def test_a_patients_cookie_outlives_the_browser_and_a_members_does_not(app: Flask) -> None:
    phone = sign_in(Browser(app)).headers["Set-Cookie"]
    desk = sign_in(Browser(app), "dr.bose@example.org").headers["Set-Cookie"]

    assert "Expires" in phone
    assert "Expires" not in desk


@pytest.mark.assures("A17")
@pytest.mark.parametrize("who", ["patient", "clinician", "administrator"])
def test_one_tap_signs_nobody_in_outside_the_demo(stranger: Browser, who: str) -> None:
    answer = stranger.send_form(f"/sign-in/demo/{who}")

    assert answer.status_code == 404
    assert "Look around" not in stranger.get("/sign-in").text


@pytest.mark.assures("A10")
def test_a_form_without_its_token_signs_nobody_in(stranger: Browser) -> None:
    answer = stranger.client.post(
        "/sign-in", base_url=BASE, data={"email": ANAS, "password": PASSWORD}
    )

    assert answer.status_code == 400
    assert PASSWORD not in answer.text


def plain(page: str, email: str) -> str:
    """The page without what is different each time."""
    lines = [line for line in page.splitlines() if "csrf" not in line]
    return "\n".join(lines).replace(email, "")


def token_of(browser: Browser) -> str:
    with browser.client.session_transaction(base_url=BASE) as cookie:
        token: str = cookie["_user_id"]
    return token
