"""What a reminder says. It lands on lock screens and in letterboxes: no word of health in it."""

from collections.abc import Callable
from functools import cache

from babel.support import Translations

from journal.config import ROOT
from journal.errors import words

TITLE = "Journal"
ASK = words("A minute for your day?")
TEST = words("This is a test. It works.")
IN_AN_HOUR = words("In an hour")
SUBJECT = words("A minute for your day?")
LETTER = words(
    "You asked to be reminded at this time, and your phone does not show our reminders just now."
    "\n\nYour day is here:\n%(today)s"
    "\n\nWhat to do about the phone:\n%(devices)s"
    "\n\nNo more of these e-mails:\n%(stop)s\n"
)


@cache
def in_language(locale: str) -> Callable[[str], str]:
    """Says marked sentences in that language, where no page is being answered."""
    return Translations.load(ROOT / "journal" / "translations", [locale]).gettext
