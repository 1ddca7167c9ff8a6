"""What a notification says, before it is meant for one device."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Words for a lock screen. Two of one `tag` are never on it at once.

    `navigate` is the absolute address that a tap opens; `later` names the button that puts it off.
    """

    title: str
    body: str
    navigate: str
    tag: str
    lang: str
    later: str | None = None
