"""What every HTML form of ours shares."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import CSRFProtect, FlaskForm
from wtforms.validators import Length, Regexp

OLDEST = date(1900, 1, 1)
# It stands here so that a view can say that it needs no token, because it has another proof.
csrf = CSRFProtect()
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
