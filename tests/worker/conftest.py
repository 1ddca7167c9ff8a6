"""The worker, beside a mail server of the tests' own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from journal.config import Config
from journal.worker import Worker
from tests.letterbox import Letterbox, serving


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def posting(config: Config, letterbox: Letterbox) -> Iterator[Config]:
    """An installation that can send e-mail."""
    with serving(letterbox) as url:
        yield replace(config, smtp_url=url, mail_from="Journal <journal@example.org>")


@pytest.fixture
def worker(posting: Config) -> Iterator[Worker]:
    worker = Worker(posting)
    yield worker
    worker.close()
