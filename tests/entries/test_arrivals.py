"""However edits arrive, the day is the same: properties, on both databases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.clock import diary_day
from journal.entries.rows import DayRead
from journal.entries.store import one_day, save_edit
from journal.sharing.access import own
from tests.entries.letters import body
from tests.people import ZONE, person

NOON = datetime(2026, 3, 3, 17, tzinfo=UTC)
TODAY = diary_day(NOON, ZONE)
MILLISECOND, SECOND, MINUTE = (timedelta(milliseconds=n) for n in (1, 1000, 60_000))
few_examples = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

ITEMS = st.dictionaries(
    st.sampled_from(["pain_avg", "mood", "energy"]), st.none() | st.integers(0, 10), min_size=1
)


@dataclass(frozen=True)
class Tap:
    """What some device said, and what its clock showed."""

    edit_id: UUID
    clock: datetime
    items: Mapping[str, int | None]


def taps(ahead: timedelta) -> st.SearchStrategy[list[Tap]]:
    """Up to six taps of any devices, with clocks up to `ahead` of NOON."""
    clocks = st.integers(-30, ahead // MINUTE).map(lambda minutes: NOON + minutes * MINUTE)
    return st.lists(
        st.builds(Tap, st.uuids(), clocks, ITEMS), min_size=1, max_size=6, unique_by=id_of
    )


def id_of(tap: Tap) -> UUID:
    return tap.edit_id


def arrived(session: Session, taps: list[Tap], *, at: datetime = NOON) -> DayRead:
    """The day of somebody new, after these arrived in this order, a second apart."""
    ana = newcomer(session)
    for second, tap in enumerate(taps):
        edit = replace(body(account=str(ana.id)), edit_id=tap.edit_id, edited_at=tap.clock)
        save_edit(session, own(ana), TODAY, replace(edit, items=tap.items), at + second * SECOND)
    return replace(one_day(session, own(ana), TODAY), revision=0)


def newcomer(session: Session) -> Account:
    ana = person(Kind.PATIENT, f"Ana {uuid4()}", NOON)
    session.add(ana)
    session.flush()
    return ana


@pytest.mark.assures("E04")
@few_examples
@given(
    kept=taps(ahead=0 * MINUTE), random=st.randoms(use_true_random=False), times=st.integers(1, 2)
)
def test_honest_clocks_any_order_any_repetition_any_devices(
    session: Session, kept: list[Tap], random: Random, times: int
) -> None:
    shuffled = kept * times
    random.shuffle(shuffled)

    assert arrived(session, shuffled) == arrived(session, kept)


@pytest.mark.assures("E04")
@few_examples
@given(kept=taps(ahead=60 * MINUTE))
def test_clocks_ahead_are_the_same_for_the_same_order_of_arrival(
    session: Session, kept: list[Tap]
) -> None:
    assert arrived(session, kept) == arrived(session, kept)


@pytest.mark.assures("E04")
@few_examples
@given(kept=taps(ahead=60 * MINUTE), random=st.randoms(use_true_random=False))
def test_sending_again_changes_nothing_with_clocks_ahead_either(
    session: Session, kept: list[Tap], random: Random
) -> None:
    repeated = [*kept, *random.sample(kept, len(kept))]

    assert arrived(session, repeated) == arrived(session, kept)


@pytest.mark.assures("E04")
@few_examples
@given(
    ahead=st.lists(st.integers(-60, 60), min_size=2, max_size=6).map(sorted),
    values=st.lists(st.integers(0, 10), min_size=6, max_size=6),
)
def test_a_clock_set_back_never_hides_a_phones_newest_tap(
    session: Session, ahead: list[int], values: list[int]
) -> None:
    set_back = [NOON + minutes * MINUTE for minutes in reversed(ahead)]
    kept = phone(set_back, values)

    assert arrived(session, kept).items == {"pain_avg": kept[-1].items["pain_avg"]}


def phone(clocks: list[datetime], values: list[int]) -> list[Tap]:
    """What one phone sends whose clock shows this: it never goes backwards."""
    said: list[Tap] = []
    last = clocks[0] - MILLISECOND
    for clock, value in zip(clocks, values, strict=False):
        last = max(clock, last + MILLISECOND)
        said.append(Tap(uuid4(), last, {"pain_avg": value}))
    return said
