"""What every HTML form of ours shares."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext
from flask_wtf import CSRFProtect, FlaskForm
from wtforms.validators import Length, Regexp

View = TypeVar("View", bound=Callable[..., Any])
OLDEST = date(1900, 1, 1)
csrf = CSRFProtect()


def needs_no_token(view: View) -> View:
    """Let others than our own pages send this: the view itself asks for another proof."""
    csrf.exempt(view)
    return view


TELEPHONE = r"^\+?[0-9(][0-9 ().-]{1,23}$"


def lazy(text: str) -> str:
    """A marked sentence that waits for its reader's language."""
    # WTForms takes whatever acts like a string; its types say str.
    return lazy_gettext(text)  # type: ignore[return-value]


NEEDED = lazy("This is needed.")


def at_most(longest: int) -> Length:
    return Length(max=longest, message=lazy("Use at most %(max)d characters."))


def telephone() -> Regexp:
    return Regexp(TELEPHONE, message=lazy("Write it in digits, like +1 555 010 0199."))


class OurForm(FlaskForm):  # type: ignore[misc]
    """Flask-WTF brings no types; from here on there are some."""
