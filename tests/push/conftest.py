"""What is posted, and by whom."""

import pytest

from journal.config import Config
from journal.push.messages import Encrypter
from journal.push.vapid import Keys


@pytest.fixture(scope="session")
def keys(base_config: Config) -> Keys:
    return Keys.of(base_config.vapid_key)


@pytest.fixture(scope="session")
def encrypter(keys: Keys) -> Encrypter:
    return Encrypter(keys, "mailto:journal@example.org")
