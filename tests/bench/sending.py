"""Reminders a minute through our worker, beside a loop of pywebpush and encryption alone."""

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing import active_children
from pathlib import Path
from uuid import uuid4

from pywebpush import webpush
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal import clock
from journal.config import Config, from_env
from journal.db import make_engine, opened
from journal.migrations import upgrade
from journal.push.messages import Encrypter, Message, payload
from journal.push.models import Delivery, Outcome
from journal.push.vapid import Keys
from journal.reminders.models import Due
from journal.reminders.sending import send
from journal.vault import Vault
from tests.bench import crowd
from tests.databases import PostgresDatabases, SqliteDatabases

REMINDERS, ALONE, LOOP, ROUNDS = 10_000, 3000, 500, 4
TTL = 7200
TICK = os.sysconf("SC_CLK_TCK")
Cpu = dict[str, float]


@dataclass(frozen=True)
class Rate:
    """How many a minute, and the milliseconds of CPU that one costs in each process."""

    a_minute: float
    cpu: Cpu

    def __str__(self) -> str:
        parts = " + ".join(f"{name} {spent:.2f}" for name, spent in self.cpu.items())
        return f"{self.a_minute:9,.0f} a minute  ({parts} ms CPU)"

    @property
    def bound(self) -> float:
        """No more a minute than this on idle cores: one process keeps the books."""
        own, all_cores = 1 / self.cpu["books"], (os.cpu_count() or 1) / sum(self.cpu.values())
        return 60_000 * min(own, all_cores)


class Worker:
    """Our worker, at work in a thread of this process, and the people whom it reminds."""

    def __init__(self, config: Config, origin: str) -> None:
        self._config = replace(config, push_also=frozenset({origin}))
        self._engine, self._vault = make_engine(config.database_url), Vault(config.vault_keys)
        self._heard: dict[str, float] = {}
        self._posted = 0
        self._stop = threading.Event()
        upgrade(self._engine)
        with self._opened() as session:
            now = clock.now()
            crowd.people(session, 0, REMINDERS, now + timedelta(days=9), _where_it_is_noon(now))
            crowd.phones(session, REMINDERS, origin, now)
            session.commit()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self._send)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self._engine.dispose()

    def remind_all(self) -> float:
        """Have all be due at once; seconds from the first batch until the last is on disk."""
        at = clock.now()
        self._heard.clear()
        self._posted = 0
        with self._opened() as session:
            session.execute(update(Due).values(at=at, for_at=at))
            session.commit()
        # Counting what is recorded while it is recorded would cost what it counts.
        while self._posted < REMINDERS or self._sent(at) < REMINDERS:
            time.sleep(0.1)
        return self._heard["record kept"] - self._heard["began"]

    def _send(self) -> None:
        send(self._config, self._opened, self._stop, step=self._hear)

    def _hear(self, step: str) -> None:
        self._heard[step] = time.perf_counter()
        self._posted += step == "posted"
        if step == "handed out":
            self._heard.setdefault("began", self._heard["planned"])

    def _sent(self, at: datetime) -> int:
        sent = Delivery.due_at == at, Delivery.outcome == Outcome.SENT
        with opened(self._engine, self._vault, writing=False) as session:
            return session.scalar(select(func.count()).select_from(Delivery).where(*sent)) or 0

    def _opened(self) -> AbstractContextManager[Session]:
        return opened(self._engine, self._vault, writing=True)


@dataclass(frozen=True)
class Compared:
    """Rates of one run, in rounds that alternate."""

    ours: Rate
    loop: Rate
    alone: Rate

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{self.ours}  {self.ours.a_minute / self.loop.a_minute:.1f} x the loop",
                f"  on idle cores, at most{self.ours.bound:9,.0f} a minute",
                f"  a loop of pywebpush   {self.loop}",
                f"  encryption alone      {self.alone}",
            )
        )


