"""What may come in about an infusion."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import Invalid
from journal.infusions.items import Item, Value, items
from journal.infusions.letters import EditBody, parse_value
from tests.infusions.letters import GIVEN, letter

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
FULL: dict[str, Any] = {
    **GIVEN,
    "route": "iv",
    "weight_kg": 70.5,
    "weight_on": "2026-11-20",
    "bp_systolic_peak": 155,
    "left_at": "11:45",
    "advice": True,
    "sedation": "mild",
    "dissociation": 10,
    "adverse": "Sick for ten minutes",
}


def test_a_letter_is_read_as_it_is() -> None:
    assert dict(EditBody.parse(letter(items=FULL)).items) == FULL


def test_nothing_clears_an_item_whatever_its_kind() -> None:
    nothing = dict.fromkeys(items())

    assert dict(EditBody.parse(letter(items=nothing)).items) == nothing


def test_words_are_tidied_and_blank_ones_are_none() -> None:
    read = EditBody.parse(letter(items={"note": " calm\x00 ", "rescue": "  "}, reason=" "))

    assert (dict(read.items), read.reason) == ({"note": "calm", "rescue": None}, None)


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    "wrong",
    [
        {"items": {}},
        {"items": []},
        {"items": {"dose": 35}},
        {"edit_id": "5"},
        {"edited_at": "2026-11-24"},
        {"edited_at": 1764000000},
        {"edited_at": "0001-01-01T00:00:00.000Z"},
        {"edited_at": "1999-12-31T23:59:59.999Z"},
        {"zone": "Riverbend"},
        {"account": None},
        {"reason": "x" * 501},
        {"clinic_id": "5"},
    ],
)
def test_an_envelope_that_is_not_ours_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        EditBody.parse(letter(**wrong))


@pytest.mark.assures("B01")
@pytest.mark.parametrize("body", [None, [], "35 mg", {}, {"items": GIVEN}])
def test_what_is_no_envelope_is_refused(body: object) -> None:
    with pytest.raises(Invalid):
        EditBody.parse(body)


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        ("standing", "struck"),
        ("given_at", "2026-11-24"),
        ("given_at", "2026-11-24T09:30:00"),
        ("given_at", "2026-11-31T09:30"),
        ("given_at", "0000-01-01T00:00"),
        ("agent", "ketamine"),
        ("dose_mg", 0),
        ("dose_mg", 5001),
        ("dose_mg", float("nan")),
        ("dose_mg", 10**400),
        ("dose_mg", "35"),
        ("dose_mg", True),
        ("minutes", 40.0),
        ("minutes", 0),
        ("weight_kg", 700),
        ("weight_on", "20 November"),
        ("dissociation", 11),
        ("left_at", "25:00"),
        ("oxygen", False),
        ("note", "x" * 4001),
        ("note", 5),
    ],
)
def test_what_an_item_cannot_say_is_refused_by_its_name(item: str, wrong: object) -> None:
    with pytest.raises(Invalid) as error:
        EditBody.parse(letter(items={item: wrong}))

    assert error.value.field == item


def test_a_weight_of_700_is_asked_for_its_unit() -> None:
    with pytest.raises(Invalid) as error:
        parse_value(items()["weight_kg"], 700)

    assert error.value.values == {"low": "10", "high": "400 kg"}
    assert "its unit" in error.value.message


@given(st.sampled_from(list(items().values())), ANYTHING)
def test_whatever_comes_is_read_or_refused(item: Item, value: object) -> None:
    read = read_or_none(item, value)

    assert read_or_none(item, read) == read


@given(ANYTHING)
def test_whatever_comes_as_a_letter_is_refused(body: object) -> None:
    with pytest.raises(Invalid):
        EditBody.parse(body)


@given(st.sampled_from(list(items().values())), ANYTHING)
def test_what_was_read_goes_through_json(item: Item, value: object) -> None:
    read = read_or_none(item, value)

    assert json.loads(json.dumps(read)) == read


def read_or_none(item: Item, value: object) -> Value | None:
    """What is read; a refusal is one of ours."""
    try:
        return parse_value(item, value)
    except Invalid:
        return None
