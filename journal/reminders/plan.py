"""From what is due to deliveries, in one transaction; what is due next is set in the same one."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, delete
from sqlalchemy.orm import Session

from journal.clock import diary_day
from journal.db import Base, insert_new
from journal.push import queue
from journal.push.models import Outcome
from journal.reminders import known
from journal.reminders.about import About, about
from journal.reminders.judge import Facts, silenced
from journal.reminders.known import Known
from journal.reminders.letters import Letters
from journal.reminders.models import Due, Kind, ReminderSettings, Rule
from journal.reminders.reckoning import edition
from journal.reminders.schedule import next_due, nudge_due

log = logging.getLogger("journal")

DUES = Base.metadata.tables["dues"]
PUSHED_FORWARD = timedelta(hours=1)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Around:
    """What is known of the people of one pass."""

    session: Session
    now: datetime
    devices: Mapping[UUID, Sequence[Known]]
    about: About
    letters: Letters | None


def plan(session: Session, now: datetime, most: int, letters: Letters | None = None) -> int:
    """Make deliveries of what is due, at most so much at once; how much there was.

    A rule that raises is pushed forward and reported, and never stops the others.
    """
    due = session.execute(
        known.rules(now)
        .add_columns(Due.kind, Due.at, Due.for_at)
        .add_columns(Rule.at.label("wall"), Rule.days, Rule.nudge, ReminderSettings.email)
        .join(Due, Due.rule_id == Rule.id)
        .where(Due.at <= now)
        .order_by(Due.at)
        .limit(most)
        .with_for_update(skip_locked=True, of=Due)
    ).all()
    if due:
        _settle(_around(session, now, due, letters), due)
    return len(due)


def _settle(around: Around, due: Sequence[Row[Any]]) -> None:
    deliveries, dues = Rows(), Rows()
    for row in due:
        made, then = _followed(around, row)
        deliveries += made
        dues += then
    for kind in {row.kind for row in due}:
        _met(around.session, kind, [row.rule_id for row in due if row.kind == kind])
    insert_new(around.session, DUES, dues)
    queue.add(around.session, deliveries)


def _met(session: Session, kind: str, rule_ids: Sequence[UUID]) -> None:
    of_these = DUES.c.kind == kind, DUES.c.rule_id.in_(rule_ids)
    session.connection().execute(delete(DUES).where(*of_these))


def _followed(around: Around, row: Row[Any]) -> tuple[Rows, Rows]:
    try:
        facts = known.facts(row, around.about, Kind(row.kind), row.at, row.for_at)
        became = silenced(facts, around.now)
        dues = _next(row, facts, became)
        return _deliveries(around, row, facts, became), dues
    except Exception as error:
        log.exception("rule pushed forward", exc_info=error, extra={"job": "reminders"})
        return [], [_due(row, row.kind, around.now + PUSHED_FORWARD, row.for_at, error)]


def _around(
    session: Session, now: datetime, due: Sequence[Row[Any]], letters: Letters | None
) -> Around:
    asked = {(row.account_id, row.asks_for, _day_of(row)) for row in due if _can_be_dated(row)}
    devices = known.devices(session, {row.account_id for row in due})
    treated = {row.account_id for row in due if row.treated}
    return Around(session, now, devices, about(session, asked, treated, now), letters)


def _day_of(row: Row[Any]) -> date:
    return diary_day(row.for_at, row.zone)


def _can_be_dated(row: Row[Any]) -> bool:
    try:
        _day_of(row)
    except ValueError:
        return False
    return True


def _next(row: Row[Any], facts: Facts, became: Outcome | None) -> Rows:
    """The chosen time comes again; a nudge follows it the same evening, while it is of use.

    Whoever rests after an infusion is asked when she has rested, if that is still of use.
    """
    if became is Outcome.RESTING and facts.rests_until and facts.rests_until < facts.expires_at:
        rested = [_due(row, Kind.LATER, facts.rests_until, facts.rests_until)]
    else:
        rested = []
    if facts.kind is not Kind.CHOSEN or not row.on:
        return rested
    at = next_due(row.wall, frozenset(row.days), row.zone, row.at)
    dues = [_due(row, Kind.CHOSEN, at, at), *rested]
    nudge = nudge_due(row.at)
    if row.nudge and became is None and _same_day(row, nudge):
        dues.append(_due(row, Kind.NUDGE, nudge, row.at))
    return dues


def _same_day(row: Row[Any], nudge: datetime) -> bool:
    return diary_day(nudge, row.zone) == diary_day(row.at, row.zone)


def _due(
    row: Row[Any], kind: str, at: datetime, for_at: datetime, fault: Exception | None = None
) -> dict[str, Any]:
    return {
        "rule_id": row.rule_id,
        "kind": kind,
        "at": at,
        "for_at": for_at,
        "reckoned_in": edition(row.zone),
        "fault": type(fault).__name__ if fault else None,
    }


def _deliveries(around: Around, row: Row[Any], facts: Facts, became: Outcome | None) -> Rows:
    if became is Outcome.NO_REASON:
        return []
    if became is not None:
        return [_ended(around, row, facts, "nobody", became)]
    devices = around.devices.get(row.account_id, ())
    rows = [_waiting(around, row, facts, device) for device in devices]
    if all(device.deaf for device in devices) and around.letters and row.email:
        around.letters.write(around.session, row, around.now, facts.expires_at)
        rows.append(_ended(around, row, facts, "mail", Outcome.MAILED))
    return rows or [_ended(around, row, facts, "nobody", Outcome.UNREACHABLE)]


def _waiting(around: Around, row: Row[Any], facts: Facts, device: Known) -> dict[str, Any]:
    to = {"device_id": device.id, "target": device.id.hex, "outcome": None, "ended_at": None}
    return _delivery(around, row, facts) | to


def _ended(
    around: Around, row: Row[Any], facts: Facts, target: str, became: Outcome
) -> dict[str, Any]:
    to = {"device_id": None, "target": target, "outcome": became, "ended_at": around.now}
    return _delivery(around, row, facts) | to


def _delivery(around: Around, row: Row[Any], facts: Facts) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "account_id": row.account_id,
        "subject_id": row.rule_id,
        "kind": facts.kind,
        "day": facts.day,
        "due_at": facts.due_at,
        "expires_at": facts.expires_at,
        "next_at": around.now,
        "attempts": 0,
    }
