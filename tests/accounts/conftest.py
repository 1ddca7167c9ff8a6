"""What signing in needs, beside everybody's people."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from journal.config import Config
from tests.apps import running
from tests.people import Browser


@pytest.fixture
def app_that_posts(config: Config) -> Iterator[Flask]:
    """An installation where letters can be sent; nobody fetches them."""
    posts = replace(config, smtp_url="smtp://127.0.0.1:9", mail_from="journal@example.org")
    with running(posts) as app:
        yield app


@pytest.fixture
def visitor(app_that_posts: Flask) -> Browser:
    """A stranger there."""
    return Browser(app_that_posts)


@pytest.fixture
def base_url(config: Config) -> str:
    return config.base_url
