"""Ana keeps her own details; what she typed is never thrown away."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from journal.accounts import passwords, people
from journal.accounts.models import Account, Contact
from journal.accounts.people import Reach
from journal.clock import diary_day
from tests.accounts.signing import WRONG
from tests.people import BASE, PASSWORD, Browser

NEW = "copper lantern meadow"
OTHERS = {"kind": "member", "id": "4471", "email": "x@y.example", "began": "2001-01-01"}
DETAILS = {
    "name": "Ana Lind",
    "zone": "Europe/Berlin",
    "telephone": "+1 555 010 0199",
    "may_leave_message": "y",
    "emergency": "Her sister Eva, 555 0101",
    "born": "1984-02-29",
}


def test_her_details_are_kept(session: Session, ana: Account, anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/account/details", **DETAILS)

    session.refresh(ana)
    assert answer.status_code == 303
    assert (ana.name, ana.zone) == ("Ana Lind", "Europe/Berlin")
    assert people.reach_of(session, ana.id) == Reach(
        "+1 555 010 0199", True, "Her sister Eva, 555 0101", date(1984, 2, 29)
    )


@pytest.mark.assures("B08")
def test_whoever_moves_west_on_her_first_day_has_a_today(
    session: Session, ana: Account, anas_phone: Browser, now: datetime
) -> None:
    ana.zone, ana.began = "Pacific/Kiritimati", diary_day(now, "Pacific/Kiritimati")
    session.commit()

    anas_phone.send_form("/account/details", name="Ana", zone="Etc/GMT+12")

    assert anas_phone.get(f"/entries/{diary_day(now, 'Etc/GMT+12')}").status_code == 200


def test_the_page_shows_them_and_says_they_are_saved(anas_phone: Browser) -> None:
    anas_phone.send_form("/account/details", **DETAILS)

    page = anas_phone.get("/account").text

    assert "Saved." in page
    for shown in ("Ana Lind", "+1 555 010 0199", "Her sister Eva, 555 0101", "1984-02-29"):
        assert f'value="{shown}"' in page


def test_everything_but_the_name_can_be_taken_back(
    session: Session, ana: Account, anas_phone: Browser
) -> None:
    anas_phone.send_form("/account/details", **DETAILS)

    anas_phone.send_form("/account/details", name="Ana", zone="Europe/Berlin")

    assert people.reach_of(session, ana.id) == Reach()


def test_a_message_is_left_nowhere_without_a_number(
    session: Session, ana: Account, anas_phone: Browser
) -> None:
    anas_phone.send_form("/account/details", **{**DETAILS, "telephone": ""})

    assert people.reach_of(session, ana.id).may_leave_message is False


@pytest.mark.assures("C05")
def test_whom_to_call_is_sealed(session: Session, ana: Account, anas_phone: Browser) -> None:
    anas_phone.send_form("/account/details", **DETAILS)

    contact = session.get_one(Contact, ana.id)
    assert contact.emergency
    assert b"Eva" not in contact.emergency


@pytest.mark.assures("C05")
def test_what_was_sealed_for_ana_does_not_open_for_ben(session: Session, ana: Account) -> None:
    people.keep_reach(session, ana.id, Reach(emergency="Eva"))
    session.flush()
    sealed = session.get_one(Contact, ana.id).emergency

    people.keep_reach(session, ana.id, Reach(emergency="Eva"))
    session.flush()

    assert session.get_one(Contact, ana.id).emergency != sealed


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"zone": "Mars/Olympus"},
        {"zone": "Factory"},
        {"zone": "localtime"},
        {"zone": ""},
        {"telephone": "call me"},
        {"telephone": "javascript:alert(1)"},
        {"emergency": "x" * 201},
        {"born": "1984-02-30"},
        {"born": "yesterday"},
        {"born": "0084-02-28"},
        {"born": "2999-01-01"},
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_kept_on_the_page(
    session: Session, ana: Account, anas_phone: Browser, wrong: dict[str, str]
) -> None:
    sent = {**DETAILS, **wrong, "may_leave_message": "y"}

    answer = anas_phone.send_form("/account/details", **sent)

    session.refresh(ana)
    assert answer.status_code == 400
    assert ana.name == "Ana"
    assert people.reach_of(session, ana.id) == Reach()
    assert sum(f'value="{typed}"' in answer.text for typed in DETAILS.values()) >= 3


@pytest.mark.assures("B07")
@pytest.mark.parametrize("name", ["X", "x" * 200, "ان\u200fا", "José Ñuñez", "陳", "👩🏽‍🔧"])
def test_her_name_is_hers(session: Session, ana: Account, anas_phone: Browser, name: str) -> None:
    answer = anas_phone.send_form("/account/details", **{**DETAILS, "name": name})

    session.refresh(ana)
    assert answer.status_code == 303
    assert ana.name


@pytest.mark.assures("B03")
def test_a_name_is_shown_as_text(anas_phone: Browser) -> None:
    anas_phone.send_form("/account/details", **{**DETAILS, "name": '"><script>alert(1)</script>'})

    assert "<script>alert" not in anas_phone.get("/account").text


@pytest.mark.assures("A15")
def test_what_is_not_hers_to_say_is_not_taken(
    session: Session, ana: Account, anas_phone: Browser
) -> None:
    anas_phone.send_form("/account/details", **DETAILS, **OTHERS)

    session.refresh(ana)
    assert (ana.kind, ana.email) == ("patient", "ana@example.org")
    assert ana.began.year > 2001


def test_a_member_keeps_name_and_zone_and_no_more(
    session: Session, dr_bose: Account, dr_boses_desk: Browser
) -> None:
    dr_boses_desk.send_form("/account/details", **{**DETAILS, "name": "Dr B. Bose"})

    session.refresh(dr_bose)
    assert dr_bose.name == "Dr B. Bose"
    assert session.get(Contact, dr_bose.id) is None


def test_the_password_is_changed(session: Session, ana: Account, anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/account/password", old_password=PASSWORD, password=NEW)

    session.refresh(ana)
    assert answer.location == "/account"
    assert passwords.matches(NEW, ana.password_hash)


@pytest.mark.assures("A11")
def test_not_without_the_present_one(session: Session, ana: Account, anas_phone: Browser) -> None:
    answer = anas_phone.send_form("/account/password", old_password=WRONG, password=NEW)

    session.refresh(ana)
    assert answer.status_code == 400
    assert "not your present password" in answer.text
    assert passwords.matches(PASSWORD, ana.password_hash)


@pytest.mark.assures("A05")
@pytest.mark.parametrize("weak", ["short", "password1234", "x" * 129, "anaanaanaana"])
def test_a_weak_one_is_refused_and_changes_nothing(
    session: Session, ana: Account, anas_phone: Browser, weak: str
) -> None:
    answer = anas_phone.send_form("/account/password", old_password=PASSWORD, password=weak)

    session.refresh(ana)
    assert answer.status_code == 400
    assert weak not in answer.text
    assert passwords.matches(PASSWORD, ana.password_hash)


@pytest.mark.assures("A06")
def test_whoever_found_her_phone_cannot_guess_on_it(anas_phone: Browser) -> None:
    for _ in range(6):
        anas_phone.send_form("/account/password", old_password=WRONG, password=NEW)

    answer = anas_phone.send_form("/account/password", old_password=PASSWORD, password=NEW)

    assert answer.status_code == 429
    assert "Please wait" in answer.text


@pytest.mark.assures("A10")
def test_a_page_that_was_open_too_long_gives_no_password_back(anas_phone: Browser) -> None:
    answer = anas_phone.client.post(
        "/account/password", base_url=BASE, data={"old_password": PASSWORD, "password": NEW}
    )

    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    assert NEW not in answer.text
