"""On SQLite one process sends and the others stand by: the lock dies with whoever holds it."""

import fcntl
import os
from pathlib import Path

from sqlalchemy import make_url


class Lead:
    """Whether this process is the one that sends. On PostgreSQL everybody is."""

    def __init__(self, database_url: str) -> None:
        url = make_url(database_url)
        self._path = Path(f"{url.database}.sender") if url.drivername == "sqlite" else None
        self._file: int | None = None

    @property
    def alone(self) -> bool:
        """Whether there is one lead, so that whoever had it before is dead."""
        return self._path is not None

    def held(self) -> bool:
        """Take the lead if nobody has it. The system takes it back when this process ends."""
        if self._path is None or self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def give_up(self) -> None:
        """Let another have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
