"""What became of many reminders, judged by what arrived and what is recorded."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from journal.push.models import Delivery, Device, Outcome
from journal.reminders.models import Due, Rule
from tests.push.phone import Phone
from tests.push.service import GONE, TAKEN
from tests.torture.many import Many
from tests.torture.sink import Posted, Sink

Written = tuple[str | None, int | None]
# What is to be written down, and for how many due times the phone owes us a word then.
MEANS: dict[int, Written] = {TAKEN: (Outcome.SENT, 1), GONE: (Outcome.GONE, None)}


@dataclass(frozen=True)
class Verdict:
    """How many were lost; how many are recorded otherwise than they went; how many posts were
    one too many; and for how many people two of these could be on the screen at once."""

    lost: int
    unrecorded: int
    duplicates: int
    differing: int

    @property
    def harmless(self) -> bool:
        """Whether nobody missed anything or saw anything twice."""
        return self.lost == self.unrecorded == self.differing == 0

    def __str__(self) -> str:
        return (
            f"{self.lost} lost, {self.unrecorded} recorded wrongly, {self.differing} seen twice, "
            f"{self.duplicates} sent once more"
        )


def judge(engine: Engine, sink: Sink, many: Many) -> Verdict:
    """Look at everybody's."""
    with Session(engine) as session:
        recorded, expected = _recorded(session), _expected(session)
    posts = {one: sink.posts.get(one.hex, []) for one in many.accounts}
    return Verdict(
        lost=sum(not posts[one] or expected.get(one) != 1 for one in many.accounts),
        unrecorded=sum(recorded.get(one) != _right(posts[one]) for one in many.accounts),
        duplicates=sum(max(len(made) - 1, 0) for made in posts.values()),
        differing=sum(len(_shown(made, many.phone)) > 1 for made in posts.values()),
    )


def all_recorded(engine: Engine, now: datetime) -> bool:
    """Whether nothing that was due still waits."""
    with Session(engine) as session:
        due = select(func.count()).select_from(Due).where(Due.at <= now)
        waiting = select(func.count()).select_from(Delivery).where(Delivery.outcome.is_(None))
        return session.scalar(due) == session.scalar(waiting) == 0


def _recorded(session: Session) -> dict[UUID, list[Written]]:
    found: dict[UUID, list[Written]] = {}
    for account_id, outcome, unanswered in session.execute(
        select(Delivery.account_id, Delivery.outcome, Device.unanswered).outerjoin(
            Device, Device.id == Delivery.device_id
        )
    ):
        found.setdefault(account_id, []).append((outcome, unanswered))
    return found


def _expected(session: Session) -> dict[UUID, int]:
    """How many times each of them will be asked next; once is right."""
    rows = session.execute(
        select(Rule.account_id, func.count()).join(Due).group_by(Rule.account_id)
    )
    return {account_id: count for account_id, count in rows}


def _right(posted: Sequence[Posted]) -> list[Written]:
    return [MEANS[status] for status in {one.status for one in posted}]


def _shown(posted: Sequence[Posted], phone: Phone) -> set[tuple[str, str, str]]:
    """Topics, tags and deliveries; of one of these, a phone shows one."""
    return {(one.topic, *_named(phone.open(one.body))) for one in posted}


def _named(opened: bytes) -> tuple[str, str]:
    said = json.loads(opened)["notification"]
    return said["tag"], said["data"]["id"]
