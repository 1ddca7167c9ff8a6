"""Processes that tests start and kill, each forked from one that has imported what they need."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIGKILL
from time import monotonic, sleep

from journal.processes import outlive_nobody
from tests.cli.conftest import family

PATIENCE = 120

context = get_context("forkserver")
context.set_forkserver_preload(["journal.serve"])


def start(work: Callable[..., None], *args: object) -> BaseProcess:
    """Have a process of its own do some work; it ends when whoever started it does."""
    process = context.Process(target=_alone, args=(work, *args))
    process.start()
    return process


@contextmanager
def started(work: Callable[..., None], *args: object) -> Iterator[BaseProcess]:
    """Such a process; none is left behind."""
    process = start(work, *args)
    try:
        yield process
    finally:
        kill(process)


def until(is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something is so. Raises AssertionError when it takes too long."""
    end = monotonic() + patience
    while not is_so():
        if monotonic() > end:
            raise AssertionError(f"not within {patience} seconds")
        sleep(0.05)


def kill(process: BaseProcess) -> None:
    """Kill it, as a machine does that runs out of memory."""
    process.kill()
    process.join(PATIENCE)


def ask_to_stop(process: BaseProcess) -> int | None:
    """Ask it to stop; its exit status."""
    process.terminate()
    process.join(PATIENCE)
    return process.exitcode


def posters_of(worker: BaseProcess) -> list[int]:
    """The processes that post for it."""
    begun = family(worker.pid or 0)[1:]
    return [one for one in begun if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def _alone(work: Callable[..., None], *args: object) -> None:
    outlive_nobody(SIGKILL)
    # As after a start of its own: Python's tracker of resources is not shared with who forked us,
    # and warns nobody of what the killed leave open.
    tracker = resource_tracker._resource_tracker
    tracker._fd = tracker._pid = None  # type: ignore[attr-defined]
    os.environ["PYTHONWARNINGS"] = "ignore"
    work(*args)
