"""In which language, and in whose time zone, a page speaks."""

from typing import Any

from flask import Flask, current_app, request
from flask_babel import Babel, get_locale, gettext

from journal.accounts.gate import me_or_nobody
from journal.config import ROOT
from journal.errors import words


class Patterns(dict[str, str | None]):
    """How dates are written, the same on every page; each language may write them its own way."""

    def __getitem__(self, key: str) -> str | None:
        pattern = super().__getitem__(key)
        return gettext(pattern) if pattern else None


PATTERNS = Patterns(
    {
        **Babel.default_date_formats,
        "date.medium": words("d MMM y"),
        "date.long": words("d MMMM y"),
        "date.full": words("EEEE d MMMM y"),
        "datetime.short": words("d MMM y, h:mm a"),
    }
)


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "journal" / "translations")
    Babel(app, date_formats=PATTERNS, locale_selector=_locale, timezone_selector=_zone)
    app.extensions["languages"] = ["en"]
    app.context_processor(_speak)


def _speak() -> dict[str, Any]:
    demo = current_app.extensions["config"].demo
    return {"locale": get_locale(), "me": me_or_nobody(), "demo": demo}


def _locale() -> str | None:
    known = me_or_nobody()
    if known:
        return known.account.locale
    return request.accept_languages.best_match(current_app.extensions["languages"])


def _zone() -> str | None:
    known = me_or_nobody()
    return known.account.zone if known else None
