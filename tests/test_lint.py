"""The lint that keeps strings out of SQL is on, and sees them."""

import subprocess
import sys

import pytest

from journal.config import ROOT

BUILT = (
    "def find(name: str) -> str:\n    return f\"SELECT id FROM accounts WHERE name = '{name}'\"\n"
)


@pytest.mark.assures("B09")
@pytest.mark.parametrize("folder", ["journal", "journal/sharing", "journal/migrations/versions"])
def test_sql_built_from_strings_is_refused(folder: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", f"{folder}/new.py", "-"]

    found = subprocess.run(command, input=BUILT, capture_output=True, text=True, cwd=ROOT)

    assert "S608" in found.stdout
