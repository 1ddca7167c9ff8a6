"""What the tests of entries share."""

from datetime import UTC, date, datetime

import pytest

from journal.accounts.models import Account
from journal.clock import diary_day


@pytest.fixture
def today(ana: Account) -> date:
    return diary_day(datetime.now(UTC), ana.zone)


@pytest.fixture
def page(today: date) -> str:
    return f"/entries/{today}"
