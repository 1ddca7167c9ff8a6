"""What may come in about a day; every bad input has its own clear answer."""

from typing import Any

import pytest

from journal.entries.forms import EditBody, parse_batch, parse_dated
from journal.errors import Invalid
from tests.entries.letters import letter

NAN, INFINITY = float("nan"), float("inf")


def refused(body: object) -> Invalid:
    with pytest.raises(Invalid) as error:
        EditBody.parse(body)
    return error.value


def test_a_whole_letter_becomes_an_edit() -> None:
    edit = EditBody.parse(letter(items={"pain_avg": 7, "sleep_hours": 6.25, "note": None}))

    assert edit.items == {"pain_avg": 7, "sleep_hours": 6.25, "note": None}


@pytest.mark.assures("B01")
@pytest.mark.parametrize("value", [-1, 11, 10**30])
def test_a_number_out_of_range_is_told_its_range(value: int) -> None:
    error = refused(letter(items={"pain_avg": value}))

    assert error.field == "pain_avg"
    assert (error.values["low"], error.values["high"]) == (0, 10)


@pytest.mark.assures("B01")
@pytest.mark.parametrize("value", [True, False, 7.5, 7.0, "7", [7], {"value": 7}, NAN, INFINITY])
def test_what_is_no_whole_number_is_not_taken_for_one(value: object) -> None:
    assert refused(letter(items={"mood": value})).field == "mood"


@pytest.mark.assures("B01")
@pytest.mark.parametrize("value", [True, "6", -0.25, 24.25, 6.1, NAN, INFINITY, -INFINITY, []])
def test_hours_slept_come_in_quarters_up_to_a_day(value: object) -> None:
    assert refused(letter(items={"sleep_hours": value})).field == "sleep_hours"


@pytest.mark.parametrize("value", [False, 1, "true"])
def test_too_much_is_said_or_left_out(value: object) -> None:
    assert refused(letter(items={"too_much": value})).field == "too_much"


@pytest.mark.assures("B01")
def test_an_unknown_item_is_named() -> None:
    assert refused(letter(items={"pain_avg": 7, "shoe_size": 7})).field == "shoe_size"


@pytest.mark.parametrize("items", [None, [], {}, "pain_avg", 7])
def test_an_edit_says_at_least_one_thing(items: object) -> None:
    assert refused(letter(items=items)).field == "items"


@pytest.mark.assures("A15")
@pytest.mark.parametrize("name", ["received_at", "counted_at", "how", "account_id", "clinic_id"])
def test_what_is_not_hers_to_say_is_refused_by_name(name: str) -> None:
    assert refused(letter(**{name: "mine"})).field == name


@pytest.mark.parametrize("name", ["account", "edit_id", "edited_at", "items", "reason", "zone"])
def test_a_missing_field_is_named(name: str) -> None:
    body = letter()
    del body[name]

    assert refused(body).field == name


@pytest.mark.parametrize("body", [None, [], "edit", 7, True, [letter()]])
def test_what_is_no_object_is_malformed(body: object) -> None:
    assert refused(body).code == "malformed"


@pytest.mark.parametrize("name", ["edit_id", "account"])
@pytest.mark.parametrize("value", [None, 7, [], {}, "", "7", "g" * 32])
def test_what_is_no_id_is_refused(name: str, value: object) -> None:
    assert refused(letter(**{name: value})).field == name


