"""The e-mails that people get about their account; none of them says what a journal is for."""

from datetime import datetime
from uuid import UUID

from flask import current_app, url_for
from flask_babel import force_locale, format_date, format_time, gettext
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from journal.accounts import recovery
from journal.accounts.models import Account, Recovery
from journal.accounts.people import by_email
from journal.clock import zone_named
from journal.config import Config
from journal.mail.store import Mail, queue

TAKEN_FOR = recovery.OPEN_FOR


def sent_here() -> bool:
    """Whether this installation sends e-mail."""
    return _config().smtp_url is not None


def way_back_in(session: Session, email: str, now: datetime) -> None:
    """Send a link to an address that is someone's; for any other do the same work for nothing."""
    account = by_email(session, email)
    token = recovery.by_mail(session, account, now) if account else recovery.new_token()
    text = gettext(
        "Someone, we hope you, asked for a way back into Journal.\n\n%(link)s\n\n"
        "The link works once, for an hour. If it was not you, do nothing: nothing changes.",
        link=_link("accounts.new_password", token=token),
    )
    # A letter to nobody is written too, and thrown away before it is sent.
    expires = now + recovery.BY_MAIL if account else now
    queue(session, Mail(email, gettext("A way back in"), text), now, expires)


def code_made(session: Session, patient_id: UUID, now: datetime) -> None:
    """Tell her of the code that her clinic made, with a link to stop it."""
    made = recovery.pending(session, patient_id, now)
    if made is None or not sent_here():
        return
    patient = session.get_one(Account, patient_id)
    with force_locale(patient.locale):
        text = gettext(
            "Someone was given a code that lets them into your journal from %(when)s on.\n\n"
            "If you asked for it, there is nothing to do. If you did not, stop it here:\n\n"
            "%(link)s",
            when=said_there(made.starts_at, patient.zone),
            link=_link("accounts.stopping", signed=_signer().dumps(made.id.hex)),
        )
        queue(session, Mail(patient.email, gettext("A code was made"), text), now, made.expires_at)


def address_taken(session: Session, email: str, now: datetime) -> None:
    """Tell someone that a new journal was to begin with her address."""
    account = by_email(session, email)
    if account is None or not sent_here():
        return
    with force_locale(account.locale):
        text = gettext(
            "Someone tried to begin a new journal with this address. There is one already.\n\n"
            "If that was you, sign in instead:\n\n%(link)s\n\n"
            "If it was not you, there is nothing to do.",
            link=_link("accounts.sign_in"),
        )
        queue(session, Mail(account.email, gettext("Your journal"), text), now, now + TAKEN_FOR)


def stoppable(session: Session, signed: str) -> Recovery | None:
    """The code that the link of an e-mail stops."""
    try:
        return session.get(Recovery, UUID(hex=_signer().loads(signed)))
    except BadSignature:
        return None


def said_there(at: datetime, zone: str) -> str:
    """When that is for someone who is not signed in, by the clock on her wall."""
    wall = at.astimezone(zone_named(zone))
    said: str = gettext(
        "%(day)s at %(time)s",
        day=format_date(wall, gettext("EEEE d MMMM"), rebase=False),
        time=format_time(wall, "short", rebase=False),
    )
    return said


def _link(endpoint: str, **values: str) -> str:
    return _config().base_url + url_for(endpoint, **values, _external=False)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_config().secret_key, salt="stop a way back in")


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
