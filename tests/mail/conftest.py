"""A mail server of the tests' own."""

from collections.abc import Iterator

import pytest

from tests.letterbox import Letterbox, serving


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def smtp_url(letterbox: Letterbox) -> Iterator[str]:
    with serving(letterbox) as url:
        yield url
