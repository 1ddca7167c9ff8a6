"""The care team's side of the gate: who works at a clinic now."""

from flask import Blueprint, g

from journal.accounts.gate import me, me_or_nobody
from journal.db import session
from journal.errors import NotThere, Refused, words
from journal.sharing.access import Member, member_of


def members_only(blueprint: Blueprint) -> None:
    """For everybody else, the pages of this blueprint do not exist."""
    blueprint.before_request(_members_only)


def member() -> Member:
    """Who of the care team is asking; asked of the database once a request."""
    if "member" not in g:
        g.member = member_of(session(), me().account)
    known: Member = g.member
    return known


def administrator() -> Member:
    """The same, and she may change how the clinic works. Raises Refused."""
    if not member().is_administrator:
        raise Refused(words("Only an administrator of your clinic can do this."))
    return member()


def is_administrator() -> bool:
    """Whether to show her what only administrators can do."""
    known = me_or_nobody()
    if known is None or not known.is_member:
        return False
    try:
        return member().is_administrator
    except NotThere:
        return False


def _members_only() -> None:
    if not me().is_member:
        raise NotThere()
    member()
