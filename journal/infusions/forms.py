"""What may come in about a course, and about a clinic's infusion days."""

from datetime import date
from typing import Any

from wtforms import (
    DateField,
    DecimalField,
    Field,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from journal.errors import Invalid, words
from journal.forms import NEEDED, OLDEST, OurForm, at_most, lazy
from journal.infusions.courses import Beside, Told, read, written
from journal.infusions.days import MOST_QUIET_HOURS, Wanted
from journal.sharing.forms import BLANK_LINES, MOST_LINES, Lines
from journal.texts import tidy

MOST_TO_SEE_TO, LONGEST_SENTENCE = 12, 120
TOP = 10.0
PLANS = {"induction": ("infusions", "weeks"), "maintenance": ("days",), "as needed": ()}


class Amount(DecimalField):
    """A number as people type it, with a point or a comma."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([typed.replace(",", ".") for typed in valuelist])
        except ValueError as error:
            raise ValueError(lazy("Write it in digits, like 35 or 42.5.")) from error


class Whole(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(lazy("Write a whole number in digits, like 40.")) from error


def _between(low: int, high: int) -> NumberRange:
    return NumberRange(low, high, lazy("It is between %(min)s and %(max)s here."))


class BesideForm(Form):
    """One other treatment; a row left empty is none."""

    name = StringField(filters=[tidy], validators=[at_most(200)])
    since = DateField(validators=[Optional()])
    until = DateField(validators=[Optional()])

    def validate_name(self, field: Field) -> None:
        if not field.data and (self.since.data or self.until.data):
            raise ValidationError(lazy("Say which treatment this is."))

    def validate_until(self, field: Field) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(lazy("It cannot end before it began."))


class CourseForm(OurForm):
    """Mood is asked for as the diary asks, where high is good."""

    was = HiddenField()
    diagnosis = StringField(filters=[tidy], validators=[at_most(500)])
    beside = Lines(FormField(BesideForm), max_entries=MOST_LINES)
    plan = RadioField(
        choices=[
            SelectChoice("", lazy("Not decided yet")),
            SelectChoice("induction", lazy("A series to begin with")),
            SelectChoice("maintenance", lazy("One every so many days")),
            SelectChoice("as needed", lazy("As needed")),
        ],
        default="",
    )
    infusions = Whole(validators=[Optional(), _between(1, 60)])
    weeks = Whole(validators=[Optional(), _between(1, 52)])
    days = Whole(validators=[Optional(), _between(1, 365)])
    consent_on = DateField(validators=[Optional()])
    pain_baseline = Amount(validators=[Optional(), _between(0, 10)])
    mood_baseline = Amount(validators=[Optional(), _between(0, 10)])

    def __init__(self, told: Told, today: date) -> None:
        super().__init__(data=_shown(told))
        self._today = today

    def validate_plan(self, field: Field) -> None:
        if any(self[name].data is None for name in PLANS.get(field.data, ())):
            raise ValidationError(lazy("Write the numbers of this plan below."))

    def validate_consent_on(self, field: Field) -> None:
        if field.data and not OLDEST <= field.data <= self._today:
            raise ValidationError(lazy("Check the date: it is still to come, or too long ago."))

    def shown(self) -> Told:
        """What the page had shown. Raises Invalid for one that was tampered with."""
        try:
            return read(self.was.data or "")
        except ValueError as error:
            raise Invalid(words("Open this page again."), field="page") from error

    def told(self) -> Told:
        """What is to be from now on, once everything is valid."""
        pain, mood = (_number(field.data) for field in (self.pain_baseline, self.mood_baseline))
        return Told(
            self.diagnosis.data or None,
            tuple(Beside(**row) for row in self.beside.data if row["name"]),
            self._plan(),
            self.consent_on.data,
            pain,
            None if mood is None else round(TOP - mood, 2),
        )

    def _plan(self) -> dict[str, Any]:
        kind = self.plan.data
        return {"kind": kind} | {name: self[name].data for name in PLANS[kind]} if kind else {}


class InfusionDayForm(OurForm):
    checklist = TextAreaField(filters=[tidy])
    quiet_hours = Whole(validators=[InputRequired(NEEDED), _between(0, MOST_QUIET_HOURS)])

    @classmethod
    def showing(cls, now: Wanted) -> "InfusionDayForm":
        """The form as it is shown, whatever was sent; the page has another form too."""
        return cls(
            formdata=None,
            data={"checklist": "\n".join(now.checklist), "quiet_hours": now.quiet_hours},
        )

    def validate_checklist(self, field: Field) -> None:
        lines = self._lines()
        if len(lines) > MOST_TO_SEE_TO or any(len(one) > LONGEST_SENTENCE for one in lines):
            raise ValidationError(lazy("Use at most 12 lines of at most 120 characters."))

    def wanted(self) -> Wanted:
        """What is to be from now on."""
        return Wanted(tuple(self._lines()), self.quiet_hours.data or 0)

    def _lines(self) -> list[str]:
        """Each sentence once, in its order."""
        lines = (tidy(line) for line in (self.checklist.data or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))


def _number(typed: Any) -> float | None:
    return None if typed is None else round(float(typed), 2)


def _shown(told: Told) -> dict[str, Any]:
    mood = told.mood_baseline
    rows = [*told.beside, *[Beside("")] * BLANK_LINES][:MOST_LINES]
    return {
        **vars(told),
        "was": written(told),
        **{name: told.plan.get(name) for name in ("infusions", "weeks", "days")},
        "plan": told.plan.get("kind", ""),
        "beside": [vars(row) for row in rows],
        "mood_baseline": None if mood is None else round(TOP - mood, 2),
    }
