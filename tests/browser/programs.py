"""Programs that a browser is made of: none outlives whoever started it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 60


def start(
    command: Sequence[str],
    said: Path,
    environ: Mapping[str, str],
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start it, in a session of its own; what it says is added to the file `said`."""
    with said.open("ab") as written:
        return subprocess.Popen(
            [*_tied(), *command],
            env={**os.environ, **environ},
            stdout=written,
            stderr=written,
            start_new_session=True,
            pass_fds=pass_fds,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """It, and what it started, with no time to write anything down."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


def _tied() -> list[str]:
    """Where there is a way: it ends with whoever started it, even with one who is killed."""
    way = shutil.which("setpriv")
    return [way, "--pdeathsig", "KILL"] if way else []
