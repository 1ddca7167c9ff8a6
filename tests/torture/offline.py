"""Lives of phones offline: drawn from a seed, lived in a real browser, judged, and shortened."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.client import HTTPConnection, HTTPException
from random import Random
from time import monotonic
from uuid import UUID, uuid4

from flask import Flask
from playwright.async_api import Browser, Error, async_playwright
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from journal import create_app
from journal.accounts import sign_ins
from journal.accounts.models import Account, Kind, SignIn
from journal.clock import diary_day
from journal.config import Config
from journal.db import opened
from journal.entries.models import Edit
from journal.entries.rows import said_in
from journal.entries.store import days_between
from journal.serve import web
from journal.sharing.access import own
from journal.vault import Vault
from tests import people
from tests.browser.browsers import chromium, free_port
from tests.torture.many import _noon
from tests.torture.offline_model import Model, Place, Sure
from tests.torture.offline_phone import Phone
from tests.torture.offline_proxy import proxied
from tests.torture.offline_steps import Dice, Life, Step, Told
from tests.torture.started import started, until

AT_ONCE = 3
LONGEST_LIFE = 240
MOST_TRIES = 60
SCREEN = {"width": 360, "height": 740}
DAY = timedelta(days=1)
ELSEWHERE = 99
# How the faults of each kind begin.
KINDS = {
    "lost": ("lost",),
    "doubled": ("nobody", "a letter changed"),
    "resurrected": ("older", "thrown away", "the days"),
}


@dataclass(frozen=True)
class Broken:
    """A life after which something was wrong, as short as it could be made."""

    number: int
    life: Life
    faults: Sequence[str]

    def __str__(self) -> str:
        return f"life {self.number}: {self.life}\n  " + "\n  ".join(self.faults)


@dataclass(frozen=True)
class Result:
    """How it went; `saved` counts the taps that a screen called saved."""

    seed: int
    lives: int
    steps: int
    saved: int
    broken: Sequence[Broken]
    seconds: float

    @property
    def good(self) -> bool:
        return not self.broken

    def __str__(self) -> str:
        counted = ", ".join(f"{self._count(signs)} {kind}" for kind, signs in KINDS.items())
        return (
            f"{self.lives} lives of phones offline, {self.steps:,} steps, {self.saved:,} taps "
            f"shown as saved: {counted}; {self.seconds:.0f} s, seed {self.seed}"
            + "".join(f"\n{one}" for one in self.broken)
        )

    def _count(self, signs: tuple[str, ...]) -> int:
        return sum(fault.startswith(signs) for one in self.broken for fault in one.faults)


def torture(config: Config, lives: range, seed: int) -> Result:
    """Live those of these numbers, on a database with the schema in it."""
    began, port = monotonic(), free_port()
    config = replace(config, base_url=f"http://127.0.0.1:{port}")
    drawn = {number: _drawn(seed, number) for number in lives}
    with started(_serve, config, port):
        until(partial(_answers, port))
        town = Town(config, port)
        broken = asyncio.run(_live_all(town, drawn))
        town.close()
    steps = sum(len(life.steps) for life in drawn.values())
    return Result(seed, len(lives), steps, town.saved, broken, monotonic() - began)


def _drawn(seed: int, number: int) -> Life:
    return Dice(Random(f"{seed}/{number}")).life()  # noqa: S311 -- not a secret


def _serve(config: Config, port: int) -> None:
    # It writes a line for each request.
    os.dup2(os.open(config.instance / "served.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    web(config, "127.0.0.1", port)


def _answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


class Town:
    """The server, its database, and whoever has an account there."""

    def __init__(self, config: Config, port: int) -> None:
        self.port = port
        self.app: Flask = create_app(config)
        self.engine: Engine = self.app.extensions["engine"]
        self.vault: Vault = self.app.extensions["vault"]
        # What never changes, whoever asks for it.
        self.files: dict[str, bytes] = {}
        self.saved = 0

    @contextmanager
    def session(self) -> Iterator[Session]:
        with opened(self.engine, self.vault, writing=True) as session:
            yield session

    def settle(self) -> Account:
        now = datetime.now(UTC)
        with self.session() as session:
            someone = people.person(Kind.PATIENT, f"Ana {uuid4()}", now - 100 * DAY)
            someone.zone = _noon(now)
            session.add(someone)
            session.commit()
            session.refresh(someone)
            session.expunge(someone)
        return someone

    def enter(self, account: Account) -> tuple[UUID, str]:
        """Sign her in; which session it is, and the cookie of it."""
        with self.session() as session:
            here = session.get_one(Account, account.id)
            token, sign_in = sign_ins.begin(session, here, "a phone", datetime.now(UTC))
            session.commit()
            own_id = sign_in.id
        said = {"_user_id": token, "_fresh": True, "_permanent": True}
        signing = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return own_id, signing.dumps(said)

    def expire(self, sign_in_id: UUID) -> None:
        with self.session() as session:
            session.execute(
                update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=datetime.now(UTC))
            )
            session.commit()

    def close(self) -> None:
        self.engine.dispose()


@dataclass(eq=False)
class Home:
    """Somebody's phones for one life, and another device without a screen."""

    town: Town
    account: Account
    model: Model
    phones: list[Phone] = field(default_factory=list)
    known: set[UUID] = field(default_factory=set)

    async def live(self, life: Life) -> list[str]:
        for phone in self.phones:
            await phone.begin()
        for step in life.steps:
            await self._do(step)
        for phone in self.phones:
            await phone.settle()
        return await self._judge()

    async def _do(self, step: Step) -> None:
        if step.name == "said elsewhere":
            self._say(*step.what)  # type: ignore[arg-type]
        else:
            await self.phones[step.phone].do(step)

    def _say(self, back: int, item: str, value: Told) -> None:
        now, day, edit_id = datetime.now(UTC), self.days[back], uuid4()
        with self.town.session() as session:
            browser = people.signed_in(
                self.town.app, session, session.get_one(Account, self.account.id)
            )
        said = {
            "edit_id": str(edit_id), "edited_at": now.isoformat(), "zone": self.account.zone,
            "items": {item: value}, "reason": None, "account": str(self.account.id),
        }  # fmt: skip
        answer = browser.send_json("PUT", f"/entries/{day}", said)
        if answer.status_code != 200:
            raise AssertionError(answer.text)
        at = now.timestamp() * 1000
        self.known.add(edit_id)
        self.model.said((str(day), item), value, at, at, ELSEWHERE).sure = Sure.IN_JOURNAL

    @property
    def days(self) -> tuple[date, date]:
        today = diary_day(datetime.now(UTC), self.account.zone)
        return today, today - DAY

    async def _judge(self) -> list[str]:
        aside = [one for phone in self.phones for one in await phone.aside()]
        sent = [one for phone in self.phones for one in phone.proxy.sent]
        self.known |= {UUID(one.edit["edit_id"]) for one in sent}
        self.town.saved += sum(tap.sure > 0 for tap in self.model.taps)
        with self.town.session() as session:
            shown = self._shown(session)
            return self.model.faults(shown, aside, sent) + self._unfounded(session, shown)

    def _shown(self, session: Session) -> dict[Place, Told]:
        """What the journal says about every day."""
        here = session.get_one(Account, self.account.id)
        read = days_between(session, own(here), date.min, date.max)
        return {
            (str(day.day), item): value  # type: ignore[misc]
            for day in read
            for item, value in day.items.items()
        }

    def _unfounded(self, session: Session, shown: dict[Place, Told]) -> list[str]:
        """What the journal holds that nobody said, and days that are not what their edits say."""
        edits = session.scalars(select(Edit).where(Edit.account_id == self.account.id)).all()
        ordered = sorted(edits, key=lambda edit: (edit.counted_at, edit.edit_id))
        said = [
            ((str(edit.day), item), value)
            for edit in ordered
            for item, value in said_in(session, edit)[0].items()
        ]
        folded = {place: value for place, value in dict(said).items() if value is not None}
        strange = [f"nobody sent {e.edit_id}" for e in edits if e.edit_id not in self.known]
        wrong = [] if folded == shown else [f"the days are {shown}, their edits {folded}"]
        return [*self.model.made_up(said), *strange, *wrong]


