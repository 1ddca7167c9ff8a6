"""What reckoning reads of one patient's days: pain and mood, and when each was told."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from journal.entries.models import Day, How
from journal.entries.rows import DayRead
from journal.infusions.models import Infusion, Standing
from journal.sharing.access import Access
from journal.sharing.models import Scope

ITEMS = ("pain_avg", "mood")


def said(session: Session, access: Access, first: date, last: date) -> list[DayRead]:
    """Her days with one of the two, oldest first, as far as `access` reaches."""
    if not access.allows(Scope.NUMBERS):
        return []
    rows = session.execute(
        select(Day.day, Day.revision, Day.told, Day.pain_avg, Day.mood)
        .where(Day.account_id == access.patient_id)
        .where(Day.day.between(access.from_day(first), last))
        .order_by(Day.day)
    )
    return [
        DayRead(row.day, items, {name: How(row.told[name]["how"]) for name in items}, row.revision)
        for row in rows
        if (items := {name: row._mapping[name] for name in ITEMS if row._mapping[name] is not None})
    ]


def first_foreseen(session: Session, access: Access, today: date) -> date | None:
    """The day of her first infusion, while it is planned and none was given."""
    given, planned = Infusion.standing == Standing.GIVEN, Infusion.standing == Standing.PLANNED
    row = session.execute(
        select(
            func.count(case((given, Infusion.id))).label("given"),
            func.min(case((planned & (Infusion.day >= today), Infusion.day))).label("first"),
        )
        .where(Infusion.patient_id == access.patient_id, Infusion.struck_at.is_(None))
        .where(given | planned)
    ).one()
    return None if row.given else row.first
