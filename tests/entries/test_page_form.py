"""A day's page as a plain form: only what differs is said, and nothing typed is lost."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries import page_form
from journal.entries.models import Edit
from journal.entries.page_form import shown
from tests.entries.letters import letter
from tests.people import Browser, People

ONE = timedelta(days=1)
WAS = {"was_pain_avg": "7", "was_mood": "3"}


def test_what_the_page_showed_and_still_shows_is_not_said_again() -> None:
    form = page_form.read({**WAS, "pain_avg": "7", "mood": "3"})

    assert form.changed == {}


def test_only_what_differs_is_said() -> None:
    form = page_form.read({**WAS, "pain_avg": "8", "mood": "3"})

    assert form.changed == {"pain_avg": 8}


def test_what_was_emptied_is_cleared() -> None:
    form = page_form.read({**WAS, "pain_avg": "", "mood": "3"})

    assert form.changed == {"pain_avg": None}


def test_an_empty_form_says_nothing() -> None:
    assert page_form.read({}).changed == {}


@pytest.mark.parametrize("text", ["6.5", "6,5", " 6.50 "])
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert page_form.read({"sleep_hours": text}).changed == {"sleep_hours": 6.5}


@pytest.mark.assures("B01")
@pytest.mark.parametrize("text", ["seven", "nan", "inf", "-1", "99", "1e99", "7.3", "٧٧", "0x7"])
def test_a_bad_number_is_an_error_of_its_item(text: str) -> None:
    assert set(page_form.read({"sleep_hours": text}).errors) == {"sleep_hours"}


def test_rows_of_medicines_become_a_list() -> None:
    form = page_form.read(
        {
            "rescue_med-0-name": "Ibuprofen",
            "rescue_med-0-dose": "400",
            "rescue_med-0-unit": "mg",
            "rescue_med-1-name": " ",
            "rescue_med-2-name": "Paracetamol",
            "rescue_med-2-count": "1,5",
        }
    )

    assert form.changed["rescue_med"] == (
        {"name": "Ibuprofen", "dose": 400, "unit": "mg", "count": None},
        {"name": "Paracetamol", "dose": None, "unit": None, "count": 1.5},
    )


def test_a_row_without_a_name_is_said_to_be() -> None:
    form = page_form.read({"rescue_med-0-dose": "400"})

    assert form.errors["rescue_med"].field == "rescue_med"


def test_lines_of_a_note_end_as_everywhere_else() -> None:
    was = {"was_note": shown("a\nb")}

    assert page_form.read({**was, "note": "a\r\nb"}).changed == {}


def test_the_edit_is_hers_and_its_clock_is_ours() -> None:
    now = datetime.now(UTC)

    edit = page_form.read({"mood": "3"}).edit(UUID(int=1), "Europe/Rome", now)

    assert (edit.account, edit.zone, edit.edited_at) == (UUID(int=1), "Europe/Rome", now)


def test_a_form_is_kept_and_leads_to_done(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.send_form(page, pain_avg="7", note="Rain <b>all day</b>")

    assert (answer.status_code, answer.location) == (303, f"{page}?done=1")
    assert items(anas_phone) == {"pain_avg": 7, "note": "Rain <b>all day</b>"}


@pytest.mark.assures("B03")
def test_what_was_written_is_shown_as_text(anas_phone: Browser, page: str) -> None:
    anas_phone.send_form(page, note="Rain <b>all day</b>")

    assert "Rain &lt;b&gt;all day&lt;/b&gt;</textarea>" in anas_phone.get(page).text


def test_a_page_left_open_undoes_nothing(anas_phone: Browser, page: str, ana: Account) -> None:
    body = letter(account=str(ana.id), items={"pain_avg": 2, "mood": 8})
    anas_phone.send_json("PUT", page, body)

    anas_phone.send_form(page, was_pain_avg="null", was_mood="null", pain_avg="7")

    assert items(anas_phone) == {"pain_avg": 7, "mood": 8}


def test_a_bad_number_keeps_everything_typed(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.send_form(
        page,
        sleep_hours="sevenish",
        pain_avg="7",
        note="Rain all day",
        **{"rescue_med-0-name": "A"},
    )

    assert answer.status_code == 400
    assert "That is not a number." in answer.text
    assert 'value="sevenish"' in answer.text
    assert 'id="pain_avg-7" value="7"' in answer.text
    assert "Rain all day</textarea>" in answer.text
    assert items(anas_phone) is None


@pytest.mark.assures("B02")
def test_a_note_too_long_keeps_its_text(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.send_form(page, note="n" * 1001)

    assert answer.status_code == 400
    assert "That is 1001 characters; there is room for 1000." in answer.text
    assert "n" * 1001 in answer.text


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(
    anas_phone: Browser, today: date
) -> None:
    answer = anas_phone.send_form(f"/entries/{today - 2 * ONE}", note="Rain all day")

    assert answer.status_code == 400
    assert "why you are changing an older day" in answer.text
    assert "Rain all day</textarea>" in answer.text
    assert items(anas_phone) is None


def test_a_correction_with_its_reason_is_kept(anas_phone: Browser, today: date) -> None:
    answer = anas_phone.send_form(f"/entries/{today - 2 * ONE}", pain_avg="7", reason="Forgot")

    assert answer.status_code == 303
    assert items(anas_phone) == {"pain_avg": 7}


def test_a_reason_too_long_is_kept_too(anas_phone: Browser, today: date) -> None:
    answer = anas_phone.send_form(f"/entries/{today - 2 * ONE}", pain_avg="7", reason="r" * 501)

    assert answer.status_code == 400
    assert "r" * 501 in answer.text


@pytest.mark.assures("B08")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_day_of_the_calendar_breaks_a_page(anas_phone: Browser, day: str) -> None:
    seen = anas_phone.get(f"/entries/{day}")
    sent = anas_phone.send_form(f"/entries/{day}", pain_avg="7")

    assert (seen.status_code, sent.status_code) == (400, 400)


def test_tomorrow_cannot_be_opened_or_written(anas_phone: Browser, today: date) -> None:
    tomorrow = f"/entries/{today + ONE}"

    answers = [anas_phone.get(tomorrow), anas_phone.send_form(tomorrow, pain_avg="7")]

    assert [one.status_code for one in answers] == [400, 400]
    assert ["has not begun yet" in one.text for one in answers] == [True, True]
    assert items(anas_phone) is None


def test_before_the_account_there_is_no_day(anas_phone: Browser, ana: Account) -> None:
    before = f"/entries/{ana.began - ONE}"

    answers = [anas_phone.get(before), anas_phone.send_form(before, pain_avg="7", reason="x")]

    assert [one.status_code for one in answers] == [400, 400]
    assert ["Your journal began on" in one.text for one in answers] == [True, True]
    assert items(anas_phone) is None


@pytest.mark.assures("B02")
def test_a_form_of_two_megabytes_is_too_much(anas_phone: Browser, page: str) -> None:
    answer = anas_phone.send_form(page, note="n" * 2_000_000)

    assert answer.status_code == 413
    assert "what you typed is still there" in answer.text
    assert items(anas_phone) is None


def test_every_earlier_value_is_on_the_page(anas_phone: Browser, page: str) -> None:
    anas_phone.send_form(page, note="first words")
    anas_phone.send_form(page, note="second words", was_note='"first words"')

    seen = anas_phone.get(page).text

    assert "first words" in seen
    assert "second words</textarea>" in seen


def items(phone: Browser) -> dict[str, object] | None:
    """What the only day says, if there is one."""
    answer = phone.get("/entries").json
    assert answer is not None
    return answer["days"][0]["items"] if answer["days"] else None


@pytest.mark.assures("A15")
def test_what_ben_typed_in_a_page_of_his_does_not_become_anas(
    session: Session, people: People, anas_phone: Browser, page: str
) -> None:
    answer = anas_phone.send_form(page, account=str(people.ben.id), note="of Ben")

    assert answer.status_code == 409
    assert "someone else who uses this phone" in answer.text
    assert session.scalars(select(Edit)).all() == []


def test_the_page_says_whose_it_is(ana: Account, anas_phone: Browser, page: str) -> None:
    assert f'name="account" value="{ana.id}"' in anas_phone.get(page).text
