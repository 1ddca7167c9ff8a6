"""The `journal` command as a person runs it: a process of its own, on an instance of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

PATIENCE = 60


class Terminal:
    """Somebody's terminal: what she types is run, what is answered can be read."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance
        kept = {name: text for name, text in os.environ.items() if not name.startswith("JOURNAL")}
        self.environ = {
            **kept,
            "JOURNAL_INSTANCE": str(instance),
            "JOURNAL_PUSH_CONTACT": "mailto:journal@example.org",
        }
        self.started: list[subprocess.Popen[str]] = []

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "journal", *words],
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        process = subprocess.Popen(
            [sys.executable, "-m", "journal", *words],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """On an instance that is new."""
    terminal = Terminal(tmp_path / "instance")
    yield terminal
    for process in terminal.started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def settled_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a clinic, to copy."""
    terminal = Terminal(tmp_path_factory.mktemp("settled") / "instance")
    terminal.run("migrate")
    terminal.run("create-clinic", "--name", "Riverbend", "--zone", "America/New_York")
    return terminal.instance


@pytest.fixture
def settled(terminal: Terminal, settled_instance: Path) -> Terminal:
    """On an instance with a clinic."""
    shutil.copytree(settled_instance, terminal.instance)
    return terminal


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return free


def heard(process: subprocess.Popen[str], *words: str) -> list[str]:
    """Listen until it has said all of this, in any order; what it said until then."""
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        if all(any(one in said for said in lines) for one in words):
            return lines
    raise AssertionError(f"it ended without saying {words!r}: {lines}")


def ctrl_c(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C at its terminal; what it says at its end."""
    os.killpg(process.pid, signal.SIGINT)
    return process.communicate(timeout=PATIENCE)[0]


def family(pid: int) -> list[int]:
    """A process and all that it started, directly or not."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for one in found:
        found += [child for child, parent in parents if parent == one]
    return found


def gone(pids: list[int]) -> bool:
    """Whether all of them have ended, or do so within moments."""
    return _soon(lambda: not any(_lives(pid) for pid in pids))


def _lives(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def _soon(is_so: Callable[[], bool]) -> bool:
    end = monotonic() + 15
    while not is_so() and monotonic() < end:
        sleep(0.1)
    return is_so()
