"""Reckoning what every series of a clinic's patients did, one patient after the other.

Only what a patient shares with this clinic now is read: her numbers, from the day on from which
she shares them; what she noticed, where she shares side effects.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session

from journal.clock import diary_day
from journal.entries.models import Day
from journal.infusions.treated import NOTHING, Treated, of_clinic
from journal.insights.relief import Look, looks
from journal.insights.responders import by_then
from journal.insights.series import series_of
from journal.outcomes.measures import MEASURES, Measure
from journal.sharing.access import current
from journal.sharing.models import Clinic, Enrolment, Grant, Scope

NOTICED = "noticed"
KEPT = (
    "status", "series_start", "last_infusion", "infusions", "baseline", "baseline_set",
    "onset_date", "best_improvement_pct", "durability_days", "durability_upper_days", "loss_date",
    "diary_days", "diary_expected",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Reckoned:
    """The rows of one patient, for `series_outcomes` and for `noticed_months`."""

    series: Sequence[Row] = field(default_factory=list)
    noticed: Sequence[Row] = field(default_factory=list)


def reckoned(session: Session, clinic: Clinic, now: datetime) -> Iterator[Reckoned]:
    """Each patient whose consent to this clinic holds now."""
    treated, today = of_clinic(session, clinic.id), diary_day(now, clinic.zone)
    for grant in session.scalars(_consents(clinic.id, now)).all():
        given = treated.get(grant.patient_id, NOTHING)
        stamp = {"clinic_id": clinic.id, "patient_id": grant.patient_id, "reckoned_at": now}
        yield Reckoned(
            [row | stamp for row in _series(session, grant, given, today)],
            [row | stamp for row in _noticed(session, grant, today)],
        )


def _consents(clinic_id: UUID, now: datetime) -> Select[Grant]:
    return (
        select(Grant)
        .join(
            Enrolment,
            (Enrolment.clinic_id == Grant.clinic_id) & (Enrolment.patient_id == Grant.patient_id),
        )
        .where(Grant.clinic_id == clinic_id, current(now), Enrolment.until.is_(None))
    )


def _series(session: Session, grant: Grant, treated: Treated, today: date) -> Iterator[Row]:
    if not treated.days or Scope.NUMBERS not in grant.scopes:
        return
    found = session.execute(_shared(grant, Day.day, *(getattr(Day, m.item) for m in MEASURES)))
    days = found.all()
    for place, measure in enumerate(MEASURES, start=1):
        scores = {row[0]: row[place] for row in days if row[place] is not None}
        yield from series_rows(scores, treated, today, measure)


def series_rows(
    scores: Mapping[date, int | float], treated: Treated, today: date, measure: Measure
) -> Iterator[Row]:
    """What each series of one patient did, by one measure, without saying whose it is."""
    every = looks(
        scores,
        treated.days,
        today,
        threshold_pct=measure.threshold_pct,
        higher_is_better=measure.higher_is_better,
        baseline=treated.baselines.get(measure.name),
        new_series=treated.new_series,
    )
    given = series_of([day for day in treated.days if day <= today], treated.new_series)
    for number, (look, series) in enumerate(zip(every, given, strict=True)):
        yield {
            "measure": measure.name,
            "series": number,
            "next_start": look.course.next_start,
            "responded_after": _responded_after(look, series),
            "fading": look.fading,
            **{name: getattr(look.held, name) for name in KEPT},
        }


def _responded_after(look: Look, series: Sequence[date]) -> int | None:
    return by_then(date.fromordinal(look.better[0]), series) if look.better else None


def _noticed(session: Session, grant: Grant, today: date) -> Iterator[Row]:
    if Scope.SIDE_EFFECTS not in grant.scopes:
        return
    # Few days have it, and unpacking all the others would take longer than all the rest.
    asked = Day.more.is_not(None) & cast(Day.more, String).contains(f'"{NOTICED}"')
    found: dict[date, set[str]] = defaultdict(set)
    for day, more in session.execute(_shared(grant, Day.day, Day.more).where(asked)):
        said = more.get(NOTICED)
        if day <= today and isinstance(said, dict):
            found[day.replace(day=1)] |= {effect for effect, how_much in said.items() if how_much}
    for month, effects in found.items():
        yield {"month": month, "effects": sorted(effects)}


def _shared(grant: Grant, *columns: Any) -> Select[Any]:
    """The days that she shares with the clinic."""
    days = select(*columns).where(Day.account_id == grant.patient_id)
    return days.where(Day.day >= grant.first_day) if grant.first_day else days