def main(config: Config, folder: Path, certificate: Path, key: Path) -> None:
    """Both databases as push services are reached, and once without TLS, to see what it costs."""
    sqlite, postgres = SqliteDatabases(config, folder), PostgresDatabases(config, lasting=True)
    for name, databases, files in (
        ("SQLite, TLS", sqlite, (certificate, key)),
        ("PostgreSQL, TLS", postgres, (certificate, key)),
        ("SQLite, no TLS", sqlite, ()),
    ):
        url = databases.empty()
        compared = sending(replace(config, database_url=url), folder, files)
        sys.stdout.write(f"reminders, {name:17}{compared}\n")
        databases.drop(url)
    postgres.close()


def sending(config: Config, folder: Path, tls: Sequence[Path]) -> Compared:
    """All are due at once; each is claimed, looked at, encrypted, posted and recorded."""
    key = folder / "key.pem"
    key.write_text(config.vapid_key)
    encrypter = Encrypter(Keys.of(config.vapid_key), config.push_contact)
    with _sink(tls) as (origin, sink), (worker := Worker(config, origin)).at_work():
        messages = [_message(f"{origin}/{n}") for n in range(ALONE)]
        works: tuple[tuple[int, Callable[[], float]], ...] = (
            (REMINDERS, worker.remind_all),
            (LOOP, lambda: _timed(lambda: _loop(messages[:LOOP], str(key), config.push_contact))),
            (ALONE, lambda: _timed(lambda: _alone(encrypter, messages))),
        )
        worker.remind_all()
        rounds = [[_rate(count, work, sink) for count, work in works] for _ in range(ROUNDS)]
    return Compared(*(_median(rates) for rates in zip(*rounds, strict=True)))


def _loop(messages: Sequence[Message], key: str, contact: str) -> None:
    """As its README shows it."""
    for one in messages:
        webpush(
            subscription_info={
                "endpoint": one.endpoint,
                "keys": {"p256dh": one.p256dh, "auth": one.auth},
            },
            data=one.payload.decode(),
            vapid_private_key=key,
            vapid_claims={"sub": contact},
            ttl=one.ttl,
        )


def _alone(encrypter: Encrypter, messages: Sequence[Message]) -> None:
    for one in messages:
        encrypter.encrypt(one)


def _message(endpoint: str) -> Message:
    body, to = "A minute for your day?", "https://journal.example.org/today"
    words = payload(uuid4(), "Journal", body, to, "day-2026-11-23", "en", later="In an hour")
    return Message(endpoint, *crowd.keys(), words, TTL, "day-2026-11-23")


def _rate(count: int, work: Callable[[], float], sink: int) -> Rate:
    before = _cpu(sink)
    seconds = work()
    spent = {name: 1000 * (now - before[name]) / count for name, now in _cpu(sink).items()}
    return Rate(count / seconds * 60, spent)


def _median(rates: Sequence[Rate]) -> Rate:
    return sorted(rates, key=lambda one: one.a_minute)[len(rates) // 2]


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _cpu(sink: int) -> Cpu:
    """Seconds used by this process, by those that post, and by the push service."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    posting = sum(_cpu_of(one.pid) for one in active_children() if one.pid)
    return {"books": used.ru_utime + used.ru_stime, "posting": posting, "sink": _cpu_of(sink)}


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@contextmanager
def _sink(tls: Sequence[Path]) -> Iterator[tuple[str, int]]:
    """A push service that takes everything: its origin, and the process that it is."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sink", str(port), *map(str, tls)]
    ) as process:
        try:
            _wait_for(port)
            yield f"http{'s' if tls else ''}://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


def _where_it_is_noon(now: datetime) -> str:
    """Far from quiet hours and from four in the morning, whenever this runs."""
    ahead = 12 - now.hour
    return f"Etc/GMT{'-' if ahead > 0 else '+'}{abs(ahead)}" if ahead else "Etc/GMT"


if __name__ == "__main__":
    here = Path(sys.argv[1])
    main(
        from_env(
            {
                "JOURNAL_INSTANCE": str(here / "instance"),
                "JOURNAL_PUSH_CONTACT": "mailto:journal@example.org",
            }
        ),
        here,
        *map(Path, sys.argv[2:]),
    )
