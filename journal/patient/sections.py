"""What stands on a day's page beside the usual questions: the night, an infusion, what followed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.lists import format_list
from flask_babel import format_date, format_decimal, get_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.fold import Value
from journal.entries.goals import Wanted, goal_on
from journal.entries.nights import night_in_words, week_in_words
from journal.entries.store import more_between
from journal.infusions import treated
from journal.infusions.models import Infusion, Standing
from journal.infusions.preparing import checklist_of
from journal.instruments import diary, items_of
from journal.outcomes.wording import measure_name
from journal.patient.asks import (
    LOOKED,
    TREATED,
    WEEK,
    Asked,
    Known,
    asked_on,
    asks_long_term,
    infused_before,
)
from journal.sharing.access import Access, own
from journal.sharing.clinics import Line, emergency_in, lines_of, of_patient
from journal.sharing.grants import Shared, shared
from journal.sharing.models import Clinic, Scope

INFUSION = frozenset(item.id for item in items_of("infusion"))


@dataclass(frozen=True)
class Whom:
    """Whom she can call: her clinics, and the line that sends an ambulance, if one lists it."""

    clinics: Sequence[Clinic] = ()
    emergency: Line | None = None


@dataclass(frozen=True)
class Sections:
    """`asked` says which are due, and `long_term` what of "noticed" is asked for first; `since` is
    the infusion that what she noticed is asked about, `seen_by` who can see it; `night` and `week`
    are sentences, "" where there is none yet."""

    asked: Sequence[Asked] = ()
    long_term: bool = False
    has_infusion: bool = True
    is_infused: bool = False
    since: str = ""
    seen_by: str = ""
    checklist: Sequence[str] = ()
    goal: Wanted | None = None
    whom: Whom = Whom()
    night: str = ""
    week: str = ""
    relief: Mapping[str, str] = field(default_factory=dict)


def sections(
    session: Session,
    account: Account,
    day: date,
    values: Mapping[str, Value],
    now: datetime,
    *,
    gone_by: bool,
) -> Sections:
    """Those of one day of hers, on which `values` were said; nothing is due on one gone by."""
    access = own(account)
    goal, clinics = goal_on(session, access, day), shared(session, account.id, now)
    known = _known(session, access, day, day, goal)
    due = asked_on(day, known)
    has_infusion = "infusion" in due or not INFUSION.isdisjoint(values)
    return Sections(
        asked=() if gone_by else due,
        long_term=not gone_by and asks_long_term(day, known),
        has_infusion=has_infusion,
        is_infused=has_infusion and _is_past(session, access, day, now),
        since=_since(day, known) if "noticed" in due and not gone_by else "",
        seen_by=_seen_by(clinics),
        checklist=checklist_of(session, access) if has_infusion else (),
        goal=goal,
        whom=_reached([one.clinic for one in clinics]),
        night=night_in_words(values, day, account.zone),
        week=week_in_words(known.more, day, account.zone),
        relief=relief_in_words(values),
    )


def whom(session: Session, account: Account) -> Whom:
    """Whom she can call about what she noticed."""
    return _reached(of_patient(session, account.id))


def asks(session: Session, account: Account, days: Collection[date]) -> Mapping[str, object]:
    """What is asked on each of these days, for a phone that may have no network then."""
    access, first, last = own(account), min(days), max(days)
    goal = goal_on(session, access, last)
    known = _known(session, access, first, last, goal)
    asked = {day.isoformat(): asked_on(day, known) for day in days}
    infused = any("infusion" in one for one in asked.values())
    return {
        "asks": asked,
        "long_term": [day.isoformat() for day in days if asks_long_term(day, known)],
        "checklist": checklist_of(session, access) if infused else [],
        "goal": goal.text if goal else None,
    }


def relief_in_words(values: Mapping[str, Value]) -> Mapping[str, str]:
    """How pain and mood were before an infusion and two hours after: two numbers each, and
    nothing about why."""
    return {
        key: gettext(
            "%(what)s: %(before)s before, %(after)s two hours after.",
            what=measure_name(key),
            before=format_decimal(values[f"before_{key}"]),
            after=format_decimal(values[f"after_{key}"]),
        )
        for key in ("pain", "mood")
        if f"before_{key}" in values and f"after_{key}" in values
    }


def calls(values: Mapping[str, Any]) -> str:
    """What the strongest thing she noticed asks for: "emergency", "clinic" or "". One that is
    ticked is at least mild, though its strength is still to be said."""
    had = values.get("noticed") or {}
    found = [
        (one, _at_least_mild(had[one.id])) for one in diary()["noticed"].effects if one.id in had
    ]
    if any(effect.is_emergency(strength) for effect, strength in found):
        return "emergency"
    return "clinic" if any(effect.calls_clinic(strength) for effect, strength in found) else ""


def _reached(clinics: Sequence[Clinic]) -> Whom:
    lines = (emergency_in(lines_of([clinic])) for clinic in clinics)
    # The first clinic that lists one, as her phone has it without a network.
    return Whom(clinics, next((line for line in lines if line), None))


def _at_least_mild(strength: object) -> int:
    return strength if isinstance(strength, int) else 1


def _since(day: date, known: Known) -> str:
    """Since which infusion, in words; "" where there was none."""
    last = infused_before(day, known)
    if last is None:
        return ""
    on = format_date(last, "EEEE" if day - last < WEEK else gettext("EEEE d MMMM"))
    said: str = gettext("since your infusion on %(day)s", day=on)
    return said


def _seen_by(clinics: Sequence[Shared]) -> str:
    """Which of her clinics may see what she noticed; "" for none."""
    names = [
        one.clinic.name for one in clinics if one.grant and Scope.SIDE_EFFECTS in one.grant.scopes
    ]
    return format_list(names, locale=get_locale()) if names else ""


def _is_past(session: Session, access: Access, day: date, now: datetime) -> bool:
    """Whether the infusion of that day has begun, as far as its clinic has said."""
    begin = session.scalars(
        select(Infusion.given_at)
        .where(Infusion.patient_id == access.patient_id, Infusion.day == day)
        .where(Infusion.struck_at.is_(None))
        .where(Infusion.standing.in_((Standing.PLANNED, Standing.GIVEN)))
    ).all()
    return bool(begin) and max(begin) <= now


def _known(session: Session, access: Access, first: date, last: date, goal: Wanted | None) -> Known:
    return Known(
        treated.foreseen(session, access, first - TREATED, last),
        more_between(session, access, first - LOOKED, last),
        goal.since if goal else None,
    )
