"""What may come in when a clinic invites or changes, and when a patient joins or consents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from flask_babel import format_date, gettext
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Optional,
    Regexp,
    ValidationError,
)

from journal.clock import zone_names
from journal.forms import NEEDED, OLDEST, OurForm, at_most, lazy, telephone
from journal.sharing.clinics import Line, Settings
from journal.sharing.grants import Consent
from journal.sharing.models import Grant, Scope
from journal.texts import tidy

MOST_LINES = 12
BLANK_LINES = 2
THREE_MONTHS, A_YEAR = timedelta(days=91), timedelta(days=365)


class InvitationForm(OurForm):
    label = StringField(filters=[tidy], validators=[DataRequired(NEEDED), at_most(80)])
    number = StringField(filters=[tidy], validators=[at_most(40)])


class ConsentForm(OurForm):
    """What a clinic may read. Nothing is ticked for her."""

    numbers = BooleanField()
    notes = BooleanField()
    medicines = BooleanField()
    side_effects = BooleanField()
    until = RadioField(
        default="open",
        choices=[
            SelectChoice("open", lazy("Until I stop it")),
            SelectChoice("3-months", lazy("For 3 months")),
            SelectChoice("1-year", lazy("For a year")),
        ],
    )

    def consent(self, first_day: date | None, now: datetime) -> Consent:
        """What was ticked, as consent to days from `first_day` on."""
        given = frozenset(scope for scope in Scope if self[scope].data)
        return Consent(given, first_day, self._expires_at(now))

    def _expires_at(self, now: datetime) -> datetime | None:
        lengths = {"3-months": THREE_MONTHS, "1-year": A_YEAR}
        length = lengths.get(self.until.data)
        return now + length if length else None


class GrantForm(ConsentForm):
    """The same from someone who has a journal: she says from which day on, too."""

    first = RadioField(
        default="today",
        choices=[
            SelectChoice("today", lazy("From today on")),
            SelectChoice("all", lazy("Every day so far, and from now on")),
        ],
    )

    def __init__(self, before: Grant | None = None) -> None:
        super().__init__(data=_as_before(before))
        self._before = before
        if before and before.first_day:
            day = format_date(before.first_day, "long")
            _offer_kept(self.first, gettext("From %(day)s on, as now", day=day))
        if before and before.expires_at:
            day = format_date(before.expires_at, "long")
            _offer_kept(self.until, gettext("Until %(day)s, as now", day=day))

    def chosen(self, today: date, now: datetime) -> Consent:
        """The consent she chose; `today` is her diary day."""
        kept = self._before.first_day if self._before else None
        first = {"today": today, "all": None, "kept": kept}[self.first.data]
        return self.consent(first, now)

    def _expires_at(self, now: datetime) -> datetime | None:
        if self.until.data == "kept" and self._before:
            return self._before.expires_at
        return super()._expires_at(now)


def _offer_kept(field: RadioField, label: str) -> None:
    field.choices = [SelectChoice("kept", label), *cast("list[Any]", field.choices)]


def _as_before(grant: Grant | None) -> dict[str, Any]:
    if grant is None:
        return {}
    return {
        **{scope: scope in grant.scopes for scope in Scope},
        "first": "kept" if grant.first_day else "all",
        "until": "kept" if grant.expires_at else "open",
    }


@dataclass(frozen=True)
class Newcomer:
    """Who she says she is, and how she may be reached."""

    name: str
    email: str
    password: str
    zone: str
    telephone: str | None
    may_leave_message: bool
    emergency: str | None
    born: date | None


class JoinForm(ConsentForm):
    name = StringField(filters=[tidy], validators=[DataRequired(NEEDED), at_most(200)])
    email = EmailField(
        filters=[tidy],
        validators=[
            DataRequired(NEEDED),
            at_most(254),
            Regexp(
                r"^[^@\s]+@[^@\s]+$", message=lazy("An e-mail address looks like ana@example.org.")
            ),
        ],
    )
    password = PasswordField(validators=[InputRequired(NEEDED)])
    zone = SelectField()
    telephone = TelField(filters=[tidy], validators=[Optional(), telephone()])
    may_leave_message = BooleanField()
    emergency = StringField(filters=[tidy], validators=[at_most(200)])
    born = DateField(validators=[Optional()])

    def __init__(self, zone: str, today: date) -> None:
        super().__init__(data={"zone": zone})
        self._today = today
        self.zone.choices = list(zones())

    def validate_born(self, field: Field) -> None:
        if field.data and not OLDEST <= field.data <= self._today:
            raise ValidationError(lazy("Check the date: it is still to come, or too long ago."))

    def newcomer(self) -> Newcomer:
        """Who is joining, once everything is valid."""
        return Newcomer(
            name=self.name.data or "",
            email=self.email.data or "",
            password=self.password.data or "",
            zone=self.zone.data,
            telephone=self.telephone.data or None,
            may_leave_message=bool(self.telephone.data and self.may_leave_message.data),
            emergency=self.emergency.data or None,
            born=self.born.data,
        )


class LineForm(Form):
    """One crisis line; a row left empty is no line."""

    label = StringField(filters=[tidy], validators=[at_most(80)])
    call = TelField(filters=[tidy], validators=[Optional(), telephone()])
    text_to = TelField(filters=[tidy], validators=[Optional(), telephone()])
    text_body = StringField(filters=[tidy], validators=[at_most(40)])
    note = StringField(filters=[tidy], validators=[at_most(120)])

    def validate_label(self, field: Field) -> None:
        if not field.data and any(self.data.values()):
            raise ValidationError(lazy("Say whose number this is."))
        if field.data and not (self.call.data or self.text_to.data):
            raise ValidationError(lazy("Give a number to call or to text."))


class Lines(FieldList):  # type: ignore[type-arg] # generic in its types only
    """Rows by number; WTForms' own reading of the numbers stumbles over "²"."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        sent = {tuple(name.split("-")[:2]) for name in formdata}
        return (number for number in range(MOST_LINES) if (prefix, str(number)) in sent)


class SettingsForm(OurForm):
    name = StringField(filters=[tidy], validators=[DataRequired(NEEDED), at_most(120)])
    telephone = TelField(filters=[tidy], validators=[Optional(), telephone()])
    hours = TextAreaField(filters=[tidy], validators=[at_most(300)])
    lines = Lines(FormField(LineForm), max_entries=MOST_LINES)

    @classmethod
    def showing(cls, now: Settings) -> "SettingsForm":
        """The form as it is shown; one that was sent holds what was sent and nothing else."""
        rows = [*now.lines, *[Line("")] * BLANK_LINES][:MOST_LINES]
        return cls(data={**vars(now), "lines": [vars(row) for row in rows]})

    def validate_lines(self, field: Field) -> None:
        if not any(row["label"] for row in field.data):
            raise ValidationError(lazy("Your patients need at least one line to call in a crisis."))

    def settings(self) -> Settings:
        """What is to be from now on."""
        return Settings(
            name=self.name.data or "",
            telephone=self.telephone.data or None,
            hours=self.hours.data or None,
            lines=tuple(Line(**row) for row in self.lines.data if row["label"]),
        )


@lru_cache
def zones() -> Sequence[SelectChoice]:
    """Zone names a phone may say or a person may look for, by part of the world."""
    names = sorted(name for name in zone_names() if "/" in name)
    placed = [(name, *name.split("/", 1)) for name in names if not name.startswith("Etc/")]
    return [
        *(
            SelectChoice(name, place.replace("_", " "), optgroup=region)
            for name, region, place in placed
        ),
        SelectChoice("UTC"),
    ]
