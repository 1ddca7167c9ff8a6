"""What may come in when someone signs in, gets back in, or changes her account."""

from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from journal.accounts.people import Reach
from journal.clock import zone_names
from journal.forms import NEEDED, OLDEST, OurForm, at_most, lazy, telephone
from journal.texts import tidy

LONGEST_EMAIL = 254
# What is longer than a password may be is told so by passwords.check, in kinder words.
LONGEST_TYPED = 1000


class SignInForm(OurForm):
    email = StringField(validators=[InputRequired(NEEDED), at_most(LONGEST_EMAIL)])
    password = PasswordField(validators=[InputRequired(NEEDED), at_most(LONGEST_TYPED)])


class RecoverForm(OurForm):
    email = StringField(validators=[InputRequired(NEEDED), at_most(LONGEST_EMAIL)])


class CodeForm(OurForm):
    code = StringField(validators=[InputRequired(NEEDED), at_most(100)])


class NewPasswordForm(OurForm):
    password = PasswordField(validators=[InputRequired(NEEDED), at_most(LONGEST_TYPED)])


class PasswordForm(OurForm):
    old_password = PasswordField(validators=[InputRequired(NEEDED), at_most(LONGEST_TYPED)])
    password = PasswordField(validators=[InputRequired(NEEDED), at_most(LONGEST_TYPED)])


class DetailsForm(OurForm):
    """Name, zone, and how one may be reached."""

    name = StringField(filters=[tidy], validators=[DataRequired(NEEDED), at_most(200)])
    zone = SelectField(choices=[SelectChoice(zone, zone) for zone in sorted(zone_names())])
    telephone = StringField(filters=[tidy], validators=[Optional(), telephone()])
    may_leave_message = BooleanField()
    emergency = StringField(filters=[tidy], validators=[Optional(), at_most(200)])
    born = DateField(validators=[Optional()])

    def __init__(self, today: date, **known: Any) -> None:
        super().__init__(**known)
        self._today = today

    def validate_born(self, field: Field) -> None:
        if field.data and not OLDEST <= field.data <= self._today:
            raise ValidationError(lazy("Check the date: it is still to come, or too long ago."))

    def reach(self) -> Reach:
        """How she wants to be reached."""
        return Reach(
            telephone=self.telephone.data or None,
            may_leave_message=bool(self.telephone.data and self.may_leave_message.data),
            emergency=self.emergency.data or None,
            born=self.born.data,
        )
