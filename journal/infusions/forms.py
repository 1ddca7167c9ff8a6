"""What may come in about an infusion, parsed once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField, FloatField, IntegerField, TimeField
from wtforms.validators import InputRequired

from journal.errors import Invalid, words
from journal.forms import NEEDED, OurForm, lazy
from journal.texts import instant

MOST_MG, MOST_MINUTES = 1000, 600
USUAL_MG, USUAL_MINUTES, USUAL_AGE = (5, 200), (10, 300), timedelta(days=366)
OLDEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Given:
    """One infusion: when, how much (mg), for how long (minutes)."""

    at: datetime
    dose_mg: float
    minutes: int

    def check(self, now: datetime, born: date | None) -> None:
        """Raise Invalid for what cannot have been."""
        if self.at > now:
            raise Invalid(words("That is in the future. Record it when it was given."), field="day")
        if born and self.at.date() < born:
            raise Invalid(words("That is before this person was born."), field="day")
        if self.at.date() < OLDEST:
            raise Invalid(words("Check the year: that is too long ago."), field="day")
        if not 0 < self.dose_mg <= MOST_MG:
            raise Invalid(words("A dose is above 0 and at most 1000 mg."), field="dose_mg")
        if not 1 <= self.minutes <= MOST_MINUTES:
            raise Invalid(words("An infusion lasts between 1 and 600 minutes."), field="minutes")

    def doubts(self, now: datetime) -> list[str]:
        """Marked sentences about what is possible, but worth a second look."""
        asked = (
            (_within(self.dose_mg, USUAL_MG), words("Under 5 mg or over 200 mg is unusual.")),
            (
                _within(self.minutes, USUAL_MINUTES),
                words("Under 10 minutes or over 300 minutes is unusual."),
            ),
            (now - self.at <= USUAL_AGE, words("The day is more than a year ago.")),
        )
        return [doubt for usual, doubt in asked if not usual]


class Amount(FloatField):
    """A number as people type it, with a point or a comma."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([typed.replace(",", ".") for typed in valuelist])
        except ValueError as error:
            raise ValueError(lazy("Write the dose in digits, like 35 or 42.5.")) from error


class Whole(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(lazy("Write whole minutes in digits, like 40.")) from error


class InfusionForm(OurForm):
    """The short form at the desk; `sure` answers what was asked about unusual numbers."""

    day = DateField(validators=[InputRequired(NEEDED)])
    at = TimeField(validators=[InputRequired(NEEDED)])
    dose_mg = Amount(validators=[InputRequired(NEEDED)])
    minutes = Whole(validators=[InputRequired(NEEDED)])
    sure = BooleanField()

    def given(self, zone: str) -> Given:
        """What was typed, by the clock on the wall of the clinic.

        Raises Invalid at the ends of the calendar.
        """
        wall = datetime.combine(self.day.data or date.min, self.at.data or time.min, ZoneInfo(zone))
        try:
            return Given(wall.astimezone(UTC), self.dose_mg.data or 0.0, self.minutes.data or 0)
        except OverflowError as error:
            raise Invalid(words("That is not a valid time."), field="day") from error


def parse(body: object) -> Given:
    """Read a JSON body strictly. Raises Invalid naming the field."""
    fields = {"given_at", "dose_mg", "minutes"}
    if not isinstance(body, dict) or set(body) != fields:
        raise Invalid(words("This is not an infusion we understand."), code="malformed")
    return Given(
        _instant(body["given_at"]),
        float(_number(body, "dose_mg", int | float)),
        int(_number(body, "minutes", int)),
    )


def _instant(text: object) -> datetime:
    try:
        return instant(text)
    except ValueError as error:
        raise Invalid(words("That is not a valid time."), field="given_at") from error


def _number(body: dict[str, Any], name: str, kind: Any) -> float:
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, kind):
        raise Invalid(words("That is not a number."), field=name)
    # JSON has integers that no float holds.
    if not abs(value) <= MOST_MG:
        raise Invalid(words("That number is too large."), field=name)
    number: float = value
    return number


def _within(value: float, usual: tuple[int, int]) -> bool:
    low, high = usual
    return low <= value <= high
