"""Somebody's browser on a bad connection: does what a step says, and notes what its screen says."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from time import time
from typing import Any

from playwright.async_api import BrowserContext, Error, Page

from journal.instruments import diary
from tests.torture.offline_model import Model, Place, Sure, Tap
from tests.torture.offline_proxy import Proxy, Way
from tests.torture.offline_screen import ANSWER, ASIDE, CLOCK, LEFT, LOOK, SET, TAP, TURN, UPDATE
from tests.torture.offline_steps import Step, Told

PAUSE = 3.0
PATIENCE = 8_000
LONGEST = 12
CLOSING = 3
TRIES = 6
READY = "form#day[autocomplete=off]"
# Or what there is instead: signed out, to be signed in, nobody's, not without a network.
OPEN = f"{READY}, body[data-signed-out], input[name=email], .lede, main .stack:has([data-list])"
SAVED = {"saved": Sure.IN_JOURNAL, "empty": Sure.IN_JOURNAL, "kept": Sure.ON_PHONE}
LISTED = ":is([data-nothing], [data-aside], [data-waits]):visible"
ITEMS = {item.text: item.id for item in diary().values()}
NULL = {"taken back": "None"}


@dataclass(eq=False)
class Tab:
    """A page, and what was tapped since it was opened."""

    page: Page
    taps: list[Tap] = field(default_factory=list)
    # Those that may still be in one letter.
    letter: list[Tap] = field(default_factory=list)
    tapped_at: float = 0.0
    born: float = 0.0
    is_dead: bool = False

    def __post_init__(self) -> None:
        self.page.on("crash", self._died)

    def _died(self, _page: Page) -> None:
        self.is_dead = True

    async def close(self) -> None:
        """The driver sometimes waits for ever for a page that was just on its way elsewhere."""
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self.page.close(), CLOSING)

    def met(self, born: float) -> None:
        """Another page than before knows nothing of what was tapped on that."""
        if born != self.born:
            self.born, self.taps, self.letter = born, [], []


@dataclass(eq=False)
class Phone:
    """`line` numbers what is certain to follow one another; signing out begins another."""

    context: BrowserContext
    proxy: Proxy
    model: Model
    days: tuple[str, str]
    line: int
    cookie: Callable[[], Awaitable[None]]
    expires: Callable[[], None]
    tabs: list[Tab] = field(default_factory=list)
    ahead: int = 0
    most_ahead: int = 0
    sets: int = 0
    state: str | None = None
    is_expired: bool = False

    async def begin(self) -> None:
        await self.context.add_init_script(CLOCK)
        await self.cookie()
        await self._new_tab(0)

    async def do(self, step: Step) -> None:
        """What cannot be done just now is left out."""
        with suppress(Error):
            await DOING[step.name](self, *step.what)

    @property
    def tab(self) -> Tab:
        return self.tabs[-1]

    async def tap(self, item: str, value: Told) -> None:
        found = await self._ask(TAP, [item, value], tries=1)
        if isinstance(found, str):
            await self.sign_in()
            found = await self._ask(TAP, [item, value], tries=1)
        if not isinstance(found, dict):
            return
        first, last = found["first"], found["last"]
        self.tab.met(found["born"])
        # A clock that was ahead may have been set right, as far as it was ahead.
        tap = self.model.said(
            (found["day"], item), value, first - 1000 * self.most_ahead, last, self.line
        )
        self._gather(tap)

    def _gather(self, tap: Tap) -> None:
        tab, now = self.tab, time()
        if now - tab.tapped_at > PAUSE + 1:
            tab.letter = []
        tab.letter.append(tap)
        tab.taps.append(tap)
        tab.tapped_at = now
        for one in tab.letter:
            one.last = max(one.last, tap.last)

    async def look(self) -> str | None:
        """What the line says; the page is turned away and back, which ends the pause."""
        await self.hide()
        said = await self._ask(LOOK, PATIENCE)
        if said is None:
            return None
        self.tab.met(said["born"])
        if said["isSignedOut"]:
            self.line += 100
        sure = Sure.ON_PHONE if said["isOnPhone"] else SAVED.get(said["state"], Sure.NOTHING)
        for tap in [*self.tab.taps, *self._shown(said)]:
            self._saw(tap, sure)
        return str(said["state"])

    def _shown(self, said: Mapping[str, Any]) -> list[Tap]:
        """What her screen holds, whoever said it."""
        places = [((said["day"], item), value) for item, value in said["values"].items()]
        found = [self.model.find(*one) for one in places if one[1] is not None]
        return [tap for tap in found if tap]

    @staticmethod
    def _saw(tap: Tap, sure: Sure) -> None:
        if sure and tap.thrown_at is None:
            tap.sure = max(tap.sure, sure)

    async def done(self) -> None:
        """Only what is in the journal leads to the page that says so."""
        tab = self.tab
        tab.met(await self._ask("() => self.phone?.born"))
        tab.letter = []
        await self._press(f"{READY} [data-done]")
        try:
            await tab.page.wait_for_url("**/*?done=1", timeout=600)
        except Error:
            return
        for tap in tab.taps:
            self._saw(tap, Sure.IN_JOURNAL)

    async def open(self, back: int) -> None:
        await self._go(f"/entries/{self.days[back]}" if back else "/today")

    async def network(self, way: str) -> None:
        self.proxy.way = Way(way)
        await self.context.set_offline(way == Way.AWAY)

    async def kill(self) -> None:
        """As a phone that runs out of memory does it: nothing is said to the page."""
        with suppress(Error):  # it says so
            await self.tab.page.goto("chrome://crash", timeout=2000)
        self.tab.is_dead = True
        # Some share a process; and what is dead stands in the way of some commands.
        for tab in self.tabs:
            if tab.is_dead:
                await tab.close()
        self.tabs = [tab for tab in self.tabs if not tab.is_dead]
        if not self.tabs:
            await self._new_tab(0)

    async def another_tab(self, back: int) -> None:
        if len(self.tabs) < 2:
            await self._new_tab(back)

    async def turn(self, how: str) -> None:
        if len(self.tabs) < 2:
            return
        # Two windows beside each other are both in sight.
        if how == "beside":
            self.tabs.reverse()
            return
        await self._turn(is_hidden=True)
        self.tabs.reverse()
        await self._turn(is_hidden=False)

    async def hide(self) -> None:
        await self._turn(is_hidden=True)
        await self._turn(is_hidden=False)

    async def wait(self) -> None:
        await asyncio.sleep(PAUSE + 0.3)

    async def update(self) -> None:
        """A later release waits, and is taken where the page offers it."""
        self.proxy.release += 1
        await self._ask(UPDATE)
        await self._press("main .notice [type=button]", patience=1500)
        await self._settle()

    async def sign_out(self, how: str) -> None:
        await self._ask("() => document.querySelector('form[data-sign-out] button')?.click()")
        dialog = self.tab.page.locator("dialog[open]")
        gone = self.tab.page.locator("body[data-signed-out]")
        with suppress(Error):  # without a network nothing may come of it
            await dialog.or_(gone).first.wait_for(timeout=3000)
            if await dialog.count():
                await self._answer(how)
        if not self.is_expired and not await self._is_signed_in():
            self._begin_anew()

    async def _answer(self, how: str) -> None:
        page = self.tab.page
        # The driver's own click waits for what comes of it, and gives up after it was made.
        if await self._ask(ANSWER, how, tries=1) is False:
            how = "stay"
            await self._ask(ANSWER, how)
        if how == "throw":
            await self._throw(page)
        if how == "send":
            failed = page.locator("dialog [data-failed]:visible")
            await failed.or_(page.locator("body[data-signed-out]")).wait_for(timeout=4000)
            await self._press("dialog [data-stay]", patience=100)

    async def _throw(self, page: Page) -> None:
        thrown = [t for t in self.model.taps if t.line == self.line and t.sure < Sure.IN_JOURNAL]
        for tap in thrown:
            tap.sure, tap.thrown_at = Sure.NOTHING, inf
        self._begin_anew()
        try:
            await page.wait_for_url(lambda url: "/entries/" not in url, timeout=3000)
        finally:
            # What was on its way already may have arrived; from here on nothing of it goes.
            for tap in thrown:
                tap.thrown_at = time()

    def _begin_anew(self) -> None:
        """What this browser knew of what was said last is gone."""
        self.line += 100

    async def sign_in(self) -> None:
        """Where there is a network; today opens, one way or the other."""
        is_cut_off = self.proxy.way in (Way.DOWN, Way.AWAY, Way.PORTAL)
        if not is_cut_off and not await self._is_signed_in():
            await self.cookie()
            self.is_expired = False
        await self.open(0)

    async def expire(self) -> None:
        """The server has forgotten the session, and the browser has yet to learn of it."""
        self.expires()
        self.is_expired = True

    async def jump(self, seconds: int) -> None:
        self.ahead, self.sets = seconds, self.sets + 1
        self.most_ahead = max(self.most_ahead, seconds)
        script = SET.format(number=self.sets, ahead=seconds * 1000)
        await self.context.add_init_script(script)
        for tab in self.tabs:
            await self._ask(f"() => {{ {script} }}", on=tab)

    async def settle(self) -> None:
        """The network is whole; every page that is open is opened anew, until nothing waits."""
        await self.network(Way.WHOLE)
        for tab in self.tabs[:-1]:
            await tab.close()
        self.tabs = self.tabs[-1:]
        for _ in range(TRIES):
            await self.cookie()
            await self.open(0)
            self.state = await self.look()
            if self.state == "refused" or await self._is_empty():
                return

    async def _is_empty(self) -> bool:
        """Whether nothing lies on it any more; it may be about to be sent."""
        for _ in range(TRIES):
            if await self._ask(LEFT) == 0:
                return self.state in ("saved", "empty")
            await asyncio.sleep(0.1)
        return False

    async def aside(self) -> list[tuple[Place, str]]:
        """What needs her, as the page about what waits says it, if the line leads there."""
        if self.state != "refused":
            return []
        await self._go("/waiting")
        await self.tab.page.locator(LISTED).first.wait_for(timeout=PATIENCE)
        return [one for line in await self._ask(ASIDE) or [] for one in _said(**line)]

    async def _is_signed_in(self) -> bool:
        if self.is_expired:
            return False
        cookies = await self.context.cookies()
        return any(one["name"] == "__Host-journal" for one in cookies)

    async def _new_tab(self, back: int) -> None:
        self.tabs.append(Tab(await self.context.new_page()))
        await self.open(back)

    async def _go(self, path: str) -> None:
        try:
            await self.tab.page.goto(path, timeout=PATIENCE)
        except Error:
            return  # that is what there is to see without a network
        await self._settle()

    async def _settle(self) -> None:
        with suppress(Error):
            await self.tab.page.locator(OPEN).first.wait_for(state="attached", timeout=1500)

    async def _turn(self, *, is_hidden: bool) -> None:
        if is_hidden:
            self.tab.letter = []
        await self._ask(TURN, is_hidden)

    async def _press(self, selector: str, patience: float = 300) -> None:
        """Where it is there."""
        with suppress(Error):
            await self.tab.page.locator(selector).first.dispatch_event("click", timeout=patience)

    async def _ask(
        self, script: str, said: object = None, on: Tab | None = None, tries: int = 3
    ) -> Any:
        """What the page answers; None where it is just going away."""
        for _ in range(tries):
            try:
                asked = (on or self.tab).page.evaluate(script, said)
                return await asyncio.wait_for(asked, LONGEST)
            except (Error, TimeoutError):
                await asyncio.sleep(0.2)
        return None


DOING: Mapping[str, Callable[..., Awaitable[object]]] = {
    "tap": Phone.tap,
    "look": Phone.look,
    "done": Phone.done,
    "open": Phone.open,
    "network": Phone.network,
    "kill": Phone.kill,
    "another tab": Phone.another_tab,
    "turn to the other tab": Phone.turn,
    "hide": Phone.hide,
    "wait": Phone.wait,
    "update": Phone.update,
    "sign out": Phone.sign_out,
    "sign in": Phone.sign_in,
    "expire": Phone.expire,
    "jump": Phone.jump,
}


def _said(href: str, words: str) -> list[tuple[Place, str]]:
    """What a letter says, from how its line says it."""
    day = href.rpartition("/")[2]
    parts = [part.rpartition(": ") for part in words.split(" · ")]
    return [((day, ITEMS[name]), NULL.get(value, value)) for name, _, value in parts]
