"""A process that encrypts and posts what it is handed: in threads, one would wait for another."""

import asyncio
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from uuid import UUID

from journal.processes import STOPS
from journal.push.endpoint import Address
from journal.push.messages import Encrypted, Encrypter, Message, payload
from journal.push.notice import Notice
from journal.push.post import Answer, Post
from journal.push.vapid import Keys

# Answers that come within so many seconds are told together: telling costs more than waiting.
TOGETHER = 0.01


@dataclass(frozen=True, slots=True)
class Job:
    """What to post, where, and for how many seconds it is of use."""

    delivery_id: UUID
    notice: Notice
    to: Address
    ttl: int


@dataclass(frozen=True, slots=True)
class Unsendable:
    """A message that could not be encrypted; it stops no other."""

    cause: str


Said = Answer | Unsendable


def work(pipe: Connection, keys: Keys, contact: str, also: frozenset[str]) -> None:
    """Post what comes through the pipe until there is nobody at its other end."""
    # Ctrl-C, a closed terminal and an init system tell everybody at once; whoever started us
    # still needs us for what is in hand, and lets us go after that.
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    asyncio.run(_post_all(pipe, Encrypter(keys, contact), also))


async def _post_all(pipe: Connection, encrypter: Encrypter, also: frozenset[str]) -> None:
    async with Post(also) as post:
        try:
            await Poster(pipe, encrypter, post).run()
        except* (EOFError, ConnectionError):
            pass  # what is in hand then is sent again by whoever claims it next


class Poster:
    """Works on all that it has at once: whoever hands it says how much that is."""

    def __init__(self, pipe: Connection, encrypter: Encrypter, post: Post) -> None:
        self._pipe, self._encrypter, self._post = pipe, encrypter, post
        self._done: list[tuple[UUID, Said]] = []

    async def run(self) -> None:
        """Say that it is ready, and work until the pipe ends, which raises."""
        loop = asyncio.get_running_loop()
        end = loop.create_future()
        async with asyncio.TaskGroup() as posts:
            loop.add_reader(self._pipe.fileno(), self._read, posts, end)
            self._tell()
            await end

    def _read(self, posts: asyncio.TaskGroup, end: asyncio.Future[None]) -> None:
        try:
            jobs = self._pipe.recv()
        except (EOFError, ConnectionError) as error:
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
            end.set_exception(error)
            return
        for job in jobs:
            posts.create_task(self._do(job))

    async def _do(self, job: Job) -> None:
        sealed = self._encrypted(job)
        said = sealed if isinstance(sealed, Unsendable) else await self._post(sealed)
        if not self._done:
            asyncio.get_running_loop().call_later(TOGETHER, self._tell)
        self._done.append((job.delivery_id, said))

    def _encrypted(self, job: Job) -> Encrypted | Unsendable:
        try:
            return self._encrypter.encrypt(_message(job))
        except ValueError as error:
            return Unsendable(str(error) or type(error).__name__)

    def _tell(self) -> None:
        done, self._done = self._done, []
        with suppress(ConnectionError):  # reading says so too
            self._pipe.send(done)


def _message(job: Job) -> Message:
    notice, to = job.notice, job.to
    words = payload(
        job.delivery_id,
        notice.title,
        notice.body,
        notice.navigate,
        notice.tag,
        notice.lang,
        later=notice.later,
    )
    return Message(to.endpoint, to.p256dh, to.auth, words, job.ttl, notice.tag)
