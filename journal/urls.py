"""How a day looks in a URL: 2026-11-23, and nothing else."""

from datetime import date

from werkzeug.routing import BaseConverter, ValidationError


class DayConverter(BaseConverter):
    # What is no month and no day is no address either: not one that only knows other verbs.
    regex = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()
