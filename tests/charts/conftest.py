"""A chart's words, and a way to look at what was drawn."""

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from journal.charts import WeekWords, Words

Drawn = Callable[[Markup], ElementTree.Element]


@pytest.fixture(scope="session")
def words() -> Words:
    return Words(
        title="Pain",
        description="Pain on average, from 1 to 30 September.",
        direction="lower is better",
        low="no pain",
        high="worst pain you can imagine",
        day=date.isoformat,
        tick=date.isoformat,
        number=str,
        numbers="The numbers",
        heads=("Day", "Pain", "Remark"),
        later="added later",
        infusion="infusion",
    )


@pytest.fixture(scope="session")
def week_words() -> WeekWords:
    return WeekWords("Your week", "Pain", "Mood", letter=lambda day: f"{day:%a}"[0], number=str)


@pytest.fixture(scope="session")
def drawn() -> Drawn:
    """Parses strictly: what is not well-formed fails here."""
    return lambda markup: ElementTree.fromstring(markup)  # noqa: S314 our own drawing
