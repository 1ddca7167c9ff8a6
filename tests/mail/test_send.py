"""An e-mail reaches a real server as it was meant."""

import smtplib
from datetime import UTC, datetime
from email import message_from_string
from uuid import UUID

import pytest

from journal.mail.send import send
from journal.mail.store import Mail
from tests.letterbox import REFUSED, Letterbox

SENDER = "Journal <journal@example.org>"
ID = UUID("00000000-0000-4000-8000-000000000001")
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
LINK = "https://journal.example.org/recover/" + "A" * 60


def deliver(url: str, to: str = "ana@example.org", subject: str = "Hello") -> None:
    send(url, SENDER, ID, Mail(to, subject, f"Grüße\n\n{LINK}\n"), NOW)


def test_it_arrives_whole(letterbox: Letterbox, smtp_url: str) -> None:
    deliver(smtp_url)

    message = message_from_string(letterbox.texts()[0])
    assert (message["From"], message["To"]) == (SENDER, "ana@example.org")
    text = message.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().replace("\r", "") == f"Grüße\n\n{LINK}\n"


def test_a_machine_says_that_it_is_one(letterbox: Letterbox, smtp_url: str) -> None:
    deliver(smtp_url)

    assert "Auto-Submitted: auto-generated" in letterbox.texts()[0]


def test_sent_twice_it_is_told_to_be_one(letterbox: Letterbox, smtp_url: str) -> None:
    deliver(smtp_url)
    deliver(smtp_url)

    first, second = [message_from_string(text) for text in letterbox.texts()]
    assert first["Message-ID"] == second["Message-ID"] == f"<{ID}@example.org>"


@pytest.mark.assures("B03")
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_break_makes_no_second_header(letterbox: Letterbox, smtp_url: str, end: str) -> None:
    with pytest.raises(ValueError, match="line"):
        deliver(smtp_url, subject=f"Hello{end}Bcc: eve@example.org")

    assert letterbox.envelopes == []


@pytest.mark.assures("B03")
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_an_address_with_a_line_break_is_none(
    letterbox: Letterbox, smtp_url: str, end: str
) -> None:
    with pytest.raises((ValueError, OSError)):
        deliver(smtp_url, to=f"ana@example.org{end}Bcc: eve@example.org")

    assert letterbox.envelopes == []


@pytest.mark.assures("B03")
def test_an_address_with_a_comma_is_one_person(letterbox: Letterbox, smtp_url: str) -> None:
    deliver(smtp_url, to="eve,ana@example.org")

    assert [len(envelope.rcpt_tos) for envelope in letterbox.envelopes] == [1]


def test_a_refused_address_is_an_error(smtp_url: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(smtp_url, to=REFUSED)


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        deliver("smtp://127.0.0.1:9")


def test_a_password_is_not_told_to_a_server_that_asks_for_none(
    letterbox: Letterbox, smtp_url: str
) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(smtp_url.replace("//", "//ana:secret@"))

    assert letterbox.envelopes == []
