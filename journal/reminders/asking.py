"""What sending asks of reminders: what is due, and whether it is still wanted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.config import Config
from journal.push.models import Outcome
from journal.push.notice import Notice
from journal.push.queue import Claimed
from journal.reminders import plan, reckoning
from journal.reminders.letters import Letters
from journal.reminders.look import Look


class Asking:
    """The reminders' side of sending, for one installation."""

    def __init__(self, config: Config) -> None:
        self._look = Look(config.base_url)
        self._letters = Letters(config.base_url, config.secret_key) if config.smtp_url else None

    def plan(self, session: Session, now: datetime, most: int) -> int:
        """Make deliveries of what is due, at most so much of it; how much there was."""
        return plan.plan(session, now, most, self._letters)

    def look(
        self, session: Session, claimed: Sequence[Claimed], now: datetime
    ) -> Mapping[UUID, Notice | Outcome]:
        """For each of these what to show, or why it is not sent."""
        return self._look(session, claimed, now)

    def clock_was_set_back(self, session: Session, now: datetime) -> None:
        """Take back what a clock that ran ahead did."""
        reckoning.clock_was_set_back(session, now)
