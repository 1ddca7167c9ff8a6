"""Keeping entries, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.clock import diary_day
from journal.entries.forms import EditBody
from journal.entries.models import Edit, How
from journal.entries.rows import DayRead
from journal.entries.store import days_between, days_since, earlier_values, one_day, save_edit
from journal.errors import Conflict, Invalid
from journal.sharing.access import Access, own
from journal.sharing.models import Scope
from tests.entries.letters import body

ONE = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def evening() -> datetime:
    """Last night, as clocks in New York have it."""
    return (datetime.now(UTC) - ONE).replace(hour=23, minute=0, second=0, microsecond=0)


@pytest.fixture
def today(evening: datetime, ana: Account) -> date:
    return diary_day(evening, ana.zone)


def said(at: datetime, ana: Account, edit_id: UUID | None = None, **items: object) -> EditBody:
    """What Ana says at one moment."""
    edit = body(items=items or {"pain_avg": 7}, account=str(ana.id))
    return replace(edit, edited_at=at, edit_id=edit_id or edit.edit_id)


def kept(session: Session, ana: Account, day: date, edit: EditBody, now: datetime) -> DayRead:
    return save_edit(session, own(ana), day, edit, now)


def test_a_day_is_given_back_as_it_was_said(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    medicines = [{"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": 2}]
    edit = said(evening, ana, pain_avg=7, sleep_hours=6.25, note="Café ☕", rescue_med=medicines)

    kept(session, ana, today, edit, evening)

    session.expunge_all()
    assert one_day(session, own(ana), today).items == {
        "pain_avg": 7,
        "sleep_hours": 6.25,
        "note": "Café ☕",
        "rescue_med": medicines,
    }


def test_an_item_can_be_cleared(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    kept(session, ana, today, said(evening, ana, pain_avg=7, mood=3), evening)

    day = kept(session, ana, today, said(evening + SECOND, ana, pain_avg=None), evening)

    assert day.items == {"mood": 3}


@pytest.mark.assures("E04")
def test_the_same_edit_again_changes_nothing(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    edit = said(evening, ana, pain_avg=7, note="x", rescue_med=[{"name": "Ibuprofen"}])
    first = kept(session, ana, today, edit, evening)

    again = kept(session, ana, today, edit, evening + ONE)

    assert again == first
    assert session.scalar(select(func.count()).select_from(Edit)) == 1


@pytest.mark.assures("E04")
def test_an_old_edit_that_comes_late_wipes_nothing(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    kept(session, ana, today, said(evening, ana, pain_avg=3), evening)

    day = kept(session, ana, today, said(evening - SECOND, ana, pain_avg=9), evening + SECOND)

    assert day.items == {"pain_avg": 3}


@pytest.mark.parametrize("items", [{"pain_avg": 8}, {"pain_avg": 7, "mood": 3}, {"note": "7"}])
def test_the_same_id_with_other_content_is_a_conflict(
    session: Session, ana: Account, today: date, evening: datetime, items: dict[str, object]
) -> None:
    edit_id = uuid4()
    kept(session, ana, today, said(evening, ana, edit_id, pain_avg=7), evening)

    with pytest.raises(Conflict) as error:
        kept(session, ana, today, said(evening, ana, edit_id, **items), evening)

    assert error.value.code == "edit_reused"


def test_the_same_id_for_another_day_is_a_conflict(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    edit = said(evening, ana)
    kept(session, ana, today, edit, evening)

    with pytest.raises(Conflict):
        kept(session, ana, today - ONE, edit, evening)


@pytest.mark.assures("A15")
def test_another_persons_letter_is_not_taken(
    session: Session, ana: Account, dr_bose: Account, today: date, evening: datetime
) -> None:
    with pytest.raises(Conflict):
        kept(session, ana, today, said(evening, dr_bose), evening)


def test_the_future_is_refused(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    with pytest.raises(Invalid) as error:
        kept(session, ana, today + ONE, said(evening, ana), evening)

    assert (error.value.code, error.value.field) == ("future", "day")


@pytest.mark.assures("D04")
def test_a_clock_ahead_does_not_open_tomorrow(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    with pytest.raises(Invalid) as error:
        kept(session, ana, today + ONE, said(evening + ONE, ana), evening)

    assert error.value.code == "future"


def test_before_the_account_there_is_nothing_to_fill(
    session: Session, ana: Account, evening: datetime
) -> None:
    with pytest.raises(Invalid) as error:
        kept(session, ana, ana.began - ONE, said(evening, ana), evening)

    assert (error.value.code, error.value.field) == ("before_account", "day")


@pytest.mark.assures("B08")
@pytest.mark.parametrize("year", [1, 9999])
def test_no_year_breaks_it(
    session: Session, ana: Account, today: date, evening: datetime, year: int
) -> None:
    edit = said(datetime(year, 1, 1, tzinfo=UTC), ana)

    with pytest.raises(Invalid) as error:
        kept(session, ana, today + ONE, edit, evening)

    assert error.value.field in ("day", "edited_at")


@pytest.mark.parametrize(("behind", "how"), [(0, How.LIVE), (1, How.LATE)])
def test_today_is_live_and_yesterday_late(
    session: Session, ana: Account, today: date, evening: datetime, behind: int, how: How
) -> None:
    day = kept(session, ana, today - behind * ONE, said(evening, ana), evening)

    assert day.how == {"pain_avg": how}


def test_an_older_day_is_corrected_with_a_reason(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    edit = replace(said(evening, ana), reason="I mixed up two days")

    day = kept(session, ana, today - 2 * ONE, edit, evening)

    assert day.how == {"pain_avg": How.CORRECTED}


def test_without_a_reason_an_older_day_stays(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    with pytest.raises(Invalid) as error:
        kept(session, ana, today - 2 * ONE, said(evening, ana), evening)

    assert (error.value.code, error.value.field) == ("reason_needed", "reason")
    assert one_day(session, own(ana), today - 2 * ONE).items == {}


def test_a_phone_that_was_offline_for_two_months_loses_nothing(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    then = 60 * ONE

    day = kept(session, ana, today - then, said(evening - then, ana), evening)

    assert day.how == {"pain_avg": How.LIVE}


def test_every_earlier_value_can_be_seen(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    for second, value in enumerate([7, 3, None]):
        kept(session, ana, today, said(evening + second * SECOND, ana, pain_avg=value), evening)

    found = earlier_values(session, own(ana), today)

    assert [one.value for one in found] == [None, 3, 7]


def test_the_phone_learns_which_days_changed_since(
    session: Session, ana: Account, today: date, evening: datetime
) -> None:
    first = kept(session, ana, today, said(evening, ana), evening)
    second = kept(session, ana, today - ONE, said(evening, ana), evening)

    assert days_since(session, own(ana), first.revision) == [second]
    assert days_since(session, own(ana), second.revision) == []


@pytest.fixture
def a_whole_day(session: Session, ana: Account, today: date, evening: datetime) -> DayRead:
    edit = said(evening, ana, pain_avg=7, note="x", rescue_med=[{"name": "Ibuprofen"}])
    return kept(session, ana, today, edit, evening)


@pytest.mark.assures("C06")
@pytest.mark.parametrize(
    ("scopes", "items"),
    [
        ({Scope.NUMBERS}, {"pain_avg"}),
        ({Scope.NOTES}, {"note"}),
        ({Scope.MEDICINES}, {"rescue_med"}),
        (set(), set()),
    ],
)
@pytest.mark.usefixtures("a_whole_day")
def test_only_what_was_granted_is_read(
    session: Session, ana: Account, today: date, scopes: set[Scope], items: set[str]
) -> None:
    access = Access(ana.id, frozenset(scopes), None)

    assert set(one_day(session, access, today).items) == items
    assert {one.item for one in earlier_values(session, access, today)} == items


@pytest.mark.assures("C06")
def test_what_lies_before_the_first_granted_day_is_not_read(
    session: Session, ana: Account, today: date, a_whole_day: DayRead
) -> None:
    later = replace(own(ana), first=today + ONE)

    assert days_between(session, own(ana), today, today) == [a_whole_day]
    assert days_between(session, later, ana.began, today) == []
    assert days_since(session, later, 0) == []
    assert earlier_values(session, later, today) == []
