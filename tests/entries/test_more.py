"""What a day asks for beyond the usual questions: taken in strictly, given back as it was said."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.forms import EditBody
from journal.entries.models import Day
from journal.entries.store import earlier_values, more_between, one_day, save_edit
from journal.errors import Invalid
from journal.instruments import diary, items_of
from journal.sharing.access import Access, own
from journal.sharing.models import Scope
from tests.entries.letters import body, letter

EFFECTS = [one.id for one in diary()["noticed"].effects]
TIMES = [item.id for item in items_of("sleep") if item.kind == "time"]
COUNTS = [item for item in items_of("sleep") if item.kind == "count"]
SENTENCE = "Someone takes you home"
times = st.times().map(lambda at: f"{at:%H:%M}")
words = st.text("abc äß", min_size=1, max_size=200).map(str.strip).filter(bool)
unsealed: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(TIMES, times),
    **{item.id: st.integers(item.low, item.high) for item in COUNTS},
    "before_pain": st.integers(0, 10),
    "noticed": st.dictionaries(st.sampled_from(EFFECTS), st.integers(1, 3)),
    "goal_met": st.sampled_from(["yes", "partly", "no"]),
}
seen_to = {"ready": st.lists(words, min_size=1, max_size=20, unique=True)}
said = st.fixed_dictionaries({}, optional=unsealed | seen_to).filter(bool)
said_without_words = st.fixed_dictionaries({}, optional=unsealed).filter(bool)


def keep(session: Session, ana: Account, day: date, **items: object) -> None:
    edit = body(items=items, account=str(ana.id))
    save_edit(session, own(ana), day, edit, datetime.now(UTC))
    session.commit()


@given(items=said)
def test_what_is_well_said_is_taken_as_it_is(items: dict[str, Any]) -> None:
    taken = EditBody.parse(letter(items=items)).items

    assert json.loads(json.dumps(taken)) == items


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("into_bed", "24:00"),
        ("into_bed", "7:30"),
        ("into_bed", "22:30:00"),
        ("into_bed", "22:60"),
        ("into_bed", "٢٢:٣٠"),
        ("into_bed", 2230),
        ("sol", -1),
        ("sol", 721),
        ("sol", 7.5),
        ("sol", "30"),
        ("awakenings", 51),
        ("awakenings", True),
        ("ready", SENTENCE),
        ("ready", [1]),
        ("ready", ["x" * 201]),
        ("ready", ["x"] * 21),
        ("noticed", ["chest"]),
        ("noticed", {"toothache": 1}),
        ("noticed", {"chest": 0}),
        ("noticed", {"chest": 4}),
        ("noticed", {"chest": True}),
        ("noticed", {"chest": None}),
        ("noticed", "chest"),
        ("goal_met", "maybe"),
        ("goal_met", True),
        ("before_pain", 11),
    ],
)
def test_what_is_not_is_refused_by_name(item: str, value: object) -> None:
    with pytest.raises(Invalid) as error:
        EditBody.parse(letter(items={item: value}))

    assert error.value.field == item


def test_each_thing_seen_to_counts_once() -> None:
    edit = EditBody.parse(letter(items={"ready": [f" {SENTENCE}", SENTENCE, ""]}))

    assert edit.items == {"ready": (SENTENCE,)}


def test_nothing_seen_to_is_nothing_said() -> None:
    assert EditBody.parse(letter(items={"ready": []})).items == {"ready": None}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(items=said)
def test_a_day_gives_all_of_it_back(
    session: Session, ana: Account, today: date, items: dict[str, Any]
) -> None:
    nothing = dict.fromkeys(diary())
    keep(session, ana, today, **nothing)

    keep(session, ana, today, **items)

    session.expunge_all()
    assert one_day(session, own(ana), today).items == items


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(items=said_without_words)
def test_what_is_no_words_is_read_of_many_days_at_once(
    session: Session, ana: Account, today: date, items: dict[str, Any]
) -> None:
    keep(session, ana, today, **dict.fromkeys(diary()))

    keep(session, ana, today, **items, ready=[SENTENCE])

    assert more_between(session, own(ana), today, today) == {today: items}


def test_none_of_these_is_an_answer(session: Session, ana: Account, today: date) -> None:
    keep(session, ana, today, noticed={})

    assert one_day(session, own(ana), today).items == {"noticed": {}}


def test_what_was_cleared_leaves_nothing_behind(
    session: Session, ana: Account, today: date
) -> None:
    keep(session, ana, today, waso=45)

    keep(session, ana, today, waso=None)

    row = session.execute(select(Day.more, Day.answered)).one()
    assert tuple(row) == (None, False)
    assert [one.value for one in earlier_values(session, own(ana), today)] == [None, 45]


@pytest.mark.parametrize(
    ("items", "answered"),
    [
        ({"into_bed": "22:30"}, True),
        ({"mood": 5}, True),
        ({"before_pain": 6, "ready": [SENTENCE]}, False),
        ({"noticed": {"dizzy": 1}}, False),
        ({"goal_met": "yes"}, False),
        ({"goal_met": "yes", "mood": 5}, True),
    ],
)
def test_only_how_the_day_was_answers_the_day(
    session: Session, ana: Account, today: date, items: dict[str, Any], answered: bool
) -> None:
    keep(session, ana, today, **items)

    assert session.scalars(select(Day.answered)).one() is answered


@pytest.mark.assures("C06")
@pytest.mark.parametrize(
    ("scopes", "items"),
    [
        ({Scope.SIDE_EFFECTS}, {"noticed"}),
        ({Scope.NUMBERS}, {"waso", "before_pain", "ready", "goal_met"}),
        ({Scope.NOTES, Scope.MEDICINES}, set()),
    ],
)
def test_side_effects_are_shared_by_themselves(
    session: Session, ana: Account, today: date, scopes: set[Scope], items: set[str]
) -> None:
    keep(
        session,
        ana,
        today,
        waso=45,
        before_pain=6,
        ready=[SENTENCE],
        goal_met="partly",
        noticed={"chest": 1},
    )

    access = Access(ana.id, frozenset(scopes), None)

    assert set(one_day(session, access, today).items) == items
    assert {one.item for one in earlier_values(session, access, today)} == items
    assert set(more_between(session, access, today, today)[today]) == items - {"ready"}
