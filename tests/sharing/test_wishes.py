"""What Ana asks for on the day of an infusion: whatever shows more waits, the rest does not."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.errors import Conflict, NotThere
from journal.infusions.models import Infusion
from journal.sharing import grants, wishes
from journal.sharing.access import Member
from journal.sharing.grants import Consent
from journal.sharing.models import Grant, Scope, Wish
from tests.people import Browser

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NUMBERS = Consent(frozenset({Scope.NUMBERS}))
NOTES_TOO = Consent(frozenset({Scope.NUMBERS, Scope.NOTES}))


@pytest.fixture
def tomorrow(now: datetime) -> datetime:
    return now + 20 * HOUR


@pytest.fixture
def shares(session: Session, ana: Account, boses: Member, now: datetime) -> None:
    """Riverbend sees her numbers."""
    grants.give(session, ana, boses.clinic.id, NUMBERS, now - DAY)


def stands(session: Session, ana: Account, boses: Member, now: datetime) -> Consent | None:
    """What Riverbend may read now."""
    grant = grants.shared_with(session, ana.id, boses.clinic.id, now).grant
    if grant is None:
        return None
    return Consent(frozenset(map(Scope, grant.scopes)), grant.first_day, grant.expires_at)


@pytest.mark.usefixtures("shares")
def test_on_any_other_day_it_is_done(
    session: Session, ana: Account, boses: Member, now: datetime
) -> None:
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, None)

    assert wish is None
    assert stands(session, ana, boses, now) == NOTES_TOO


@pytest.mark.usefixtures("shares")
@pytest.mark.parametrize(
    "wished",
    [
        NOTES_TOO,
        Consent(frozenset({Scope.NOTES})),
        Consent(frozenset(Scope), date(2020, 1, 1)),
    ],
)
def test_what_shows_more_waits(
    session: Session,
    ana: Account,
    boses: Member,
    now: datetime,
    tomorrow: datetime,
    wished: Consent,
) -> None:
    wish = wishes.give(session, ana, boses.clinic.id, wished, now, tomorrow)

    assert wish is not None
    assert (wish.ask_from, wish.until) == (tomorrow, tomorrow + 7 * DAY)
    now_seen = stands(session, ana, boses, now)
    assert now_seen is None or now_seen.scopes <= {Scope.NUMBERS}


def test_an_earlier_first_day_and_a_later_end_show_more(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    narrow = Consent(NUMBERS.scopes, now.date(), now + DAY)
    grants.give(session, ana, boses.clinic.id, narrow, now)

    earlier = wishes.give(
        session, ana, boses.clinic.id, Consent(NUMBERS.scopes, None, now + DAY), now, tomorrow
    )
    later = wishes.give(
        session, ana, boses.clinic.id, Consent(NUMBERS.scopes, now.date(), None), now, tomorrow
    )

    assert earlier
    assert later
    assert stands(session, ana, boses, now) == narrow


@pytest.mark.usefixtures("shares")
def test_what_shows_less_is_done_at_once_even_beside_what_shows_more(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    ends = Consent(frozenset({Scope.NUMBERS, Scope.NOTES}), None, now + 30 * DAY)

    wishes.give(session, ana, boses.clinic.id, ends, now, tomorrow)

    assert stands(session, ana, boses, now) == Consent(NUMBERS.scopes, None, now + 30 * DAY)


@pytest.mark.usefixtures("shares")
def test_narrowing_makes_no_wish(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    narrower = Consent(NUMBERS.scopes, now.date())

    assert wishes.give(session, ana, boses.clinic.id, narrower, now, tomorrow) is None
    assert stands(session, ana, boses, now) == narrower


@pytest.mark.usefixtures("shares")
def test_it_happens_once_she_says_it_again(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, tomorrow)
    assert wish
    session.flush()

    wishes.say_again(session, ana, wish.id, tomorrow, None)

    assert stands(session, ana, boses, tomorrow) == NOTES_TOO
    assert wishes.waiting(session, ana.id, tomorrow) == []
    with pytest.raises(NotThere):
        wishes.say_again(session, ana, wish.id, tomorrow, None)


@pytest.mark.usefixtures("shares")
def test_not_before_and_not_after_another_infusion(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, tomorrow)
    assert wish
    session.flush()

    with pytest.raises(Conflict):
        wishes.say_again(session, ana, wish.id, tomorrow - HOUR, None)
    with pytest.raises(Conflict):
        wishes.say_again(session, ana, wish.id, tomorrow, tomorrow + DAY)

    assert stands(session, ana, boses, tomorrow) == NUMBERS


@pytest.mark.usefixtures("shares")
def test_unanswered_for_a_week_it_lapses(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, tomorrow)
    assert wish
    session.flush()

    assert wishes.waiting(session, ana.id, tomorrow + 7 * DAY - HOUR)
    assert wishes.waiting(session, ana.id, tomorrow + 7 * DAY) == []
    with pytest.raises(NotThere):
        wishes.say_again(session, ana, wish.id, tomorrow + 7 * DAY, None)


@pytest.mark.usefixtures("shares")
def test_a_newer_word_ends_the_older_wish(
    session: Session, ana: Account, boses: Member, now: datetime, tomorrow: datetime
) -> None:
    wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, tomorrow)
    session.flush()

    everything = Consent(frozenset(Scope))
    wishes.give(session, ana, boses.clinic.id, everything, now + HOUR, tomorrow)
    session.flush()

    assert [one.consent for one in wishes.waiting(session, ana.id, tomorrow)] == [everything]


@pytest.fixture
def rests(session: Session, ana: Account, boses: Member, now: datetime) -> Infusion:
    """She had an infusion an hour ago."""
    given = Infusion(
        clinic_id=boses.clinic.id,
        patient_id=ana.id,
        given_at=now - HOUR,
        day=now.date(),
        dose_mg=35.0,
        minutes=40,
        recorded_by=boses.account.id,
        recorded_at=now,
    )
    session.add(given)
    session.commit()
    return given


def seen(session: Session, ana: Account) -> set[str]:
    grant = session.scalars(
        select(Grant)
        .where(Grant.patient_id == ana.id, Grant.withdrawn_at.is_(None))
        .execution_options(populate_existing=True)
    ).one()
    session.commit()
    return set(grant.scopes)


@pytest.mark.usefixtures("rests")
def test_her_page_says_that_it_waits_and_until_when(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, NUMBERS, now)
    session.commit()

    answer = anas_phone.send_form(
        f"/sharing/clinics/{boses.clinic.id}/grants",
        numbers="y", notes="y", first="all", until="open",
    )  # fmt: skip

    assert answer.status_code == 303
    assert seen(session, ana) == {"numbers"}
    page = anas_phone.get("/sharing").text
    assert "You had an infusion within the last day, so this waits." in page
    assert f"{boses.clinic.name} would see your numbers and your notes" in page


def test_asked_the_next_day_she_says_it_again_with_one_tap(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, NUMBERS, now - 2 * DAY)
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now - DAY, now - HOUR)
    assert wish
    session.commit()
    assert "Still your wish?" in anas_phone.get("/sharing").text
    today = anas_phone.get(anas_phone.get("/today").location).text
    assert "You wished for something on the day of your infusion" in today

    answer = anas_phone.send_form(f"/sharing/wishes/{wish.id}")

    assert answer.status_code == 303
    assert seen(session, ana) == {"notes", "numbers"}


@pytest.mark.usefixtures("rests")
def test_stopping_works_at_once_and_ends_the_wish(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grant = grants.give(session, ana, boses.clinic.id, NUMBERS, now)
    wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now, now + DAY)
    session.commit()
    assert grant

    anas_phone.send_form(f"/sharing/grants/{grant.id}/withdrawal")

    assert "sees nothing of your journal" in anas_phone.get("/sharing").text
    assert session.scalars(select(Wish.became)).all() == ["dropped"]


def test_a_wish_let_go_changes_nothing(
    session: Session, anas_phone: Browser, ana: Account, boses: Member, now: datetime
) -> None:
    grants.give(session, ana, boses.clinic.id, NUMBERS, now - 2 * DAY)
    wish = wishes.give(session, ana, boses.clinic.id, NOTES_TOO, now - DAY, now - HOUR)
    assert wish
    session.commit()

    anas_phone.send_form(f"/sharing/wishes/{wish.id}/dropping")

    assert seen(session, ana) == {"numbers"}
    assert "Still your wish?" not in anas_phone.get("/sharing").text
