"""What a push service's answer means for a delivery."""

import random
from datetime import datetime, timedelta

from journal.push.models import Outcome
from journal.push.post import Answer
from journal.push.queue import Claimed, Ended

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
TAKEN = frozenset({200, 201, 202, 204})
GONE = frozenset({404, 410})
# Our key, our token, our message: the device is not to blame, and the operator is told.
OURS = frozenset({400, 401, 403, 413})


def outcome(delivery: Claimed, answer: Answer, now: datetime) -> Ended:
    """How it ended, or when it is tried again; LATE when that would be past its use."""
    if answer.status in TAKEN:
        return Ended(delivery, Outcome.SENT)
    if answer.status in GONE:
        return Ended(delivery, Outcome.GONE, answer.cause)
    if answer.status in OURS:
        return Ended(delivery, Outcome.REFUSED, answer.cause)
    again_at = now + _wait(delivery.attempts, answer.retry_after)
    if again_at >= delivery.expires_at:
        return Ended(delivery, Outcome.LATE, answer.cause)
    return Ended(delivery, None, answer.cause, again_at)


def _wait(attempts: int, asked_for: float | None) -> timedelta:
    # Jitter, so that all who were told to wait do not come back together.
    doubled = min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)
    own: timedelta = doubled * random.uniform(0.5, 1.0)  # noqa: S311 -- not a secret
    return max(own, timedelta(seconds=min(asked_for or 0, 86_400)))
