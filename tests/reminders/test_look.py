"""Looking again just before sending: each thing that may have changed since it was planned."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.push import queue
from journal.push.models import Delivery, Device, Outcome
from journal.push.notice import Notice
from journal.reminders import stops, store
from journal.reminders.look import Look
from journal.reminders.models import Kind, Rule
from journal.reminders.schedule import Quiet
from journal.reminders.store import Wanted
from journal.sharing.access import member_of
from tests.accounts.test_letters import HEALTH
from tests.people import People
from tests.reminders.conftest import AFTERNOON, EIGHT, EVERY_DAY, TODAY, Plans, device, log
from tests.statements import recorded

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(minutes=1)
SAID = Notice(
    title="Journal",
    body="A minute for your day?",
    navigate="https://journal.example.org/today",
    tag="day-2026-11-23",
    lang="en",
    later="In an hour",
)
Looks = Callable[[datetime], list[Notice | Outcome]]


@pytest.fixture
def looks(session: Session) -> Looks:
    """Claim what waits, and look at it again; what became of each."""

    def run(now: datetime) -> list[Notice | Outcome]:
        claimed = queue.claim(session, "one", now, LEASE, 100)
        said = Look("https://journal.example.org")(session, claimed, now)
        return [said[one.id] for one in claimed]

    return run


@pytest.fixture
def planned(rule: Rule, phone: Device, plans: Plans) -> Delivery:
    """Ana's reminder of eight o'clock waits for her phone."""
    return plans(EIGHT)[0]


def test_what_is_still_wanted_is_said(planned: Delivery, looks: Looks) -> None:
    assert looks(EIGHT) == [SAID]


@pytest.mark.assures("C02")
def test_it_says_nothing_of_health(planned: Delivery, looks: Looks) -> None:
    [said] = looks(EIGHT)

    assert not HEALTH.search(repr(said))


def test_what_was_put_off_says_the_same(
    session: Session, ana: Account, planned: Delivery, plans: Plans, looks: Looks
) -> None:
    looks(EIGHT)
    store.later(session, ana, EIGHT)
    plans(EIGHT + HOUR)
    session.execute(update(Delivery).where(Delivery.kind != Kind.LATER).values(outcome="sent"))

    assert looks(EIGHT + HOUR) == [SAID]


@pytest.mark.parametrize("items", [{"pain_avg": 0}, {"too_much": True}])
def test_logged_meanwhile(
    session: Session, ana: Account, planned: Delivery, looks: Looks, items: dict[str, int]
) -> None:
    log(session, ana, TODAY, **items)

    assert looks(EIGHT) == [Outcome.LOGGED]


def test_another_day_logged_is_not_this_one(
    session: Session, people: People, planned: Delivery, looks: Looks
) -> None:
    log(session, people.ana, TODAY - DAY, pain_avg=3)
    log(session, people.ben, TODAY, pain_avg=3)

    assert looks(EIGHT) == [SAID]


def test_switched_off_meanwhile(
    session: Session, ana: Account, planned: Delivery, looks: Looks
) -> None:
    store.change(session, ana, Wanted(time(20), EVERY_DAY, on=False, nudge=False), AFTERNOON)

    assert looks(EIGHT) == [Outcome.OFF]


def test_its_rule_is_gone(session: Session, rule: Rule, planned: Delivery, looks: Looks) -> None:
    session.execute(delete(Rule).where(Rule.id == rule.id))

    assert looks(EIGHT) == [Outcome.OFF]


def test_paused_meanwhile(session: Session, ana: Account, planned: Delivery, looks: Looks) -> None:
    store.pause(session, ana, TODAY + DAY, AFTERNOON)

    assert looks(EIGHT) == [Outcome.PAUSED]


@pytest.mark.parametrize("who", ["bose", "cole"])
def test_stopped_by_a_clinic_meanwhile(
    session: Session, people: People, planned: Delivery, looks: Looks, who: str
) -> None:
    member = member_of(session, getattr(people, who))
    stops.stop(session, member, people.ana.id, AFTERNOON)

    assert looks(EIGHT) == [Outcome.STOPPED]


def test_a_stop_for_somebody_else_is_none(
    session: Session, people: People, planned: Delivery, looks: Looks
) -> None:
    stops.stop(session, member_of(session, people.cole), people.ben.id, AFTERNOON)

    assert looks(EIGHT) == [SAID]


def test_her_phone_is_gone(
    session: Session, phone: Device, planned: Delivery, looks: Looks
) -> None:
    queue.forget_devices(session, [phone.id])

    assert looks(EIGHT) == [Outcome.GONE]


@pytest.mark.assures("E08")
@pytest.mark.parametrize(
    ("late", "became"), [(2 * HOUR - MINUTE, SAID), (2 * HOUR, Outcome.LATE), (DAY, Outcome.LATE)]
)
def test_past_its_use_it_is_late(
    planned: Delivery, looks: Looks, late: timedelta, became: object
) -> None:
    assert looks(EIGHT + late) == [became]


def test_it_became_quiet_meanwhile(
    session: Session, ana: Account, planned: Delivery, plans: Plans, looks: Looks
) -> None:
    looks(EIGHT)
    plans(EIGHT + HOUR)
    session.execute(update(Delivery).where(Delivery.kind != Kind.NUDGE).values(outcome="sent"))
    store.keep_quiet(session, ana.id, Quiet(time(21), time(7)))

    assert looks(EIGHT + HOUR) == [Outcome.QUIET]


def test_a_time_she_chose_is_never_quiet(
    session: Session, ana: Account, planned: Delivery, looks: Looks
) -> None:
    store.keep_quiet(session, ana.id, Quiet(time(19), time(7)))

    assert looks(EIGHT) == [SAID]


@pytest.mark.parametrize(("late", "became"), [(MINUTE, None), (queue.TEST_USE, Outcome.LATE)])
def test_a_test_is_of_use_for_moments(
    session: Session, phone: Device, looks: Looks, late: timedelta, became: Outcome | None
) -> None:
    queue.add_test(session, phone, EIGHT)

    [said] = looks(EIGHT + late)

    assert (said if isinstance(said, Outcome) else None) is became


def test_a_test_says_what_it_is_and_leads_back(
    session: Session, phone: Device, looks: Looks
) -> None:
    queue.add_test(session, phone, EIGHT)

    assert looks(EIGHT) == [
        Notice(
            title="Journal",
            body="This is a test. It works.",
            navigate="https://journal.example.org/devices",
            tag="test",
            lang="en",
        )
    ]


def test_a_test_of_a_phone_that_is_gone(session: Session, phone: Device, looks: Looks) -> None:
    queue.add_test(session, phone, EIGHT)
    queue.forget_devices(session, [phone.id])

    assert looks(EIGHT) == [Outcome.GONE]


def test_each_is_judged_by_itself(
    session: Session, people: People, planned: Delivery, plans: Plans, looks: Looks
) -> None:
    device(session, people.ben)
    store.change(session, people.ben, Wanted(time(20), EVERY_DAY, True, False), AFTERNOON)
    plans(EIGHT)
    log(session, people.ben, TODAY, pain_avg=3)

    assert sorted(looks(EIGHT), key=str) == sorted([SAID, Outcome.LOGGED], key=str)


def test_a_hundred_cost_no_more_questions_than_one(
    session: Session, people: People, planned: Delivery, looks: Looks
) -> None:
    asked = _asked(session, looks, EIGHT)
    row = {c.name: getattr(planned, c.name) for c in Delivery.__table__.columns}
    queue.add(session, [row | {"id": uuid4(), "target": str(n), "outcome": None, "lease_by": None,
                               "next_at": EIGHT} for n in range(99)])  # fmt: skip
    session.execute(update(Delivery).values(next_at=EIGHT))

    assert _asked(session, looks, EIGHT) == asked
    assert len(session.scalars(select(Delivery.id)).all()) == 100


def _asked(session: Session, looks: Looks, now: datetime) -> int:
    session.flush()
    bind = session.get_bind()
    with recorded(bind.engine) as statements:
        assert looks(now)
    return len(statements)
