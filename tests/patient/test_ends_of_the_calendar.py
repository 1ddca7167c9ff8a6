"""However far somebody turns the calendar, there is a page."""

import pytest

from tests.people import Browser


@pytest.mark.assures("B08")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29", "2026-02-30", "soon"])
def test_no_day_breaks_the_calendar(anas_phone: Browser, day: str) -> None:
    assert anas_phone.get(f"/history?until={day}").status_code == 200


@pytest.mark.assures("B08")
def test_before_the_journal_began_there_is_nothing_older(anas_phone: Browser) -> None:
    page = anas_phone.get("/history?until=2001-01-01").text

    assert 'rel="prev"' not in page
