"""In which language, and in whose time zone, a page speaks."""

from typing import Any

from flask import Flask, request
from flask_babel import Babel, get_locale

from journal.accounts.gate import me_or_nobody
from journal.config import ROOT


def init_app(app: Flask) -> None:
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(ROOT / "journal" / "translations"))
    babel = Babel(app, locale_selector=_locale, timezone_selector=_zone)

    @app.context_processor
    def speak() -> dict[str, Any]:
        return {"locale": get_locale(), "me": me_or_nobody()}

    def _known() -> list[str]:
        return [str(locale) for locale in babel.list_translations()]

    app.extensions["languages"] = _known


def _locale() -> str | None:
    known = me_or_nobody()
    return known.account.locale if known else request.accept_languages.best_match(["en"])


def _zone() -> str | None:
    known = me_or_nobody()
    return known.account.zone if known else None
