"""A real mail server on this machine, and what arrived at it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

REFUSED = "refused@example.org"


class Letterbox:
    """Takes what comes, but for one address."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address == REFUSED:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    def texts(self) -> list[str]:
        """Each letter as it came over the wire."""
        return [_text(envelope) for envelope in self.envelopes]


@contextmanager
def serving(letterbox: Letterbox) -> Iterator[str]:
    """Run a mail server; its JOURNAL_SMTP_URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(letterbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def _text(envelope: Envelope) -> str:
    content = envelope.content
    return content.decode() if isinstance(content, bytes) else str(content)
