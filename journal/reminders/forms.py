"""What may come in about reminders, parsed once into frozen values."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from wtforms import BooleanField, DateField, SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional, Regexp

from journal.forms import NEEDED, OurForm, at_most, lazy
from journal.reminders.models import Asks, ReminderSettings, Rule
from journal.reminders.schedule import WEEKDAYS, Quiet
from journal.reminders.store import Wanted
from journal.texts import tidy

EVENING = time(20)
USUAL = {Asks.INFUSION: time(7, 30), Asks.MORNING: time(9)}
ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


def wall(missing: str) -> TimeField:
    """A time of day; `missing` is said where there is none."""
    return TimeField(
        validators=[InputRequired(missing)],
        invalid_value_message=lazy("Write a time like 20:00."),  # type: ignore[call-arg]
    )


class RuleForm(OurForm):
    """When to ask."""

    at = wall(lazy("Choose a time."))
    days = SelectMultipleField(
        coerce=int,
        choices=[
            SelectChoice("0", lazy("Monday")),
            SelectChoice("1", lazy("Tuesday")),
            SelectChoice("2", lazy("Wednesday")),
            SelectChoice("3", lazy("Thursday")),
            SelectChoice("4", lazy("Friday")),
            SelectChoice("5", lazy("Saturday")),
            SelectChoice("6", lazy("Sunday")),
        ],
        validators=[InputRequired(lazy("Choose at least one day."))],
        invalid_choice_message=lazy("Choose days of the week."),  # type: ignore[call-arg]
    )
    on = BooleanField()
    nudge = BooleanField()

    @classmethod
    def showing(cls, rule: Rule | None) -> "RuleForm":
        """As it is now; every evening at eight is offered to whoever has none."""
        if rule is None:
            return cls(formdata=None, data={"at": EVENING, "days": list(range(7)), "on": True})
        now = {"at": rule.at, "days": rule.days, "on": rule.on, "nudge": rule.nudge}
        return cls(formdata=None, data=now)

    def wanted(self) -> Wanted:
        at, days = self.at.data, self.days.data
        if at is None or days is None:
            raise AssertionError("a form that is not valid wants nothing")
        return Wanted(at, frozenset(days), self.on.data, self.nudge.data)


class AroundForm(OurForm):
    """Whether to ask around infusions, and when."""

    infusion_on = BooleanField()
    infusion_at = wall(lazy("Choose a time."))
    morning_on = BooleanField()
    morning_at = wall(lazy("Choose a time."))

    @classmethod
    def showing(cls, rules: Mapping[Asks, Rule | None]) -> "AroundForm":
        """As it is now; nothing is ticked for whoever chose nothing."""
        now: dict[str, Any] = {}
        for asks, usual in USUAL.items():
            rule = rules[asks]
            now[f"{asks}_on"] = rule.on if rule else False
            now[f"{asks}_at"] = rule.at if rule else usual
        return cls(formdata=None, data=now)

    def wanted(self, asks: Asks) -> Wanted:
        return Wanted(self[f"{asks}_at"].data, WEEKDAYS, self[f"{asks}_on"].data, nudge=False)


class PauseForm(OurForm):
    until = DateField(
        validators=[InputRequired(lazy("Choose a day."))],
        invalid_value_message=lazy("Choose a day."),  # type: ignore[call-arg]
    )


class QuietForm(OurForm):
    """Hours in which nothing is sent that she did not choose herself."""

    begins = wall(NEEDED)
    ends = wall(NEEDED)

    @classmethod
    def showing(cls, settings: ReminderSettings) -> "QuietForm":
        now = {"begins": settings.quiet_begins, "ends": settings.quiet_ends}
        return cls(formdata=None, data=now)

    def quiet(self) -> Quiet:
        begins, ends = self.begins.data, self.ends.data
        if begins is None or ends is None:
            raise AssertionError("a form that is not valid wants nothing")
        return Quiet(begins, ends)


class EmailForm(OurForm):
    """Where to write when no phone shows our reminders; empty for nowhere."""

    email = StringField(
        filters=[tidy],
        validators=[Optional(), at_most(254), Regexp(ADDRESS, message=lazy("Check the address."))],
    )


class ZoneForm(OurForm):
    zone = StringField(validators=[InputRequired(NEEDED), at_most(64)])
