"""When each rule is due next, kept right while zones, their rules and clocks change."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.db import Base, insert_new
from journal.push.models import Delivery, Outcome
from journal.reminders.models import Due, Kind, Rule
from journal.reminders.schedule import next_due

DUES = Base.metadata.tables["dues"]
# A day of the week comes round after seven days; after fourteen where the zone skips that one.
FURTHEST = timedelta(days=15)
AT_ONCE = 500
EDITION = version("tzdata")
MOVE = (
    update(DUES)
    .where(DUES.c.rule_id == bindparam("rule"), DUES.c.kind == Kind.CHOSEN)
    .values(at=bindparam("to"), for_at=bindparam("to"), reckoned_in=bindparam("by"), fault=None)
)


def edition(zone: str) -> str:
    """The zone and the edition of its rules."""
    return f"{zone}@{EDITION}"


def expect(session: Session, rule: Rule, zone: str, now: datetime) -> None:
    """Reckon anew when a rule is due; one that is off is never due."""
    session.execute(delete(Due).where(Due.rule_id == rule.id))
    if rule.on:
        at = next_due(rule.at, frozenset(rule.days), zone, now)
        session.add(Due(rule_id=rule.id, kind=Kind.CHOSEN, at=at, for_at=at,
                        reckoned_in=edition(zone)))  # fmt: skip


def put_off(session: Session, rule_id: UUID, zone: str, at: datetime) -> None:
    """Ask once more at `at`; asked for twice, the newer time counts."""
    session.execute(delete(Due).where(Due.rule_id == rule_id, Due.kind == Kind.LATER))
    row = {"rule_id": rule_id, "kind": Kind.LATER, "at": at, "for_at": at,
           "reckoned_in": edition(zone)}  # fmt: skip
    insert_new(session, DUES, [row])


def catch_up(session: Session, now: datetime) -> int:
    """Reckon anew what a move, a new edition of the zones or a wrong clock has overtaken."""
    rows = session.execute(_overtaken(_wrong(now))).all()
    _move(session, rows, now)
    return len(rows)


def is_overtaken(session: Session, now: datetime) -> bool:
    """Whether there is anything to catch up with."""
    return session.execute(_overtaken(_wrong(now), most=1)).first() is not None


def clock_was_set_back(session: Session, now: datetime) -> None:
    """What a clock that ran ahead made of the days still to come is taken back."""
    session.execute(
        delete(Delivery).where(Delivery.outcome == Outcome.LATE, Delivery.expires_at > now)
    )
    _move(session, session.execute(_overtaken(Due.at > now, most=None)).all(), now)


def _overtaken(
    which: ColumnElement[bool], most: int | None = AT_ONCE
) -> Select[UUID, time, list[int], str]:
    return (
        select(Due.rule_id, Rule.at, Rule.days, Account.zone)
        .join(Rule, Rule.id == Due.rule_id)
        .join(Account, Account.id == Rule.account_id)
        .where(Due.kind == Kind.CHOSEN, which)
        .limit(most)
    )


def _wrong(now: datetime) -> ColumnElement[bool]:
    return or_(Due.reckoned_in != _edition_now(), Due.at > now + FURTHEST)


def _edition_now() -> ColumnElement[str]:
    return Account.zone + f"@{EDITION}"


def _move(session: Session, rows: Iterable[Any], now: datetime) -> None:
    moves = [
        {
            "rule": row.rule_id,
            "to": next_due(row.at, frozenset(row.days), row.zone, now),
            "by": edition(row.zone),
        }
        for row in rows
    ]
    if moves:
        session.connection().execute(MOVE, moves)
