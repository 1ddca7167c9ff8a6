"""Waiting for what another process does, and not for ever."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.02


def until(look: Callable[[], T | None], what: str, seconds: float = 15) -> T:
    """The first answer of `look` that says something. Raises TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} seconds")
        time.sleep(PAUSE)
    return found
