"""Handing an e-mail to the server that JOURNAL_SMTP_URL names."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from journal.mail.store import Mail

TIMEOUT = 20


def send(url: str, sender: str, mail: Mail) -> None:
    """Send one e-mail. Raises OSError (smtplib's errors are some)."""
    message = EmailMessage(policy=SMTP)  # refuses line breaks in headers
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    with _connect(url) as server:
        server.send_message(message)


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    server = (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT)
        if secure
        else smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    )
    if not secure and server.ehlo()[0] and server.has_extn("starttls"):
        server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
