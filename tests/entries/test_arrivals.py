"""However edits arrive, the day is the same: properties, on both databases."""

from collections.abc import Mapping, Sequence
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
from journal.entries.fold import Value
from journal.entries.rows import DayRead
from journal.entries.store import one_day, save_edit
from journal.sharing.access import own
from tests.entries.letters import body
from tests.people import ZONE, person

NOON = datetime(2026, 3, 3, 17, tzinfo=UTC)
TODAY = diary_day(NOON, ZONE)
MILLISECOND, SECOND, MINUTE, HOUR = (
    timedelta(milliseconds=n) for n in (1, 1000, 60_000, 3_600_000)
)
few_examples = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

NUMBERS = st.none() | st.integers(0, 10)
ITEMS = st.fixed_dictionaries(
    {}, optional={"pain_avg": NUMBERS, "mood": NUMBERS, "note": st.none() | st.sampled_from("abc")}
).filter(bool)


@dataclass(frozen=True)
class Tap:
    """What some device said, and what its clock showed."""

    edit_id: UUID
    clock: datetime
    items: Mapping[str, Value | None]


def taps(ahead: timedelta) -> st.SearchStrategy[list[Tap]]:
    """Up to six taps of any devices, with clocks up to `ahead` of NOON."""
    clocks = st.integers(-30, ahead // MINUTE).map(lambda minutes: NOON + minutes * MINUTE)
    return st.lists(
        st.builds(Tap, st.uuids(), clocks, ITEMS), min_size=1, max_size=6, unique_by=id_of
    )


def id_of(tap: Tap) -> UUID:
    return tap.edit_id


def arrived(session: Session, taps: Sequence[Tap]) -> DayRead:
    """The day of somebody new, after these arrived in this order.

    Each arrives a second after the one before; one that comes again does so an hour later.
    """
    first: dict[UUID, datetime] = {}
    ana = newcomer(session)
    for tap in taps:
        again = tap.edit_id in first
        at = first.setdefault(tap.edit_id, NOON + len(first) * SECOND)
        keep(session, ana, tap, at + HOUR if again else at)
    return replace(one_day(session, own(ana), TODAY), revision=0)


def keep(session: Session, ana: Account, tap: Tap, at: datetime) -> None:
    edit = replace(body(account=str(ana.id)), edit_id=tap.edit_id, edited_at=tap.clock)
    save_edit(session, own(ana), TODAY, replace(edit, items=tap.items), at)


def by_the_rule(taps: Sequence[Tap]) -> Mapping[str, Value]:
    """What shows: item by item the greatest (counted_at, edit_id), written down once more."""
    ranked = sorted(
        ((rank(tap, NOON + second * SECOND), tap) for second, tap in enumerate(taps)), key=first_of
    )
    told = {item: value for _, tap in ranked for item, value in tap.items.items()}
    return {item: value for item, value in told.items() if value is not None}


def rank(tap: Tap, received: datetime) -> tuple[datetime, UUID]:
    ahead = tap.clock - received
    return (received if ahead > 5 * MINUTE else tap.clock, tap.edit_id)


def first_of(pair: tuple[tuple[datetime, UUID], Tap]) -> tuple[datetime, UUID]:
    return pair[0]


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
@given(kept=taps(ahead=60 * MINUTE), random=st.randoms(use_true_random=False))
def test_clocks_ahead_are_the_same_for_the_same_order_of_arrival(
    session: Session, kept: list[Tap], random: Random
) -> None:
    stuttered = [tap for n in range(len(kept)) for tap in (kept[n], random.choice(kept[: n + 1]))]

    assert arrived(session, stuttered) == arrived(session, kept)


@pytest.mark.assures("E04")
@few_examples
@given(kept=taps(ahead=60 * MINUTE))
def test_item_by_item_what_counts_last_shows(session: Session, kept: list[Tap]) -> None:
    assert arrived(session, kept).items == by_the_rule(kept)


@pytest.mark.assures("E04")
@few_examples
@given(
    gaps=st.lists(st.integers(1, 600), min_size=6, max_size=6),
    ahead=st.lists(st.integers(-3600, 3600), min_size=2, max_size=6).map(sorted),
)
def test_a_clock_set_back_never_hides_a_phones_newest_tap(
    session: Session, gaps: list[int], ahead: list[int]
) -> None:
    ana = newcomer(session)
    moments = [NOON + sum(gaps[:n]) * SECOND for n in range(len(ahead))]
    set_back = [at + by * SECOND for at, by in zip(moments, reversed(ahead), strict=True)]

    for tap, at in zip(phone(set_back), moments, strict=True):
        keep(session, ana, tap, at)

        assert one_day(session, own(ana), TODAY).items == tap.items


def phone(clocks: list[datetime]) -> list[Tap]:
    """What one phone sends whose clock shows this: what it writes down never goes backwards."""
    said: list[Tap] = []
    last = clocks[0] - MILLISECOND
    for value, clock in enumerate(clocks):
        last = max(clock, last + MILLISECOND)
        said.append(Tap(uuid4(), last, {"pain_avg": value}))
    return said
