"""What a push service remembers: who subscribed to what, and the messages that wait for them."""

from dataclasses import dataclass, field
from uuid import uuid4


@dataclass(frozen=True)
class Message:
    version: str
    body: bytes
    topic: str | None
    until: float


@dataclass
class Channel:
    """One subscription. Its token, at the end of its endpoint, is the permission to send."""

    id: str
    browser: str
    public_key: str
    token: str = field(default_factory=lambda: uuid4().hex)
    waiting: list[Message] = field(default_factory=list)

    def keep(self, message: Message) -> None:
        """A message on the same topic that has not arrived yet is replaced."""
        others = [old for old in self.waiting if not old.topic or old.topic != message.topic]
        self.waiting = [*others, message]

    def arrived(self, version: str) -> None:
        self.waiting = [message for message in self.waiting if message.version != version]


class Channels:
    """Every channel of every browser."""

    def __init__(self) -> None:
        self._browsers: set[str] = set()
        self._channels: dict[str, Channel] = {}

    def greet(self, browser: str | None) -> str:
        """The name of a browser: its own if it is known, else a new one."""
        name = browser if browser in self._browsers and browser else uuid4().hex
        self._browsers.add(name)
        return name

    def register(self, channel: Channel) -> None:
        self._channels[channel.token] = channel

    def unregister(self, browser: str, id: str) -> None:
        gone = [one.token for one in self.of(browser) if one.id == id]
        for token in gone:
            del self._channels[token]

    def at(self, token: str) -> Channel | None:
        return self._channels.get(token)

    def of(self, browser: str) -> list[Channel]:
        return [one for one in self._channels.values() if one.browser == browser]

    def clear(self) -> None:
        self._browsers.clear()
        self._channels.clear()
