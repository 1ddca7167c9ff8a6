"""Pages and worker start together and stop together."""

import os
import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Terminal, ctrl_c, family, gone, heard

# What pages and worker say when they have begun.
SERVING = ("Serving on", "worker alive")


def open_page(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        page: str = answer.read().decode()
    return page


def served(pid: int) -> list[int]:
    """The two processes that do the work: pages, then worker."""
    started = family(pid)[1:]
    return [one for one in started if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()][:2]


def test_a_demo_says_where_it_is_and_how_to_get_in(terminal: Terminal, port: int) -> None:
    demo = terminal.start("demo", "--port", str(port))

    said = "".join(heard(demo, "Ctrl-C stops it."))

    assert f"Journal is at http://127.0.0.1:{port}" in said
    assert "as a patient" in said
    assert "Look around as a patient" in open_page(port, "/sign-in")


def test_ctrl_c_stops_all_of_it_without_a_word(settled: Terminal, port: int) -> None:
    serving = settled.start("serve", "--port", str(port))
    heard(serving, *SERVING)
    everyone = family(serving.pid)

    said = ctrl_c(serving)

    assert (serving.returncode, said) == (0, "")
    assert len(everyone) >= 5
    assert gone(everyone)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_so_do_an_init_system_and_a_closed_terminal(
    settled: Terminal, port: int, number: int
) -> None:
    serving = settled.start("serve", "--port", str(port))
    heard(serving, *SERVING)
    everyone = family(serving.pid)

    serving.send_signal(number)
    said, _ = serving.communicate(timeout=30)

    assert (serving.returncode, said) == (0, "")
    assert gone(everyone)


@pytest.mark.assures("E02")
def test_killed_outright_it_leaves_nothing_running(settled: Terminal, port: int) -> None:
    serving = settled.start("serve", "--port", str(port))
    heard(serving, *SERVING)
    everyone = family(serving.pid)

    serving.kill()
    serving.wait()

    assert gone(everyone)


@pytest.mark.parametrize(("which", "name"), [(0, "web server"), (1, "worker")])
def test_when_one_dies_the_other_is_stopped_and_it_is_said(
    settled: Terminal, port: int, which: int, name: str
) -> None:
    serving = settled.start("serve", "--port", str(port))
    heard(serving, *SERVING)
    everyone = family(serving.pid)

    os.kill(served(serving.pid)[which], signal.SIGKILL)
    said, _ = serving.communicate(timeout=30)

    assert serving.returncode == 1
    assert f"the {name} ended by itself" in said
    assert gone(everyone)


def test_a_taken_port_is_named_before_anything_is_made(terminal: Terminal, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        refused = terminal.run("demo", "--port", str(port))

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"journal: port {port} is taken")
    assert "make run PORT=" in refused.stderr
    assert not terminal.instance.exists()


def test_the_port_can_come_from_the_environment(terminal: Terminal, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        refused = terminal.run("demo", PORT=str(port))

    assert f"port {port} is taken" in refused.stderr


def test_a_second_start_does_no_set_up_work(terminal: Terminal, port: int) -> None:
    first = terminal.start("demo", "--port", str(port))
    said_first = "".join(heard(first, "Ctrl-C stops it."))
    ctrl_c(first)
    files = ["demo.db", "secret.key", "vapid.pem", "vault.keys", "static"]
    before = {name: (terminal.instance / name).stat().st_mtime_ns for name in files}

    second = terminal.start("demo", "--port", str(port))
    said = "".join(heard(second, "Ctrl-C stops it."))

    assert "Making the demo clinic: 40 of 40 people" in said_first
    assert "Making" not in said
    assert {name: (terminal.instance / name).stat().st_mtime_ns for name in files} == before


@pytest.mark.assures("A17")
def test_the_demo_leaves_what_is_real_alone(settled: Terminal, port: int) -> None:
    (settled.instance / "journal.db").rename(settled.instance / "demo.db")
    before = (settled.instance / "demo.db").read_bytes()

    refused = settled.run("demo", "--port", str(port))

    assert refused.returncode == 2
    assert "is not a demo and holds something" in refused.stderr
    assert (settled.instance / "demo.db").read_bytes() == before
