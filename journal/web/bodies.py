"""JSON bodies: here as a whole before anything waits for them, and never nested without end."""

from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider


class Json(DefaultJSONProvider):
    """Flask's own, except that it never runs out of stack."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def init_app(app: Flask) -> None:
    app.json = Json(app)
    app.before_request(_arrive)


def _arrive() -> None:
    # Whoever sends slowly must not hold the database's one turn to write meanwhile. A form is
    # here by now too: its token was looked for.
    if request.is_json:
        request.get_data()
