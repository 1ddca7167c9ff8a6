"""Turning what went wrong into answers: pages for people, JSON for programs."""

import logging
from http import HTTPStatus

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from journal.accounts.gate import as_nobody
from journal.errors import JournalError, SessionEnded, SignInNeeded, TooMany, words
from journal.problems import problem, sentence, status_of
from journal.web.headers import cross_site

log = logging.getLogger("journal")

SAID = {
    400: words("That could not be understood. Go back and try once more."),
    404: words("There is nothing here."),
    405: words("That cannot be done here."),
    413: words("That is too much to send at once. Go back: what you typed is still there."),
    415: words("That could not be understood. Go back and try once more."),
    500: words("Something on our side went wrong. It is written down for the people who mend it."),
    503: words(
        "Your journal could not be reached just now. Nothing was half saved. "
        "Wait a minute, go back and send it again: what you typed is still there."
    ),
}
SECRET = frozenset({"csrf_token", "password", "old_password"})


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(JournalError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    """Whether a program is asking: it sent or wants JSON, or used a verb that no form can send."""
    if request.is_json or request.method in ("PUT", "DELETE") or request.path == "/csrf":
        return True
    return str(request.accept_mimetypes) == "application/json"


def _ours(error: JournalError) -> ResponseReturnValue:
    status = status_of(error)
    headers = {"Retry-After": str(error.wait)} if isinstance(error, TooMany) else {}
    if wants_json():
        return problem(error), status, headers
    if isinstance(error, SignInNeeded | SessionEnded):
        return _to_sign_in(error)
    return _page(status, sentence(error)), status, headers


def _to_sign_in(error: JournalError) -> ResponseReturnValue:
    # Only a page can be come back to; what a form wanted to do has to be done again.
    there = request.full_path.rstrip("?") if request.method == "GET" else None
    ended = "1" if isinstance(error, SessionEnded) else None
    return redirect(url_for("accounts.sign_in", next=there, ended=ended))


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    said = gettext("This page was open for a long time. Nothing you typed is lost.")
    if wants_json():
        return {"code": "csrf", "message": said, "field": None}, 400
    # Offering to send again what another site made up would be doing its work for it.
    kept = [] if cross_site() else [(k, v) for k, v in request.form.items(True) if k not in SECRET]
    return render_template("again.html", said=said, kept=kept), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return error
    said = gettext(SAID.get(status, SAID[400]))
    if isinstance(error, SecurityError):
        # Called by a name that is not ours: a page could link to nothing.
        return Response(str(said), status, mimetype="text/plain")
    if wants_json():
        return {
            "code": HTTPStatus(status).phrase.lower().replace(" ", "_"),
            "message": said,
        }, status
    return _page(status, said), status


def _database(error: DBAPIError) -> ResponseReturnValue:
    # Asking who is signed in would ask the database again.
    as_nobody()
    log.error("database", extra={"fault": type(error.orig).__name__})
    said = gettext(SAID[503])
    if wants_json():
        return {"code": "unavailable", "message": said}, 503, {"Retry-After": "5"}
    return _page(503, said), 503, {"Retry-After": "5"}


def _unforeseen(error: Exception) -> ResponseReturnValue:
    log.error("fault", exc_info=error)
    said = gettext(SAID[500])
    return ({"code": "fault", "message": said} if wants_json() else _page(500, said)), 500


def _page(status: int, said: str) -> str | Response:
    try:
        return render_template("error.html", status=status, said=said)
    except Exception as error:
        # What is raised here would reach the server, which writes down paths.
        log.error("fault in the page about a fault", exc_info=error)
        return Response(said, mimetype="text/plain")
