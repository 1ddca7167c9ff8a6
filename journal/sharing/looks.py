"""Who looked, and what was done about a patient's record, in sentences for her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import format_date, format_time, gettext, to_user_timezone
from sqlalchemy.orm import Session

from journal.audit.models import AuditEvent
from journal.audit.store import about_patient
from journal.errors import words
from journal.sharing.access import PAGE_LOOK, PANEL_LOOK

SAID = {
    PAGE_LOOK: words("%(name)s looked at your journal %(when)s."),
    PANEL_LOOK: words("%(name)s saw you in the list of patients %(when)s."),
    "infusion.recorded": words("%(name)s wrote down an infusion %(when)s."),
    "infusion.planned": words("%(name)s planned an infusion %(when)s."),
    "infusion.changed": words("%(name)s changed what is written about an infusion %(when)s."),
    "course.changed": words("%(name)s changed what is written about your treatment %(when)s."),
    "infusion.struck": words("%(name)s took an infusion back %(when)s."),
    "decision.recorded": words("%(name)s wrote down a decision about your treatment %(when)s."),
    "recovery.made": words("%(name)s made a code to let you back in %(when)s."),
    "recovery.used": words("Someone came back in with a code or a link %(when)s."),
    "recovery.stopped": words("You stopped a code %(when)s."),
    "messages.stopped": words("%(name)s stopped all messages to you %(when)s."),
    "messages.resumed": words("%(name)s let messages to you go on %(when)s."),
    "patient.joined": words("You joined %(clinic)s %(when)s."),
    "grant.given": words("You let %(clinic)s see your journal %(when)s."),
    "grant.changed": words("You changed what %(clinic)s sees %(when)s."),
    "grant.withdrawn": words("You stopped sharing with %(clinic)s %(when)s."),
    "wish.kept": words("You wished %(clinic)s to see more, after an infusion, %(when)s."),
    "wish.dropped": words("You let a wish about %(clinic)s go %(when)s."),
}
LISTED = 100
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Look:
    """One thing that was done, when, as a sentence, and at which clinic."""

    at: datetime
    said: str
    clinic: str | None


def listed(session: Session, patient_id: UUID, now: datetime) -> Sequence[Look]:
    """The newest hundred, newest first."""
    events = about_patient(session, patient_id, SAID, LISTED)
    return [Look(event.at, _sentence(event, now), event.about.get("clinic")) for event in events]


def latest(session: Session, patient_id: UUID, now: datetime) -> str | None:
    """The last look by someone else: "Riverbend looked at your journal on Tuesday." """
    events = about_patient(session, patient_id, (PAGE_LOOK, PANEL_LOOK), 1)
    for event in events:
        said: str = gettext(
            "%(clinic)s looked at your journal %(when)s.",
            clinic=event.about["clinic"],
            when=_day(event.at, now),
        )
        return said
    return None


def _sentence(event: AuditEvent, now: datetime) -> str:
    said: str = gettext(
        SAID[event.action],
        name=event.about.get("name", gettext("Someone")),
        clinic=event.about.get("clinic", gettext("your clinic")),
        when=gettext(
            "%(day)s at %(time)s", day=_day(event.at, now), time=format_time(event.at, "short")
        ),
    )
    return said


def _day(at: datetime, now: datetime) -> str:
    day, today = to_user_timezone(at).date(), to_user_timezone(now).date()
    if day == today:
        said: str = gettext("today")
    elif day >= today - WEEK:
        said = gettext("on %(weekday)s", weekday=format_date(day, "EEEE"))
    else:
        said = gettext("on %(date)s", date=format_date(day, "long"))
    return said
