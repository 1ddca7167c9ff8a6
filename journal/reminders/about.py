"""What there is to ask about, what was said of it, and who rests: yes or no, for many at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.entries.models import Day
from journal.infusions.days import MOST_QUIET_HOURS, USUAL_QUIET_HOURS
from journal.infusions.models import LONGEST, Infusion, InfusionDay, Standing
from journal.reminders.models import Asks

# Who is asked for what (one of Asks), about which diary day.
Asked = tuple[UUID, str, date]
ONE = timedelta(days=1)
# What answers each of the other questions; what she only saw to is sealed, and answers none.
SAYS = {
    Asks.INFUSION: frozenset({"before_pain", "before_mood"}),
    Asks.MORNING: frozenset({"noticed"}),
}
# The day of the infusion that each asks about, and whether it has to be over.
NEEDS: Mapping[Asks, Callable[[date], tuple[date, bool]]] = {
    Asks.INFUSION: lambda day: (day, False),
    Asks.MORNING: lambda day: (day - ONE, True),
}


@dataclass(frozen=True)
class About:
    """Of what is asked: what was said already, what there is a reason to ask, and until when
    those rest who have just had an infusion."""

    logged: frozenset[Asked]
    founded: frozenset[Asked]
    rests: Mapping[UUID, datetime]


def lately(now: datetime) -> date:
    """The first day on which an infusion could have been that somebody still rests from."""
    return (now - LONGEST - timedelta(hours=MOST_QUIET_HOURS)).date() - ONE


def about(
    session: Session, asked: Collection[Asked], treated: Collection[UUID], now: datetime
) -> About:
    """All of it; `treated` are those who had an infusion lately. Mostly that is one statement."""
    return About(
        logged=_logged(session, asked) if asked else frozenset(),
        founded=_founded(session, asked),
        rests=_rests(session, treated, now) if treated else {},
    )


def _logged(session: Session, asked: Collection[Asked]) -> frozenset[Asked]:
    days = [day for _, _, day in asked]
    found = session.execute(
        select(Day.account_id, Day.day, Day.answered, Day.more)
        .where(Day.account_id.in_({account for account, _, _ in asked}))
        .where(Day.day.between(min(days), max(days)))
    )
    said = {
        (row.account_id, kind, row.day)
        for row in found
        for kind in Asks
        if (row.answered if kind is Asks.DAY else SAYS[kind] & set(row.more or ()))
    }
    return frozenset(asked) & said


def _founded(session: Session, asked: Collection[Asked]) -> frozenset[Asked]:
    """The diary needs no reason; the rest asks about an infusion."""
    around = [one for one in asked if one[1] != Asks.DAY]
    infusions = _infusions(session, around) if around else frozenset()
    return frozenset(
        (account, kind, day)
        for account, kind, day in asked
        if kind == Asks.DAY or (account, *NEEDS[Asks(kind)](day)) in infusions
    )


def _infusions(session: Session, around: Collection[Asked]) -> frozenset[tuple[UUID, date, bool]]:
    """(account, day, is it over) of what was planned or given about then."""
    days = [day for _, _, day in around]
    found = session.execute(
        select(Infusion.patient_id, Infusion.day, Infusion.standing)
        .where(Infusion.patient_id.in_({account for account, _, _ in around}))
        .where(Infusion.day.between(min(days) - ONE, max(days)))
        .where(Infusion.struck_at.is_(None))
        .where(Infusion.standing.in_((Standing.PLANNED, Standing.GIVEN)))
    ).all()
    seen = {(row.patient_id, row.day, False) for row in found}
    over = {(row.patient_id, row.day, True) for row in found if row.standing == Standing.GIVEN}
    return frozenset(seen | over)


def _rests(session: Session, accounts: Collection[UUID], now: datetime) -> Mapping[UUID, datetime]:
    found = session.execute(
        select(Infusion.patient_id, Infusion.given_at, Infusion.minutes, InfusionDay.quiet_hours)
        .outerjoin(InfusionDay, InfusionDay.clinic_id == Infusion.clinic_id)
        .where(Infusion.patient_id.in_(accounts), Infusion.day >= lately(now))
        .where(Infusion.standing == Standing.GIVEN, Infusion.struck_at.is_(None))
        .where(Infusion.given_at <= now)
    )
    ends: dict[UUID, datetime] = {}
    for row in found:
        hours = USUAL_QUIET_HOURS if row.quiet_hours is None else row.quiet_hours
        end = row.given_at + timedelta(hours=hours, minutes=row.minutes or 0)
        if end > max(now, ends.get(row.patient_id, now)):
            ends[row.patient_id] = end
    return ends
