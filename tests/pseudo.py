"""A made-up language in which every marked sentence stands in brackets, so that others show."""

import re
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from journal.config import ROOT

LANGUAGE = "eo"
METHODS = [
    ("journal/instruments/*.json", "journal.instruments.wording:extract"),
    ("journal/**.py", "python"),
    ("templates/**.html", "jinja2"),
]
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "_l": None, "words": None, "lazy": None,
    "ngettext": (1, 2),
}  # fmt: skip
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}


def write_catalog(folder: Path) -> None:
    """Extract every marked sentence of the product and "translate" it into `folder`."""
    catalog = Catalog(locale=LANGUAGE, fuzzy=False)
    for where in ("journal", "templates"):
        found = extract_from_dir(ROOT / where, _below(where), _options(where), KEYWORDS)
        for _file, _line, message, _comments, context in found:
            catalog.add(message, _bracketed(message), context=context)
    target = folder / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)


def unmarked(html: str, data: set[str]) -> list[str]:
    """The texts of a page that nobody could translate; `data` is what people themselves wrote."""
    html = re.sub(r'(?s)<(\w+)[^>]*translate="no".*?</\1>', " ", html)
    html = re.sub(r"(?s)<(script|svg|code|option)\b.*?</\1>|<!--.*?-->", " ", html)
    said = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', html)
    # A sentence may have a link in it: brackets are closed before lines are told apart.
    texts = [*_left_over(re.sub(r"<[^>]*>", "\n", html)).split("\n"), *map(_left_over, said)]
    return [text.strip() for text in texts if _is_sentence(text, data)]


def _below(where: str) -> list[tuple[str, str]]:
    inside = f"{where}/"
    return [(p.removeprefix(inside), m) for p, m in METHODS if p.startswith(inside)]


def _options(where: str) -> dict[str, dict[str, str]]:
    return {pattern.removeprefix(f"{where}/"): value for pattern, value in OPTIONS.items()}


def _bracketed(message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(message, tuple):
        return tuple(f"⟦{one}⟧" for one in message)
    return f"⟦{message}⟧"


def _left_over(text: str) -> str:
    while "⟦" in text and (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    return text


def _is_sentence(text: str, data: set[str]) -> bool:
    locale = Locale(LANGUAGE)
    known = data | {
        name
        for names in (locale.months, locale.days)
        for forms in names.values()
        for form in forms.values()
        for name in form.values()
    }
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "")
    return re.search(r"[^\W\d_]{2,}", text) is not None
