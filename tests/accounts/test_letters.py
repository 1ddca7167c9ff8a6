"""What comes by e-mail about an account."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Recovery
from journal.accounts.people import normal_email
from journal.mail import store
from journal.mail.models import OutgoingMail
from journal.mail.store import Mail
from journal.sharing.access import member_of
from journal.sharing.invitations import invite
from tests.people import BASE, Browser, People, signed_in

UNKNOWN = "nobody@example.org"
NEW = "copper lantern meadow"
HEALTH = re.compile(
    "pain|mood|sleep|infus|ketamin|depress|clinic|doctor|dr |patient|treat|medic|symptom|health",
    re.IGNORECASE,
)


def letters(session: Session, now: datetime) -> list[Mail]:
    """What the worker would send at its next turn."""
    sent, soon = [], now + timedelta(seconds=30)
    while mail_id := store.claim(session, soon):
        sent.append(store.claimed(session, mail_id))
    session.commit()
    return sent


def link_in(letter: Mail, base_url: str) -> str:
    found = re.search(rf"{base_url}(/\S+)", letter.text)
    assert found
    return found[1]


def ask(visitor: Browser, email: str, place: str = "127.0.0.1") -> tuple[int, str]:
    answer = visitor.client.post(
        "/recover",
        base_url=BASE,
        data={"csrf_token": visitor.csrf(), "email": email},
        environ_overrides={"REMOTE_ADDR": place},
    )
    return answer.status_code, answer.text


@pytest.fixture
def made(app_that_posts: Flask, session: Session, people: People) -> None:
    desk = signed_in(app_that_posts, session, people.bose)
    answer = desk.send_form(f"/clinic/patients/{people.ana.id}/recovery")
    assert answer.status_code == 201, answer.text


@pytest.mark.assures("A16")
def test_a_link_to_her_own_address_lets_her_in(
    session: Session, visitor: Browser, ana: Account, base_url: str, now: datetime
) -> None:
    ask(visitor, "  ANA@example.org ")

    letter = letters(session, now)[0]
    answer = visitor.send_form(link_in(letter, base_url), password=NEW)
    assert letter.to == ana.email
    assert answer.status_code == 303


@pytest.mark.assures("A07")
def test_known_and_unknown_addresses_get_the_same_answer(visitor: Browser, ana: Account) -> None:
    known, unknown = ask(visitor, ana.email), ask(visitor, UNKNOWN)

    assert known[0] == unknown[0] == 200
    assert known[1].replace(ana.email, "") == unknown[1].replace(UNKNOWN, "")


@pytest.mark.assures("A07")
def test_an_unknown_address_costs_a_letter_too_and_gets_none(
    session: Session, visitor: Browser, now: datetime
) -> None:
    ask(visitor, UNKNOWN)

    assert session.scalars(select(func.count()).select_from(OutgoingMail)).one() == 1
    assert letters(session, now) == []
    assert session.scalars(select(func.count()).select_from(Recovery)).one() == 0


@pytest.mark.assures("A06", "A07")
@pytest.mark.parametrize("email", ["ana@example.org", UNKNOWN])
def test_one_address_is_written_to_five_times_an_hour(visitor: Browser, email: str) -> None:
    answers = [ask(visitor, email, f"198.51.100.{number}")[0] for number in range(6)]

    assert answers == [200] * 5 + [429]


@pytest.mark.assures("A06")
def test_one_place_cannot_have_everybody_written_to(visitor: Browser) -> None:
    answers = [ask(visitor, f"someone{number}@example.org")[0] for number in range(21)]

    assert answers == [200] * 20 + [429]


@pytest.mark.assures("A16")
@pytest.mark.usefixtures("made")
def test_a_code_that_the_clinic_made_is_announced_to_her(
    session: Session, ana: Account, now: datetime
) -> None:
    letter = letters(session, now)[0]

    assert letter.to == ana.email
    assert "lets them into your journal" in letter.text


@pytest.mark.assures("A12")
@pytest.mark.usefixtures("made")
def test_opening_the_link_of_that_letter_stops_nothing(
    session: Session, visitor: Browser, base_url: str, now: datetime
) -> None:
    link = link_in(letters(session, now)[0], base_url)

    visitor.client.head(link, base_url=BASE)
    page = visitor.get(link)

    assert "Stop it" in page.text
    assert session.scalars(select(Recovery.stopped_at)).one() is None


@pytest.mark.assures("A16")
@pytest.mark.usefixtures("made")
def test_its_button_stops_the_code(
    session: Session, visitor: Browser, base_url: str, now: datetime
) -> None:
    link = link_in(letters(session, now)[0], base_url)

    answer = visitor.send_form(link)

    assert "It is stopped" in answer.text
    assert session.scalars(select(Recovery.stopped_at)).one()
    assert "nothing to stop" in visitor.get(link).text


@pytest.mark.assures("A12")
@pytest.mark.usefixtures("made")
def test_a_made_up_link_stops_nothing(session: Session, visitor: Browser) -> None:
    made_up = session.scalars(select(Recovery.id)).one().hex
    session.commit()

    answer = visitor.send_form(f"/recover/stopping/{made_up}")

    assert "nothing to stop" in answer.text
    assert session.scalars(select(Recovery.stopped_at)).one() is None


@pytest.mark.assures("A07")
def test_whoever_joins_with_her_address_is_not_helped_and_she_is_told(
    session: Session, visitor: Browser, people: People, now: datetime
) -> None:
    _, token = invite(session, member_of(session, people.bose), "Mia", None, now)
    session.commit()

    answer = visitor.send_form(
        f"/join/{token}",
        name="Mia", email=people.ana.email, password=NEW, zone="Europe/Berlin", until="open",
    )  # fmt: skip

    letter = letters(session, now)[0]
    assert answer.status_code == 400
    assert letter.to == people.ana.email
    assert "There is one already" in letter.text


@pytest.mark.assures("C02")
@pytest.mark.usefixtures("made")
def test_no_letter_holds_a_health_word(
    session: Session, visitor: Browser, people: People, now: datetime
) -> None:
    _, token = invite(session, member_of(session, people.bose), "Mia", None, now)
    session.commit()
    ask(visitor, people.ana.email)
    visitor.send_form(
        f"/join/{token}",
        name="Mia", email=people.ana.email, password=NEW, zone="Europe/Berlin", until="open",
    )  # fmt: skip

    sent = letters(session, now)

    assert len(sent) == 3
    for letter in sent:
        assert not HEALTH.search(f"{letter.subject}\n{letter.text}")


@pytest.mark.assures("B07")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana@Example.ORG\n", "ana@example.org"),
        ("JOSE\u0301@example.org", "jos\u00e9@example.org"),
        ("Straße@example.org", "strasse@example.org"),
    ],
)
def test_an_address_is_compared_as_people_mean_it(typed: str, kept: str) -> None:
    assert normal_email(typed) == kept
