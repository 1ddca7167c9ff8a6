"""What the tests of a patient's pages share."""

from datetime import UTC, date, datetime

import pytest

from journal.clock import diary_day
from tests.people import ZONE


@pytest.fixture
def today() -> date:
    return diary_day(datetime.now(UTC), ZONE)