@pytest.mark.assures("B08")
@pytest.mark.parametrize(
    "text",
    [
        None,
        1764028800,
        "",
        "yesterday",
        "2026-11-23",
        "2026-11-23T20:00:00Z",
        "2026-11-23T20:00:00.000",
        "2026-02-30T20:00:00.000Z",
        "2026-11-23T25:00:00.000Z",
        "2026-11-23 20:00:00.000Z",
        "0001-01-01T00:00:00.000+14:00",
        "9999-12-31T23:59:59.999-12:00",
        "10000-01-01T00:00:00.000Z",
        "٢٠٢٦-11-23T20:00:00.000Z",
    ],
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    assert refused(letter(edited_at=text)).field == "edited_at"


@pytest.mark.assures("B08")
@pytest.mark.parametrize("year", ["0001", "1970", "1999"])
def test_a_clock_that_was_lost_is_refused(year: str) -> None:
    assert refused(letter(edited_at=f"{year}-01-01T00:00:00.000Z")).field == "edited_at"


@pytest.mark.assures("B08")
@pytest.mark.parametrize("year", ["2000", "9999"])
def test_the_ends_of_the_calendar_can_be_read(year: str) -> None:
    edit = EditBody.parse(letter(edited_at=f"{year}-06-01T12:00:00.000Z"))

    assert edit.edited_at.year == int(year)


@pytest.mark.assures("B08")
@pytest.mark.parametrize("zone", [None, 7, [], "", "Mars/Olympus", "../../etc/passwd", "\0"])
def test_an_unknown_zone_is_refused(zone: object) -> None:
    assert refused(letter(zone=zone)).field == "zone"


@pytest.mark.assures("B07")
def test_what_cannot_be_seen_is_taken_out_of_a_note() -> None:
    edit = EditBody.parse(letter(items={"note": " a\0b\x1bc\ud800d\n🌱 "}))

    assert edit.items["note"] == "abcd\n🌱"


@pytest.mark.assures("B07")
def test_one_letter_has_one_way_to_be_written() -> None:
    edit = EditBody.parse(letter(items={"note": "e\u0301"}))

    assert edit.items["note"] == "\u00e9"


@pytest.mark.parametrize("text", ["", "  ", "\0", "\n"])
def test_a_blank_note_clears_it(text: str) -> None:
    assert EditBody.parse(letter(items={"note": text})).items == {"note": None}


@pytest.mark.assures("B02")
def test_a_note_of_a_thousand_characters_fits() -> None:
    edit = EditBody.parse(letter(items={"note": "ü" * 1000}))

    assert edit.items["note"] == "ü" * 1000


@pytest.mark.assures("B02")
def test_one_more_is_told_how_many_there_are() -> None:
    error = refused(letter(items={"note": "ü" * 1001}))

    assert error.field == "note"
    assert error.values == {"length": 1001, "longest": 1000}


@pytest.mark.parametrize("value", [True, 7, ["a"], {"text": "a"}])
def test_a_note_is_a_text(value: object) -> None:
    assert refused(letter(items={"note": value})).field == "note"


@pytest.mark.parametrize("reason", [7, [], "r" * 501])
def test_a_reason_is_a_short_text(reason: object) -> None:
    assert refused(letter(reason=reason)).field == "reason"


def test_a_medicine_is_kept_with_what_is_known_of_it() -> None:
    edit = EditBody.parse(letter(items={"rescue_med": [{"name": " Ibuprofen ", "dose": 400}]}))

    assert edit.items["rescue_med"] == (
        {"name": "Ibuprofen", "dose": 400, "unit": None, "count": None},
    )


def test_an_empty_list_of_medicines_clears_it() -> None:
    assert EditBody.parse(letter(items={"rescue_med": []})).items == {"rescue_med": None}


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    "value",
    [
        "Ibuprofen",
        {"name": "Ibuprofen"},
        [7],
        [{}],
        [{"name": None}],
        [{"name": "  "}],
        [{"name": "n" * 101}],
        [{"name": "Ibuprofen", "unit": 7}],
        [{"name": "Ibuprofen", "unit": "u" * 21}],
        [{"name": "Ibuprofen", "colour": "red"}],
        [{"name": "Ibuprofen"}] * 21,
    ],
)
def test_what_is_no_medicine_is_refused(value: object) -> None:
    assert refused(letter(items={"rescue_med": value})).field == "rescue_med"


@pytest.mark.parametrize("amount", [0, -1, True, "400", [400], NAN, INFINITY, 100_001])
@pytest.mark.parametrize("name", ["dose", "count"])
def test_an_amount_is_a_number_above_nothing(name: str, amount: Any) -> None:
    error = refused(letter(items={"rescue_med": [{"name": "Ibuprofen", name: amount}]}))

    assert error.field == "rescue_med"


@pytest.mark.parametrize("edits", [None, {}, [], [letter()] * 31])
def test_a_batch_holds_one_to_thirty(edits: object) -> None:
    with pytest.raises(Invalid) as error:
        parse_batch({"edits": edits})

    assert error.value.field == "edits"


@pytest.mark.assures("B08")
@pytest.mark.parametrize("day", [None, 20261123, "", "20261123", "2026-02-29", "2026-W48-2"])
def test_a_letter_of_a_batch_says_its_day(day: object) -> None:
    with pytest.raises(Invalid) as error:
        parse_dated(letter(day=day))

    assert error.value.field == "day"


@pytest.mark.assures("B08")
def test_a_leap_day_is_a_day() -> None:
    day, _edit = parse_dated(letter(day="2028-02-29"))

    assert day.isoformat() == "2028-02-29"