async def _live_all(town: Town, lives: Mapping[int, Life]) -> list[Broken]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        turns = asyncio.Semaphore(AT_ONCE)
        found = await asyncio.gather(
            *(_try(town, browser, turns, *numbered) for numbered in lives.items())
        )
        short = [await _shorten(town, browser, one) for one in found if one]
        await browser.close()
    return short


async def _try(
    town: Town, browser: Browser, turns: asyncio.Semaphore, number: int, life: Life
) -> Broken | None:
    async with turns:
        faults = await _live(town, browser, life)
    return Broken(number, life, faults) if faults else None


async def _live(town: Town, browser: Browser, life: Life) -> list[str]:
    try:
        async with asyncio.timeout(LONGEST_LIFE), _home(town, browser, life) as home:
            return await home.live(life)
    except Error as error:
        return [f"the browser says: {error}"]
    except TimeoutError:
        return [f"not over after {LONGEST_LIFE} seconds"]


@asynccontextmanager
async def _home(town: Town, browser: Browser, life: Life) -> AsyncIterator[Home]:
    home = Home(town, town.settle(), Model())
    async with AsyncExitStack() as stack:
        for number in range(life.phones):
            home.phones.append(await _phone(stack, home, browser, life, number))
        yield home


async def _phone(
    stack: AsyncExitStack, home: Home, browser: Browser, life: Life, number: int
) -> Phone:
    town = home.town
    proxy = await stack.enter_async_context(proxied(town.port, town.files))
    context = await browser.new_context(
        base_url=f"http://127.0.0.1:{proxy.port}",
        viewport=SCREEN,  # type: ignore[arg-type]
        service_workers="allow" if life.worker else "block",
    )
    stack.push_async_callback(context.close)
    sessions: list[UUID] = []

    async def cookie() -> None:
        sign_in_id, value = town.enter(home.account)
        sessions.append(sign_in_id)
        # Whatever listens on this machine counts as safe; only the driver wants to read https.
        await context.add_cookies(
            [
                {
                    "name": "__Host-journal", "value": value, "url": "https://127.0.0.1/",
                    "secure": True, "httpOnly": True, "sameSite": "Lax",
                }
            ]
        )  # fmt: skip

    today, yesterday = home.days
    return Phone(
        context,
        proxy,
        home.model,
        days=(str(today), str(yesterday)),
        line=number,
        cookie=cookie,
        expires=lambda: town.expire(sessions[-1]),
    )


async def _shorten(town: Town, browser: Browser, broken: Broken) -> Broken:
    """Leave out what can be left out while it still goes wrong."""
    tries, size = 0, max(1, len(broken.life.steps) // 2)
    while size and tries < MOST_TRIES:
        left = False
        for start in range(0, len(broken.life.steps), size):
            steps = [*broken.life.steps[:start], *broken.life.steps[start + size :]]
            life, tries = replace(broken.life, steps=steps), tries + 1
            if steps and (faults := await _live(town, browser, life)):
                broken, left = replace(broken, life=life, faults=faults), True
                break
        if not left:
            size //= 2
    return broken
