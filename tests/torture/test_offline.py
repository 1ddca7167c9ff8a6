"""A part of what `make torture` does to phones offline: what her screen called saved is kept."""

from dataclasses import replace
from random import randrange

import pytest

from journal.config import Config
from tests.databases import Databases
from tests.torture.offline import torture


@pytest.mark.browser
@pytest.mark.assures("E02")
def test_whatever_befalls_her_phone_what_it_called_saved_is_in_her_journal(
    sqlite_databases: Databases, base_config: Config
) -> None:
    config = replace(base_config, database_url=sqlite_databases.make())

    result = torture(config, lives=range(25), seed=randrange(10**6))  # noqa: S311 -- no secret

    assert result.good, str(result)
