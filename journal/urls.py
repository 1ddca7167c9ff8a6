"""How a day looks in a URL: 2026-11-23, and nothing else."""

from datetime import date

from werkzeug.routing import BaseConverter, ValidationError


class DayConverter(BaseConverter):
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()
