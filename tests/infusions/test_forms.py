"""What may come in about an infusion."""

from datetime import UTC, date, datetime, timedelta

import pytest

from journal.errors import Invalid
from journal.infusions.forms import Given, parse

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
BORN = date(1971, 11, 2)
BODY = {"given_at": "2026-11-24T09:30:00.000-05:00", "dose_mg": 42.5, "minutes": 40}


def given(
    at: datetime = NOW - timedelta(hours=1), dose_mg: float = 35.0, minutes: int = 40
) -> Given:
    return Given(at, dose_mg, minutes)


def test_an_ordinary_infusion_raises_no_question() -> None:
    given().check(NOW, BORN)

    assert given().doubts(NOW) == []


def test_it_may_have_begun_this_very_moment() -> None:
    given(NOW).check(NOW, BORN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (given(NOW + timedelta(seconds=1)), "day"),
        (given(datetime(1971, 11, 1, 12, tzinfo=UTC)), "day"),
        (given(datetime(1, 1, 1, tzinfo=UTC)), "day"),
        (given(dose_mg=0.0), "dose_mg"),
        (given(dose_mg=-1.0), "dose_mg"),
        (given(dose_mg=1000.1), "dose_mg"),
        (given(dose_mg=float("nan")), "dose_mg"),
        (given(dose_mg=float("inf")), "dose_mg"),
        (given(minutes=0), "minutes"),
        (given(minutes=601), "minutes"),
    ],
)
@pytest.mark.assures("B01")
def test_what_cannot_have_been_is_refused(wrong: Given, field: str) -> None:
    with pytest.raises(Invalid) as error:
        wrong.check(NOW, BORN)

    assert error.value.field == field


@pytest.mark.assures("B08")
def test_a_slip_in_the_year_is_refused_when_nobody_knows_her_birthday() -> None:
    with pytest.raises(Invalid, match="too long ago"):
        given(datetime(206, 11, 24, tzinfo=UTC)).check(NOW, None)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (given(dose_mg=4.9), "Under 5 mg"),
        (given(dose_mg=350.0), "over 200 mg"),
        (given(minutes=4), "Under 10 minutes"),
        (given(minutes=301), "over 300 minutes"),
        (given(NOW - timedelta(days=367)), "more than a year ago"),
    ],
)
def test_what_is_possible_and_unusual_is_asked_about(odd: Given, said: str) -> None:
    odd.check(NOW, BORN)

    assert said in odd.doubts(NOW)[0]


def test_a_letter_is_read_as_it_is() -> None:
    assert parse(BODY) == Given(datetime(2026, 11, 24, 14, 30, tzinfo=UTC), 42.5, 40)


def test_a_whole_dose_is_a_dose() -> None:
    assert parse({**BODY, "dose_mg": 35}).dose_mg == 35.0


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "35 mg",
        {},
        {**BODY, "clinic_id": "5"},
        {"given_at": BODY["given_at"], "dose_mg": 35},
        {**BODY, "given_at": "2026-11-24"},
        {**BODY, "given_at": "2026-11-24T09:30:00.000"},
        {**BODY, "given_at": 1764000000},
        {**BODY, "given_at": "0001-01-01T00:00:00.000+14:00"},
        {**BODY, "dose_mg": "35"},
        {**BODY, "dose_mg": True},
        {**BODY, "dose_mg": None},
        {**BODY, "dose_mg": 10**400},
        {**BODY, "dose_mg": float("nan")},
        {**BODY, "minutes": 40.0},
        {**BODY, "minutes": "40"},
        {**BODY, "minutes": 10**400},
    ],
)
@pytest.mark.assures("B01")
def test_anything_else_is_refused(body: object) -> None:
    with pytest.raises(Invalid):
        parse(body)
