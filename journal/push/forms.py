"""What may come in about devices, parsed once into frozen values."""

from dataclasses import dataclass
from typing import Any, Literal

from journal.errors import Invalid, words
from journal.push import endpoint
from journal.push.messages import check_keys

Event = Literal["shown", "later"]


@dataclass(frozen=True)
class Subscription:
    """Where a browser wants its notifications, and the keys that only it can open."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def parse(cls, body: object, also: frozenset[str], at: str | None = None) -> "Subscription":
        """Read what PushSubscription.toJSON() gives. Raises Invalid naming the field.

        `at` is the field in which it came, if it did not come alone.
        """
        fields = _named(body, {"endpoint", "keys"}, {"expirationTime"}, at)
        keys = _named(fields["keys"], {"p256dh", "auth"}, at="keys")
        p256dh, auth = _text(keys, "p256dh"), _text(keys, "auth")
        check_keys(p256dh, auth)
        return cls(endpoint.check(_text(fields, "endpoint"), also=also), p256dh, auth)


def parse_endpoint(body: object) -> str:
    """The endpoint of {"endpoint": ...}, which may be one that we never knew."""
    return _text(_named(body, {"endpoint"}), "endpoint")


def parse_renewal(body: object, also: frozenset[str]) -> tuple[str, Subscription]:
    """{"old": endpoint, "new": subscription}."""
    fields = _named(body, {"old", "new"})
    return _text(fields, "old"), Subscription.parse(fields["new"], also, "new")


def parse_event(body: object) -> Event:
    """{"event": "shown"} or {"event": "later"}."""
    match _named(body, {"event"})["event"]:
        case "shown":
            return "shown"
        case "later":
            return "later"
    raise Invalid(words("There is no event of that name."), field="event")


def _named(
    body: object, needed: set[str], allowed: set[str] | None = None, at: str | None = None
) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise Invalid(words("This is not a device we understand."), code="malformed", field=at)
    if unknown := sorted(set(body) - needed - (allowed or set())):
        raise Invalid(words("There is no field of that name."), field=str(unknown[0])[:64])
    if missing := sorted(needed - set(body)):
        raise Invalid(words("A field is missing."), field=missing[0])
    return body


def _text(fields: dict[str, Any], name: str) -> str:
    if not isinstance(fields[name], str):
        raise Invalid(words("That is not a text."), field=name)
    value: str = fields[name]
    return value
