"""What a push service's answer means: done, gone, ours to mend, or once more later."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from journal.push.endpoint import Address
from journal.push.models import Outcome
from journal.push.outcomes import outcome
from journal.push.post import Answer
from journal.push.queue import Claimed

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def claimed(attempts: int = 1, use: timedelta = 12 * HOUR) -> Claimed:
    return Claimed(
        id=uuid4(),
        account_id=uuid4(),
        device_id=uuid4(),
        subject_id=uuid4(),
        kind="chosen",
        day=NOW.date(),
        due_at=NOW,
        expires_at=NOW + use,
        attempts=attempts,
        until=NOW + MINUTE,
        address=Address("https://fcm.googleapis.com/one", "p", "a"),
    )


@pytest.mark.parametrize(
    ("status", "became"),
    [
        (200, Outcome.SENT),
        (201, Outcome.SENT),
        (202, Outcome.SENT),
        (204, Outcome.SENT),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (400, Outcome.REFUSED),
        (401, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (413, Outcome.REFUSED),
        (429, None),
        (500, None),
        (503, None),
        (301, None),
        (None, None),
    ],
)
def test_each_answer_has_its_meaning(status: int | None, became: Outcome | None) -> None:
    assert outcome(claimed(), Answer(status, None, "x"), NOW).outcome is became


@pytest.mark.parametrize(
    ("attempts", "least", "most"),
    [
        (1, 15 * SECOND, 30 * SECOND),
        (2, 30 * SECOND, MINUTE),
        (5, 4 * MINUTE, 8 * MINUTE),
        (9, HOUR / 2, HOUR),
        (99, HOUR / 2, HOUR),
    ],
)
def test_it_waits_longer_each_time_and_not_with_everybody_else(
    attempts: int, least: timedelta, most: timedelta
) -> None:
    again = {
        outcome(claimed(attempts), Answer(503, None, "x"), NOW).again_at or NOW for _ in range(20)
    }

    assert len(again) > 1
    assert least <= min(again) - NOW <= max(again) - NOW <= most


@pytest.mark.parametrize("seconds", [600.0, 7200.0])
def test_it_waits_as_long_as_it_was_asked_to(seconds: float) -> None:
    ended = outcome(claimed(), Answer(429, seconds, "x"), NOW)

    assert ended.again_at == NOW + timedelta(seconds=seconds)


@pytest.mark.assures("E08")
@pytest.mark.parametrize("asked_for", [600.0, 86_400.0, 1e9])
def test_what_would_come_past_its_use_is_late(asked_for: float) -> None:
    ended = outcome(claimed(use=10 * MINUTE), Answer(429, asked_for, "429 busy"), NOW)

    assert (ended.outcome, ended.cause, ended.again_at) == (Outcome.LATE, "429 busy", None)
