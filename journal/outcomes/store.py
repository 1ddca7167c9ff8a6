"""Keeping what was reckoned, and reading it: only of those whose consent holds as it did then."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from journal.clock import diary_day
from journal.db import Base
from journal.infusions.models import Decision, Infusion, Standing
from journal.outcomes.models import NoticedMonth, SeriesOutcome
from journal.outcomes.reckon import Reckoned, Row
from journal.sharing.access import Member, current
from journal.sharing.models import Clinic, Enrolment, Grant, Scope

WEEK = timedelta(days=7)
Kept = type[SeriesOutcome] | type[NoticedMonth]


def is_due(clinic: Clinic, now: datetime) -> bool:
    """Whether this clinic was not reckoned on its present diary day."""
    return clinic.reckoned_on is None or clinic.reckoned_on < diary_day(now, clinic.zone)


def done(session: Session, clinic: Clinic, now: datetime) -> None:
    """Remember the day, also where there was nothing to keep."""
    day = diary_day(now, clinic.zone)
    session.execute(update(Clinic).where(Clinic.id == clinic.id).values(reckoned_on=day))


def keep(session: Session, clinic: Clinic, found: Iterable[Reckoned]) -> int:
    """Replace everything that was kept of this clinic; says how many series that are."""
    # Two workers take turns; what the later one read is as good as what the first one kept.
    session.execute(select(Clinic.id).where(Clinic.id == clinic.id).with_for_update())
    patients = {
        *session.scalars(select(Enrolment.patient_id).where(Enrolment.clinic_id == clinic.id))
    }
    series, noticed = [], []
    for one in found:
        series += [row for row in one.series if row["patient_id"] in patients]
        noticed += [row for row in one.noticed if row["patient_id"] in patients]
    _replace(session, SeriesOutcome, clinic.id, series)
    _replace(session, NoticedMonth, clinic.id, noticed)
    return len(series)


def first_series(
    session: Session, member: Member, first: date, last: date, now: datetime
) -> Sequence[SeriesOutcome]:
    """The first series of each patient who began between these days, for each measure."""
    rows = session.execute(
        _shared(SeriesOutcome, member, now).where(
            SeriesOutcome.series == 0, SeriesOutcome.series_start.between(first, last)
        )
    )
    return [row[0] for row in rows if Scope.NUMBERS in row.scopes]


def fading(session: Session, member: Member, now: datetime) -> dict[UUID, date]:
    """Whose relief may be fading, for pain or for mood: the last infusion of each.

    Not what was decided about within a week: it is not to be asked about every morning.
    """
    decided = exists().where(
        Decision.clinic_id == SeriesOutcome.clinic_id,
        Decision.patient_id == SeriesOutcome.patient_id,
        Decision.last_infusion == SeriesOutcome.last_infusion,
        Decision.measure == SeriesOutcome.measure,
        Decision.decided_at > now - WEEK,
    )
    rows = session.execute(
        _shared(SeriesOutcome, member, now).where(SeriesOutcome.fading, ~decided)
    )
    return {row[0].patient_id: row[0].last_infusion for row in rows if Scope.NUMBERS in row.scopes}


def noticed(
    session: Session, member: Member, first: date, last: date, now: datetime
) -> dict[UUID, frozenset[str]]:
    """Which side effects each patient noticed at any time in these months; none is an answer."""
    rows = session.execute(
        _shared(NoticedMonth, member, now).where(NoticedMonth.month.between(first, last))
    )
    found: dict[UUID, frozenset[str]] = {}
    for month, scopes in rows:
        if Scope.SIDE_EFFECTS in scopes:
            known = found.get(month.patient_id, frozenset())
            found[month.patient_id] = known | {*month.effects}
    return found


def began(session: Session, member: Member) -> Sequence[date]:
    """When each patient had her first infusion here, by the clinic's own record."""
    first = func.min(Infusion.day)
    return session.scalars(
        select(first).where(*_given(member)).group_by(Infusion.patient_id).order_by(first)
    ).all()


def given(session: Session, member: Member, first: date, last: date) -> tuple[int, int]:
    """The clinic's own record, which needs no grant: how many patients got how many infusions."""
    row = session.execute(
        select(func.count(Infusion.patient_id.distinct()), func.count()).where(
            *_given(member), Infusion.day.between(first, last)
        )
    ).one()
    return row[0], row[1]


def reckoned_at(session: Session, member: Member) -> datetime | None:
    """When what is kept of this clinic was reckoned; None where nothing is."""
    return session.scalar(
        select(func.max(SeriesOutcome.reckoned_at)).where(
            SeriesOutcome.clinic_id == member.clinic.id
        )
    )


def _given(member: Member) -> Sequence[ColumnElement[bool]]:
    return (
        Infusion.clinic_id == member.clinic.id,
        Infusion.standing == Standing.GIVEN,
        Infusion.struck_at.is_(None),
    )


def _replace(session: Session, kept: Kept, clinic_id: UUID, rows: Sequence[Row]) -> None:
    session.execute(delete(kept).where(kept.clinic_id == clinic_id))
    if rows:
        session.execute(insert(Base.metadata.tables[kept.__tablename__]), rows)


def _shared(kept: Kept, member: Member, now: datetime) -> Select[Any, list[str]]:
    """Rows of patients whose consent holds now, and was not changed since they were reckoned."""
    rows: Any = kept
    return (
        select(rows, Grant.scopes)
        .join(
            Grant,
            and_(
                Grant.clinic_id == kept.clinic_id,
                Grant.patient_id == kept.patient_id,
                current(now),
                Grant.given_at <= kept.reckoned_at,
            ),
        )
        .join(
            Enrolment,
            and_(
                Enrolment.clinic_id == kept.clinic_id,
                Enrolment.patient_id == kept.patient_id,
                Enrolment.until.is_(None),
            ),
        )
        .where(kept.clinic_id == member.clinic.id)
    )
