"""The months that a clinic's figures are counted over.

Whole months only: two periods that differ by a few days would differ by a few people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_date, gettext
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from journal.forms import OurForm

USUAL, MOST = 12, 120


@dataclass(frozen=True)
class Period:
    """From the first day of a month to the last of another, or of the same."""

    first: date
    last: date


class PeriodForm(OurForm):
    """Two months out of those there are; without an answer, the last twelve."""

    class Meta:
        csrf = False  # it changes nothing

    first = SelectField(validate_choice=False)
    last = SelectField(validate_choice=False)

    def offer(self, today: date, began: date) -> "PeriodForm":
        """Let her choose among the months since the clinic began; the newest stands first."""
        months = list(_months(today, began))
        self.known = {_name(month) for month in months}
        choices = [SelectChoice(_name(month), format_date(month, "MMMM y")) for month in months]
        self.first.choices = self.last.choices = choices
        self.first.data = self.first.data or _name(months[:USUAL][-1])
        self.last.data = self.last.data or _name(months[0])
        return self

    def validate_first(self, field: SelectField) -> None:
        if field.data not in self.known:
            raise ValidationError(gettext("Choose one of the months in the list."))

    def validate_last(self, field: SelectField) -> None:
        self.validate_first(field)
        if field.data < self.first.data:
            raise ValidationError(gettext("This month lies before the first one."))

    def period(self) -> Period:
        return Period(_month(self.first.data), _last_day(_month(self.last.data)))


def _months(today: date, began: date) -> Iterator[date]:
    month, earliest = today.replace(day=1), min(began, today).replace(day=1)
    for _ in range(MOST):
        if month < earliest:
            return
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _name(month: date) -> str:
    return month.isoformat()[:7]


def _month(name: str) -> date:
    return date.fromisoformat(f"{name}-01")


def _last_day(month: date) -> date:
    later = month + timedelta(days=31)
    return later.replace(day=1) - timedelta(days=1)
