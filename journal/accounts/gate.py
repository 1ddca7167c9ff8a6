"""The gate: every route is closed unless it is marked @public."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user

from journal import clock
from journal.accounts import sign_ins
from journal.accounts.models import Account, Kind, Recovery, SignIn
from journal.accounts.recovery import pending
from journal.db import session
from journal.errors import NotThere, SessionEnded, SignInNeeded

View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "_user_id"  # noqa: S105 -- where Flask-Login keeps the id, which is our token


@dataclass(frozen=True, eq=False)
class Me:
    """Who is signed in. The names are Flask-Login's where it asks for them."""

    account: Account
    sign_in: SignIn
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.token

    @property
    def is_patient(self) -> bool:
        return self.account.kind == Kind.PATIENT

    @property
    def recovery(self) -> Recovery | None:
        """The way back in that someone at her clinic made, which she can stop."""
        return pending(session(), self.account.id, clock.now()) if self.is_patient else None

    @property
    def is_member(self) -> bool:
        return self.account.kind == Kind.MEMBER


def init_app(app: Flask) -> None:
    """Close every route of `app`."""
    manager = LoginManager(app)
    manager.session_protection = None  # a phone changes its address all day
    manager.user_loader(_load)
    app.before_request(_close)


def public(view: View) -> View:
    """Open a view to everybody."""
    view.public = True  # type: ignore[attr-defined]
    return view


def patients_only(blueprint: Blueprint) -> None:
    """For everybody else, the pages of this blueprint do not exist."""
    blueprint.before_request(_patients_only)


def me() -> Me:
    """Who is signed in. Raises SignInNeeded, or SessionEnded where a person ended it."""
    if current_user.is_authenticated:
        known: Me = current_user._get_current_object()
        return known
    if cookie.get(TOKEN):
        found = sign_ins.find(session(), cookie[TOKEN], clock.now())
        if found and found.ended:
            raise SessionEnded()
    raise SignInNeeded()


def me_or_nobody() -> Me | None:
    """Who is signed in, if anyone."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def as_nobody() -> None:
    """Go on as if nobody were signed in, where the database cannot say who is."""
    current_app.login_manager._update_request_context_with_user()  # type: ignore[attr-defined]


def enter(account: Account) -> Me:
    """Sign `account` in here, with a new session and a new cookie."""
    if before := me_or_nobody():
        sign_ins.end(session(), before.account.id, before.sign_in.id, clock.now())
    token, sign_in = sign_ins.begin(session(), account, request.user_agent.string, clock.now())
    cookie.clear()
    cookie.permanent = account.kind == Kind.PATIENT
    known = Me(account, sign_in, token)
    login_user(known)
    return known


def _load(token: str) -> Me | None:
    found = sign_ins.find(session(), token, clock.now())
    return Me(found.sign_in.account, found.sign_in, token) if found and found.valid else None


def _close() -> None:
    if _open():
        return
    known = me()
    if session().get_bind().get_execution_options()["writing"]:
        sign_ins.seen(known.sign_in, clock.now())


def _patients_only() -> None:
    if not _open() and not me().is_patient:
        raise NotThere()


def _open() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return view is None or getattr(view, "public", False)
