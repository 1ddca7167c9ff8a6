"""Handing encrypted messages to push services, over connections that are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from journal.errors import Invalid
from journal.push import endpoint
from journal.push.guard import GuardedResolver, GuardedSockets
from journal.push.messages import Encrypted

LIMIT = 10.0
LONGEST_WAIT = 24 * 3600.0
MOST_READ = 2048
SECONDS = re.compile(r"[0-9]{1,9}")
# What an operator need not see: anything that is no plain text, tags, and words as long as a key.
UNPLAIN = re.compile(r"<[^>]*>|[^ -~]+|[^ ]{40,}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` is None when nothing did; `cause` is for operators.

    `retry_after` is in seconds, as the push service wants it, up to a day.
    """

    status: int | None
    retry_after: float | None
    cause: str


class Post:
    """Posts messages, each within `limit` seconds, inside `async with`.

    It opens as many connections as there are calls at a time: how many that are is the caller's
    to say. Redirects, cookies and the environment's proxies are nothing to it. `also` are origins
    of push services that tests run; `resolver` says where names lead, and is not trusted.
    """

    def __init__(
        self,
        also: frozenset[str] = frozenset(),
        *,
        resolver: AbstractResolver | None = None,
        limit: float = LIMIT,
    ) -> None:
        self._also = also
        self._inner = resolver
        self._limit = limit

    async def __aenter__(self) -> Self:
        self._resolver = GuardedResolver(self._also, self._inner)
        self._session = ClientSession(
            connector=TCPConnector(
                resolver=self._resolver, socket_factory=GuardedSockets(self._also), limit=0
            ),
            timeout=ClientTimeout(total=self._limit),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            headers={"User-Agent": "Journal"},
        )
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def __call__(self, encrypted: Encrypted) -> Answer:
        """Post one message. Whatever happens to it is its answer; it raises nothing."""
        try:
            return await self._posted(encrypted)
        except Invalid:
            return Answer(None, None, "not a push service that we know")
        except TimeoutError:
            return Answer(None, None, f"no answer within {self._limit:g} seconds")
        except (ClientError, OSError, ValueError) as error:
            return Answer(None, None, type(error).__name__)

    async def _posted(self, encrypted: Encrypted) -> Answer:
        url = endpoint.check(encrypted.endpoint, also=self._also)
        async with self._session.post(
            URL(url, encoded=True),  # as the browser gave it
            data=encrypted.body,
            headers=encrypted.headers,
            allow_redirects=False,
        ) as answer:
            said = await _said(answer)
            cause = f"{answer.status} {said}".strip()
            return Answer(answer.status, _wait(answer.headers), cause)


async def _said(answer: ClientResponse) -> str:
    """The beginning of an answer, as one line that can be logged."""
    read = b""
    try:
        while len(read) < MOST_READ and (more := await answer.content.read(MOST_READ)):
            read += more
    except (TimeoutError, ClientError, OSError):
        return ""  # the status has been said
    plain = UNPLAIN.sub(" ", read[:MOST_READ].decode("ascii", "replace"))
    return " ".join(plain.split())[:200]


def _wait(headers: Mapping[str, str]) -> float | None:
    after = headers.get("Retry-After", "")
    if SECONDS.fullmatch(after):
        return min(float(after), LONGEST_WAIT)
    try:
        # By the clock of whoever says it.
        until, said = parsedate_to_datetime(after), parsedate_to_datetime(headers["Date"])
        return min(max((until - said).total_seconds(), 0.0), LONGEST_WAIT)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
