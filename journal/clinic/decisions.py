"""The prompt for a conversation when relief may be fading, and what is kept of the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask_babel import format_decimal, gettext
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from journal.errors import Invalid, words
from journal.forms import NEEDED, OurForm, at_most, lazy
from journal.infusions.decisions import Decided, Made, decided
from journal.outcomes.held import Held
from journal.sharing.access import Access, Enrolled, Member
from journal.sharing.models import Scope
from journal.texts import tidy

MEASURES = {"pain": lazy("Pain"), "mood": lazy("Mood")}
BECAME = {
    "book": lazy("Book the next infusion"),
    "wait": lazy("Wait and look again"),
    "adjust": lazy("Change something about the treatment"),
    "not ketamine": lazy("Something other than ketamine"),
}
KNOWN = (
    "status",
    "durability_days",
    "low_days",
    "baseline",
    "best_improvement_pct",
    "diary_days",
    "diary_expected",
)


def _choices(said: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in said.items()]


class DecisionForm(OurForm):
    """What was decided, about which of the two, and why."""

    decision = HiddenField()
    measure = RadioField(choices=_choices(MEASURES), validators=[InputRequired(NEEDED)])
    became = RadioField(choices=_choices(BECAME), validators=[InputRequired(NEEDED)])
    why = TextAreaField(filters=[tidy], validators=[DataRequired(NEEDED), at_most(1000)])

    @classmethod
    def about(cls, fading: Sequence[Held], typed: "DecisionForm | None") -> "DecisionForm | None":
        """What was typed, or an empty one; about nothing else than what may be fading."""
        names = [held.measure.name for held in fading]
        if typed is None and not names:
            return None
        form = typed or cls(formdata=None, data={"decision": uuid4(), "measure": names[0]})
        form.measure.choices = _choices({name: MEASURES[name] for name in names})
        return form

    def id(self) -> UUID:
        """The one that this page was given, so that two clicks are one decision.

        Raises Invalid.
        """
        try:
            return UUID(self.decision.data or "")
        except ValueError as error:
            raise Invalid(words("This is not a decision we understand.")) from error

    def made(self, standing: Mapping[str, Sequence[Held]], today: date) -> Made:
        """The decision, with what is known today. Raises Invalid where nothing is fading."""
        series = standing.get(self.measure.data)
        if not series:
            raise Invalid(words("No infusion is recorded that this could be about."))
        held = series[-1]
        if not held.fading:
            raise Invalid(words("By the days told until now, relief is not fading there."))
        return Made(
            self.measure.data,
            held.did.last_infusion,
            self.became.data,
            self.why.data or "",
            {
                **{name: asdict(held.did)[name] for name in KNOWN},
                "day": (today - held.did.last_infusion).days,
                "fading": held.fading,
            },
        )


def in_words(
    session: Session, member: Member, patient: Enrolled, access: Access | None = None
) -> list[dict[str, object]]:
    """What this clinic decided about one of its patients, newest first: its own record, but for
    what was known of her diary, which `access` has to reach."""
    zone = ZoneInfo(member.clinic.zone)
    return [
        {
            "day": one.at.astimezone(zone).date(),
            "by": one.by,
            "measure": one.made.measure,
            "became": choice_in_words(one.made.became),
            "why": one.made.why,
            "known": known_in_words(one, access) if access else "",
        }
        for one in decided(session, member, patient)
    ]


def choice_in_words(became: str) -> str:
    """What a decision was, as its form says it."""
    return str(BECAME[became])


def known_in_words(decided: Decided, access: Access) -> str:
    """What was known that day; "" where that is not shared now."""
    made = decided.made
    if not access.allows(Scope.NUMBERS) or access.from_day(made.last_infusion) > made.last_infusion:
        return ""
    known = made.known
    said = gettext(
        "Known then: day %(day)s, %(days)s of %(of)s days told",
        day=known["day"],
        days=known["diary_days"],
        of=known["diary_expected"],
    )
    if known["durability_days"] is None or known["best_improvement_pct"] is None:
        return said
    held = gettext(
        "held until day %(held)s, best week %(best)s %% better, %(low)s low days",
        held=known["durability_days"],
        best=format_decimal(known["best_improvement_pct"]),
        low=known["low_days"] or 0,
    )
    return f"{said}, {held}"
