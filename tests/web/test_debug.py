"""Debug mode shows our inside, so what is real is not served in it."""

from dataclasses import replace

import pytest

from journal import create_app
from journal.config import Config, ConfigError


@pytest.mark.assures("C08")
def test_what_is_real_is_not_served_in_debug_mode(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(ConfigError, match="FLASK_DEBUG"):
        create_app(replace(config, demo=False))
