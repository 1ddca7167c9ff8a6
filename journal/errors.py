"""What can go wrong, said to the person. HTTP is decided in web.py, once."""


def words(text: str) -> str:
    """Mark a sentence for the translators; web.py says it in the reader's language."""
    return text


class JournalError(Exception):
    """Base of ours. `message` is a marked sentence, `values` fill its %(names)s."""

    code = "error"

    def __init__(
        self, message: str, *, code: str | None = None, field: str | None = None, **values: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.values = values


class Invalid(JournalError):
    """What came in cannot be taken as it is."""

    code = "invalid"


class NotThere(JournalError):
    """There is no such thing, or this person may not know of it; the two look alike."""

    code = "not_there"

    def __init__(self, message: str = words("There is nothing here.")) -> None:
        super().__init__(message)


class SignInNeeded(JournalError):
    """Nobody is signed in, or the session has run out."""

    code = "sign_in"

    def __init__(self, message: str = words("Please sign in.")) -> None:
        super().__init__(message)


class SessionEnded(JournalError):
    """A person ended this session from somewhere else."""

    code = "session_ended"

    def __init__(
        self, message: str = words("This phone was signed out from somewhere else.")
    ) -> None:
        super().__init__(message)


class Refused(JournalError):
    """Known, and not allowed."""

    code = "refused"


class Conflict(JournalError):
    """It contradicts what is already there."""

    code = "conflict"


class TooMany(JournalError):
    """Too often; `wait` says for how many seconds."""

    code = "too_many"

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message, minutes=max(1, wait // 60))
        self.wait = wait
