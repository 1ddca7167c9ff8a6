"""The worker's loop: every job gets its turn, and the loop ends when it is told to."""

import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journal.config import Config
from journal.worker import Job, Worker

MINUTE = timedelta(minutes=1)


class Counted:
    """A job that writes down when it was done."""

    def __init__(self, fails: bool = False) -> None:
        self.turns: list[datetime] = []
        self._fails = fails

    def __call__(self, _worker: Worker, now: datetime) -> int:
        self.turns.append(now)
        if self._fails:
            raise RuntimeError("marker@example.org")
        return 1


def test_a_job_is_done_at_once(config: Config, now: datetime) -> None:
    job = Counted()

    Worker(config, [Job("counted", MINUTE, job)]).turn(now)

    assert job.turns == [now]


def test_and_again_when_it_has_waited(config: Config, now: datetime) -> None:
    job = Counted()
    worker = Worker(config, [Job("counted", MINUTE, job)])

    for seconds in (0, 30, 60):
        worker.turn(now + timedelta(seconds=seconds))

    assert job.turns == [now, now + MINUTE]


@pytest.mark.assures("E07")
def test_a_clock_set_back_keeps_no_job_waiting(config: Config, now: datetime) -> None:
    job = Counted()
    worker = Worker(config, [Job("counted", MINUTE, job)])

    worker.turn(now)
    worker.turn(now - timedelta(days=365))

    assert len(job.turns) == 2


@pytest.mark.assures("E07")
def test_a_clock_set_ahead_makes_no_storm(config: Config, now: datetime) -> None:
    job = Counted()
    worker = Worker(config, [Job("counted", MINUTE, job)])

    worker.turn(now)
    worker.turn(now + timedelta(days=365))

    assert len(job.turns) == 2


@pytest.mark.assures("E09")
def test_a_job_that_fails_stops_no_other(config: Config, now: datetime) -> None:
    other = Counted()

    Worker(config, [Job("fails", MINUTE, Counted(fails=True)), Job("other", MINUTE, other)]).turn(
        now
    )

    assert other.turns == [now]


def test_a_job_that_fails_is_written_down(
    config: Config, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    Worker(config, [Job("fails", MINUTE, Counted(fails=True))]).turn(now)

    assert [record.getMessage() for record in caplog.records] == ["job failed"]


def test_told_to_stop_it_finishes_what_is_in_hand(config: Config) -> None:
    stop, done = threading.Event(), Counted()

    def told_to_stop(worker: Worker, now: datetime) -> int:
        stop.set()
        return done(worker, now)

    never = Counted()
    Worker(config, [Job("first", MINUTE, told_to_stop), Job("never", MINUTE, never)]).run(stop)

    assert len(done.turns) == 1
    assert never.turns == []


def test_it_says_that_it_is_alive(
    config: Config, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    worker = Worker(config)

    worker.turn(now)

    worker.close()
    assert "worker alive" in caplog.text


@pytest.mark.assures("E02")
def test_a_worker_process_ends_cleanly_when_asked_to(config: Config) -> None:
    environ = {
        "JOURNAL_INSTANCE": str(config.instance),
        "JOURNAL_DATABASE_URL": config.database_url,
        "JOURNAL_PUSH_CONTACT": config.push_contact,
    }
    process = subprocess.Popen(
        [Path(sys.executable).with_name("journal"), "worker"],
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    first = process.stderr.readline()

    process.send_signal(signal.SIGTERM)

    process.communicate(timeout=20)
    assert "worker alive" in first
    assert process.returncode == 0
