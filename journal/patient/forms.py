"""What may come in about her goal."""

from wtforms import StringField

from journal.forms import OurForm, at_most
from journal.texts import tidy

LONGEST_GOAL = 200


class GoalForm(OurForm):
    """Her goal; an empty one is none."""

    text = StringField(filters=[tidy], validators=[at_most(LONGEST_GOAL)])
