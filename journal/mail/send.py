"""Handing an e-mail to the server that JOURNAL_SMTP_URL names."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from journal.config import LOOPBACK
from journal.mail.store import Mail

TIMEOUT = 20


def send(url: str, sender: str, mail_id: UUID, mail: Mail, now: datetime) -> None:
    """Send one e-mail. Raises OSError (smtplib's errors are some), or ValueError.

    Without encryption it goes to this machine itself and no further.
    """
    with _connected(urlsplit(url)) as server:
        server.send_message(_message(sender, mail_id, mail, now), to_addrs=[mail.to])


def _message(sender: str, mail_id: UUID, mail: Mail, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)  # refuses line breaks in headers
    message["From"] = sender
    message["To"] = _address(mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    # The same on every try: what goes out twice is told to be one.
    message["Message-ID"] = f"<{mail_id}@{sender.rpartition('@')[2].strip('> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.stop:
        message["List-Unsubscribe"] = f"<{mail.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    return message


def _address(text: str) -> Address:
    # In two parts, for "a,b@example.org" read as a whole would be two people.
    name, _, host = text.rpartition("@")
    return Address(username=name, domain=host)


@contextmanager
def _connected(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
        if secure
        else smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    ) as server:
        server.ehlo()
        if not secure and (host not in LOOPBACK or server.has_extn("starttls")):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
