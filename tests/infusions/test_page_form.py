"""The form at the chair-side as a browser without scripts sends it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import Invalid
from journal.infusions.items import items
from journal.infusions.page_form import read
from tests.people import ZONE

TYPED = {
    "standing": "given",
    "given_at": "2026-11-24T09:30",
    "agent": "racemic",
    "dose_mg": "42,5",
    "minutes": "40",
}


def test_what_was_typed_is_what_is_said() -> None:
    page = read(TYPED)

    assert page.changed == {**TYPED, "dose_mg": 42.5, "minutes": 40}
    assert page.errors == {}


def test_only_what_differs_from_what_the_page_showed_is_said() -> None:
    was = {
        "was_standing": '"given"',
        "was_dose_mg": "42.5",
        "was_minutes": "38",
        "was_note": '"Calm"',
    }

    assert read({**TYPED, **was}).changed == {
        "given_at": "2026-11-24T09:30",
        "agent": "racemic",
        "minutes": 40,
        "note": None,
    }


def test_the_minutes_are_counted_from_when_it_stopped() -> None:
    assert read({**TYPED, "minutes": "", "stopped": "10:12"}).changed["minutes"] == 42


@pytest.mark.assures("B01")
@pytest.mark.parametrize("stopped", ["09:29", "soon"])
def test_it_cannot_stop_before_it_began(stopped: str) -> None:
    assert "stopped" in read({**TYPED, "stopped": stopped}).errors


def test_a_weight_without_a_date_was_taken_on_the_day() -> None:
    assert read({**TYPED, "weight_kg": "70"}).changed["weight_on"] == "2026-11-24"


def test_that_day_is_the_corrected_one_when_the_start_is_corrected() -> None:
    page = read({**TYPED, "given_at": "2026-11-25T09:30", "weight_kg": "70"})

    assert page.typed["weight_on"] is None
    assert page.changed["weight_on"] == "2026-11-25"


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("item", "wrong"),
    [("dose_mg", "plenty"), ("minutes", "4.5"), ("given_at", "now"), ("agent", "?")],
)
def test_what_cannot_be_taken_is_named_and_kept(item: str, wrong: str) -> None:
    page = read({**TYPED, item: wrong})

    assert list(page.errors) == [item]
    assert str(page.typed[item]) == wrong


def test_a_page_without_its_own_marks_is_opened_again() -> None:
    with pytest.raises(Invalid):
        read({**TYPED, "edit_id": "x", "account": str(uuid4())}).edit(ZONE, datetime.now(UTC))


@given(
    st.dictionaries(
        st.sampled_from([*items(), *(f"was_{name}" for name in items()), "reason", "stopped"]),
        st.text(),
    )
)
def test_whatever_is_sent_is_read(form: dict[str, str]) -> None:
    page = read(form)

    assert set(page.changed).isdisjoint(page.errors)
