"""The e-mail instead, for when no phone of hers shows our reminders."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from journal.db import unseal
from journal.mail.store import Mail, queue
from journal.reminders import wording


@dataclass(frozen=True)
class Letters:
    """Writes them; `secret` signs the link that stops them."""

    base_url: str
    secret: str

    def write(self, session: Session, row: Any, now: datetime, expires: datetime) -> None:
        """Have one sent to the person of this rule, unless it could not be until `expires`."""
        say = wording.in_language(row.locale)
        stop = f"{self.base_url}/mail/stop/{sign(self.secret, row.account_id)}"
        text = say(wording.LETTER) % {
            "today": f"{self.base_url}/today",
            "devices": f"{self.base_url}/devices",
            "stop": stop,
        }
        to = unseal(session, row.email, email_name(row.account_id))
        queue(session, Mail(to, say(wording.SUBJECT), text, stop=stop), now, expires)


def email_name(account_id: UUID) -> str:
    """The row that an e-mail address for reminders is sealed for."""
    return f"reminder_settings/{account_id}/email"


def sign(secret: str, account_id: UUID) -> str:
    """The last part of the address that stops somebody's e-mails."""
    return str(_signer(secret).dumps(account_id.hex))


def signed_by_us(secret: str, token: str) -> UUID | None:
    """Whose e-mails that address stops; None for one that we never wrote."""
    try:
        return UUID(_signer(secret).loads(token))
    except (BadSignature, ValueError):
        return None


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="mail-stop")
