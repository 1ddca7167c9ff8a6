"""What may come in about an infusion, parsed once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField, FloatField, IntegerField, TimeField
from wtforms.validators import InputRequired

from journal.errors import Invalid, words
from journal.forms import NEEDED, OurForm
from journal.texts import instant

MOST_MG, MOST_MINUTES = 1000, 600
USUAL_MG, USUAL_MINUTES = (5.0, 200.0), (10, 300)


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
        if not 0 < self.dose_mg <= MOST_MG:
            raise Invalid(words("A dose is above 0 and at most 1000 mg."), field="dose_mg")
        if not 1 <= self.minutes <= MOST_MINUTES:
            raise Invalid(words("An infusion lasts between 1 and 600 minutes."), field="minutes")

    @property
    def unusual(self) -> bool:
        """Possible, but worth asking about."""
        low, high = USUAL_MG
        shortest, longest = USUAL_MINUTES
        return not low <= self.dose_mg <= high or not shortest <= self.minutes <= longest


class InfusionForm(OurForm):
    """The short form at the desk; `sure` answers the question about unusual numbers."""

    day = DateField(validators=[InputRequired(NEEDED)])
    at = TimeField(validators=[InputRequired(NEEDED)])
    dose_mg = FloatField(validators=[InputRequired(NEEDED)])
    minutes = IntegerField(validators=[InputRequired(NEEDED)])
    sure = BooleanField()

    def given(self, zone: str) -> Given:
        """What was typed, by the clock on the wall of the clinic."""
        wall = datetime.combine(self.day.data or date.min, self.at.data or time.min, ZoneInfo(zone))
        return Given(wall.astimezone(UTC), self.dose_mg.data or 0.0, self.minutes.data or 0)


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
    number: float = value
    return number
