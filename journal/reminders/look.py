"""Looking again just before sending: is it still wanted, and what does it say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from journal.push.models import Outcome
from journal.push.notice import Notice
from journal.push.queue import TEST, Claimed
from journal.reminders import known, wording
from journal.reminders.about import About, Asked, about
from journal.reminders.judge import Facts, silenced
from journal.reminders.models import Kind, Rule


@dataclass(frozen=True)
class Look:
    """Says of each claimed delivery what to show, or why it is not sent."""

    base_url: str

    def __call__(
        self, session: Session, claimed: Sequence[Claimed], now: datetime
    ) -> Mapping[UUID, Notice | Outcome]:
        rules = _rules(session, claimed, now)
        treated = {row.account_id for row in rules.values() if row.treated}
        known_of = about(session, _asked(claimed, rules), treated, now)
        return {one.id: self._one(one, rules, known_of, now) for one in claimed}

    def _one(
        self, one: Claimed, rules: Mapping[UUID, Row[Any]], known_of: About, now: datetime
    ) -> Notice | Outcome:
        if one.address is None:
            return Outcome.GONE
        if one.kind == TEST:
            return self._test(one) if now < one.expires_at else Outcome.LATE
        row = rules.get(one.subject_id) if one.subject_id else None
        if row is None or one.day is None:
            return Outcome.OFF
        became = silenced(_facts(one, row, known_of), now)
        return became or self._ask(one, row)

    def _ask(self, one: Claimed, row: Row[Any]) -> Notice:
        say = wording.in_language(row.locale)
        return Notice(
            title=wording.TITLE,
            body=say(wording.ASK),
            navigate=f"{self.base_url}/today",
            tag=f"{row.asks_for}-{one.day}",
            lang=row.locale,
            later=say(wording.IN_AN_HOUR),
        )

    def _test(self, one: Claimed) -> Notice:
        say = wording.in_language("en")
        return Notice(
            title=wording.TITLE,
            body=say(wording.TEST),
            navigate=f"{self.base_url}/devices",
            tag="test",
            lang="en",
            later=None,
        )


def _rules(session: Session, claimed: Sequence[Claimed], now: datetime) -> Mapping[UUID, Row[Any]]:
    wanted = {one.subject_id for one in claimed if one.subject_id}
    if not wanted:
        return {}
    return {
        row.rule_id: row for row in session.execute(known.rules(now).where(Rule.id.in_(wanted)))
    }


def _asked(claimed: Sequence[Claimed], rules: Mapping[UUID, Row[Any]]) -> set[Asked]:
    found = [(one, rules.get(one.subject_id) if one.subject_id else None) for one in claimed]
    return {(one.account_id, row.asks_for, one.day) for one, row in found if row and one.day}


def _facts(one: Claimed, row: Row[Any], known_of: About) -> Facts:
    assert one.day is not None
    asked = (one.account_id, row.asks_for, one.day)
    return Facts(
        kind=Kind(one.kind),
        due_at=one.due_at,
        expires_at=one.expires_at,
        day=one.day,
        zone=row.zone,
        quiet=known.quiet_of(row),
        on=row.on,
        paused_until=row.paused_until,
        stopped=row.stopped,
        logged=asked in known_of.logged,
        founded=asked in known_of.founded,
        rests_until=known_of.rests.get(one.account_id),
    )
