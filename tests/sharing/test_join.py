"""Someone opens her invitation."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Contact, Kind
from journal.infusions.models import Infusion
from journal.sharing import grants
from journal.sharing.access import Member
from journal.sharing.invitations import revoke
from journal.sharing.models import Enrolment, Grant, Invitation
from tests.people import BASE, Browser

Invited = tuple[Invitation, str]


def mia(session: Session) -> Account:
    return session.scalars(select(Account).where(Account.email == "mia@example.org")).one()


@pytest.mark.assures("A12")
def test_looking_at_it_uses_nothing_up(stranger: Browser, link: str) -> None:
    stranger.get(link)
    stranger.client.head(link, base_url=BASE)

    assert stranger.get(link).status_code == 200


@pytest.mark.parametrize(
    "said", ["Riverbend", "off-label", "Nobody watches this in real time", "What may"]
)
def test_it_says_what_she_must_know(stranger: Browser, link: str, said: str) -> None:
    assert said in stranger.get(link).text


def test_nothing_is_ticked_for_her(stranger: Browser, link: str) -> None:
    page = stranger.get(link).text

    assert 'type="checkbox"' in page
    assert "checked class" not in page.split("until")[0]


def test_joining_leads_to_today_signed_in(
    stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    answer = stranger.send_form(link, **answers)

    assert (answer.status_code, answer.location) == (303, "/today")
    assert stranger.get("/sharing").status_code == 200


def test_joining_gives_what_she_ticked_from_that_day_on(
    session: Session, stranger: Browser, link: str, answers: dict[str, str], now: datetime
) -> None:
    stranger.send_form(link, **answers)

    joined = mia(session)
    grant = grants.shared(session, joined.id, now)[0].grant
    assert grant is not None
    assert (grant.scopes, grant.first_day, grant.expires_at) == (["numbers"], joined.began, None)


def test_joining_without_ticking_anything_shares_nothing(
    session: Session, stranger: Browser, link: str, answers: dict[str, str], now: datetime
) -> None:
    del answers["numbers"]

    stranger.send_form(link, **answers)

    assert grants.shared(session, mia(session).id, now)[0].grant is None


def test_consent_for_three_months_ends_after_three_months(
    session: Session, stranger: Browser, link: str, answers: dict[str, str], now: datetime
) -> None:
    stranger.send_form(link, **{**answers, "until": "3-months"})

    grant = grants.shared(session, mia(session).id, now)[0].grant
    assert grant is not None
    assert grant.expires_at is not None
    assert timedelta(days=90) < grant.expires_at - now < timedelta(days=92)


def test_the_clinic_knows_her_by_its_own_number(
    session: Session, stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    stranger.send_form(link, **answers)

    number = select(Enrolment.number).where(Enrolment.patient_id == mia(session).id)
    assert session.scalars(number).one() == "4471"


def test_what_she_gives_to_be_reached_is_kept(
    session: Session, stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    reached = {"telephone": "+1 555 010 0199", "may_leave_message": "y", "born": "1971-03-02"}

    stranger.send_form(link, **answers, **reached)

    contact = session.get_one(Contact, mia(session).id)
    assert (contact.telephone, contact.may_leave_message) == ("+1 555 010 0199", True)
    assert contact.born is not None


@pytest.mark.assures("A12")
def test_it_works_once(app: Flask, stranger: Browser, link: str, answers: dict[str, str]) -> None:
    stranger.send_form(link, **answers)
    other = Browser(app)

    answer = other.get(link)

    assert answer.status_code == 410
    assert "has been used" in answer.text


def test_one_that_ran_out_says_so(
    session: Session, stranger: Browser, link: str, now: datetime
) -> None:
    session.execute(update(Invitation).values(expires_at=now))
    session.commit()

    answer = stranger.get(link)

    assert answer.status_code == 410
    assert "has run out" in answer.text


def test_one_taken_back_says_so(
    session: Session, stranger: Browser, boses: Member, invited: Invited, link: str, now: datetime
) -> None:
    revoke(session, boses, invited[0].id, now)
    session.commit()

    answer = stranger.get(link)

    assert answer.status_code == 410
    assert "took this invitation back" in answer.text


@pytest.mark.parametrize(
    ("closed", "said"),
    [("used_at", "has been used"), ("expires_at", "has run out"), ("revoked_at", "took this")],
)
def test_a_page_left_open_until_it_closed_lets_nobody_in(
    session: Session,
    stranger: Browser,
    link: str,
    answers: dict[str, str],
    now: datetime,
    closed: str,
    said: str,
) -> None:
    session.execute(update(Invitation).values({closed: now}))
    session.commit()

    answer = stranger.send_form(link, **answers)

    assert answer.status_code == 410
    assert said in answer.text
    assert session.scalars(select(Account).where(Account.email == "mia@example.org")).all() == []


def test_an_unknown_one_leads_nowhere(stranger: Browser) -> None:
    answer = stranger.get("/join/nope")

    assert answer.status_code == 404
    assert "leads nowhere" in answer.text


@pytest.mark.assures("A06")
def test_whoever_guesses_is_slowed_down(stranger: Browser) -> None:
    answers = [stranger.get(f"/join/guess-{number}").status_code for number in range(21)]

    assert answers == [404] * 20 + [429]


@pytest.mark.assures("A06")
def test_another_address_of_the_same_network_is_no_way_round(stranger: Browser) -> None:
    answers = [
        stranger.client.get(
            f"/join/guess-{number}",
            base_url=BASE,
            environ_overrides={"REMOTE_ADDR": f"2001:db8::{number}"},
        ).status_code
        for number in range(21)
    ]

    assert answers == [404] * 20 + [429]


@pytest.mark.assures("A06")
def test_guessing_nearby_does_not_close_a_good_link(stranger: Browser, link: str) -> None:
    for number in range(22):
        stranger.get(f"/join/guess-{number}")

    assert stranger.get(link).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "mia at example", "looks like"),
        ("name", " ", "needed"),
        ("zone", "Mars/Base", "choice"),
        ("telephone", "call me", "digits"),
        ("born", "0971-01-01", "year"),
        ("password", "short", "between 12 and 128"),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_rest_is_kept(
    stranger: Browser, link: str, answers: dict[str, str], field: str, typed: str, said: str
) -> None:
    answer = stranger.send_form(link, **{**answers, "emergency": "Bo, 555 0101", field: typed})

    assert answer.status_code == 400
    assert said in answer.text
    assert "Bo, 555 0101" in answer.text
    assert answers["password"] not in answer.text


def test_after_a_mistake_the_password_is_asked_for_once_more(
    stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    answer = stranger.send_form(link, **{**answers, "telephone": "call me"})

    assert "type it once more" in answer.text


def test_a_mistake_uses_nothing_up(stranger: Browser, link: str, answers: dict[str, str]) -> None:
    stranger.send_form(link, **{**answers, "password": "short"})

    assert stranger.send_form(link, **answers).status_code == 303


def test_an_address_that_has_a_journal_uses_nothing_up(
    ana: Account, stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    answer = stranger.send_form(link, **{**answers, "email": ana.email})

    assert answer.status_code == 400
    assert stranger.send_form(link, **answers).status_code == 303


@pytest.mark.assures("A07")
def test_an_invitation_is_no_way_to_find_out_who_has_a_journal(
    ana: Account, stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    for _ in range(5):
        stranger.send_form(link, **{**answers, "email": ana.email})

    assert stranger.send_form(link, **answers).status_code == 429


@pytest.mark.assures("A15")
def test_nobody_joins_as_more_than_a_patient(
    session: Session, stranger: Browser, link: str, answers: dict[str, str], now: datetime
) -> None:
    more = {"kind": "member", "role": "administrator", "began": "2020-01-01", "first": "all"}

    stranger.send_form(link, **answers, **more)

    joined = mia(session)
    assert joined.kind == Kind.PATIENT
    assert joined.began >= now.date() - timedelta(days=2)


def test_someone_with_a_journal_only_consents(
    session: Session, anas_phone: Browser, ana: Account, link: str, now: datetime
) -> None:
    answer = anas_phone.send_form(link, notes="y", first="all", until="1-year")

    assert answer.location == "/sharing"
    grant = session.scalars(
        select(Grant).where(Grant.patient_id == ana.id, Grant.withdrawn_at.is_(None))
    ).one()
    assert (grant.scopes, grant.first_day) == (["notes"], None)


def test_whoever_had_an_infusion_today_joins_nobody_new_before_tomorrow(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, link: str, now: datetime
) -> None:
    given = Infusion(
        clinic_id=boses.clinic.id,
        patient_id=ana.id,
        given_at=now - timedelta(hours=1),
        day=now.date(),
        dose_mg=35.0,
        minutes=40,
        recorded_by=boses.account.id,
        recorded_at=now,
    )
    session.add(given)
    session.commit()

    answer = anas_phone.send_form(link, notes="y", first="all", until="1-year")

    assert answer.status_code == 409
    assert "not even your name" in answer.text
    assert "Join Riverbend" not in anas_phone.get(link).text
    given.struck_at = now
    session.commit()
    assert anas_phone.send_form(link, notes="y", first="all", until="1-year").status_code == 303


def test_someone_with_a_journal_is_told_what_cannot_be_taken(
    anas_phone: Browser, link: str
) -> None:
    answer = anas_phone.send_form(link, notes="y", until="for ever and ever")

    assert answer.status_code == 400
    assert anas_phone.get(link).status_code == 200


def test_someone_with_a_journal_is_not_asked_for_a_password(anas_phone: Browser, link: str) -> None:
    assert 'name="password"' not in anas_phone.get(link).text


def test_someone_of_a_care_team_is_told_so(dr_boses_desk: Browser, link: str) -> None:
    assert "You are signed in as one of a care team" in dr_boses_desk.get(link).text


def test_someone_of_a_care_team_cannot_use_it_up(
    dr_boses_desk: Browser, stranger: Browser, link: str, answers: dict[str, str]
) -> None:
    assert dr_boses_desk.send_form(link, **answers).status_code == 403
    assert stranger.get(link).status_code == 200
