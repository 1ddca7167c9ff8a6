"""What signing in needs, beside everybody's people."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from journal import create_app
from journal.config import Config
from tests.people import Browser


@pytest.fixture
def visitor(config: Config) -> Iterator[Browser]:
    """A stranger where letters can be sent; nobody fetches them."""
    app = create_app(
        replace(config, smtp_url="smtp://127.0.0.1:9", mail_from="journal@example.org")
    )
    yield Browser(app)
    app.extensions["engine"].dispose()
