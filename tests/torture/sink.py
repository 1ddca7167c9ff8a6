"""A push service that takes its time, and remembers all that was posted, in order."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from aiohttp import web

from tests.push.service import GONE, TAKEN, serving

MOMENTS = (0.0, 0.03)


@dataclass(frozen=True)
class Posted:
    """One post, taken or not."""

    topic: str
    body: bytes
    status: int


@dataclass
class Sink:
    """Posts by the name at the end of the endpoint. An answer takes from so many seconds to so
    many."""

    chance: Random
    takes: tuple[float, float] = MOMENTS
    origin: str = ""
    posts: defaultdict[str, list[Posted]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def has(self, count: int) -> bool:
        """Whether so many posts have arrived."""
        return self.count >= count

    async def take(self, request: web.Request) -> web.Response:
        return await self._answer(request, TAKEN)

    async def gone(self, request: web.Request) -> web.Response:
        return await self._answer(request, GONE)

    async def _answer(self, request: web.Request, status: int) -> web.Response:
        posted = Posted(request.headers["Topic"], await request.read(), status)
        # Counted before it is answered: the killed never hear of some that arrived.
        self.posts[request.match_info["name"]].append(posted)
        self.count += 1
        await asyncio.sleep(self.chance.uniform(*self.takes))
        return web.Response(status=status)


@contextmanager
def sinking(chance: Random) -> Iterator[Sink]:
    """One that listens."""
    sink = Sink(chance)
    app = web.Application()
    app.add_routes([web.post("/push/{name}", sink.take), web.post("/gone/{name}", sink.gone)])
    with serving(app) as sink.origin:
        yield sink
