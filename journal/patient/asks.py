"""What a day asks for beyond the usual questions, and when. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from journal.entries.fold import Value

Asked = Literal["infusion", "noticed", "goal"]

ONE, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
# How long it is asked about an infusion, and again a week later, until she answers.
UNTIL_SAID = timedelta(days=3)
# After a year without an infusion, nothing is asked about them any more.
TREATED = timedelta(days=365)
# How far answers are looked for.
LOOKED = timedelta(days=60)
LASTS = 7


@dataclass(frozen=True)
class Known:
    """What is known of someone: the days of her infusions, planned ones too; what she said beside
    the usual questions, by day; and since when she has a goal."""

    infusions: Collection[date]
    more: Mapping[date, Mapping[str, Value]]
    goal_since: date | None = None


def asked_on(day: date, known: Known) -> list[Asked]:
    """What is asked on that day; what she answers on it changes nothing about it."""
    due: dict[Asked, bool] = {
        "infusion": day in known.infusions,
        "noticed": _noticed(day, known),
        "goal": _goal(day, known),
    }
    return [part for part, is_due in due.items() if is_due]


def asks_long_term(day: date, known: Known) -> bool:
    """Whether what can come of a long treatment is asked for first: only by the month. The rest
    stays one tap away, because {} always says "nothing on the whole list"."""
    last = infused_before(day, known)
    return last is not None and _noticed(day, known) and not _is_soon(day - last)


def infused_before(day: date, known: Known) -> date | None:
    """The last infusion that what she notices on `day` may be told about."""
    last = max((one for one in known.infusions if one < day), default=None)
    return last if last and day - last <= TREATED else None


def _is_soon(after: timedelta) -> bool:
    return any(first <= after < first + UNTIL_SAID for first in (ONE, WEEK))


def _noticed(day: date, known: Known) -> bool:
    """The mornings after an infusion and a week after the last one, each until she answers; and
    for a week of each month in which nobody asked."""
    last = infused_before(day, known)
    if last is None:
        return False
    said = max(last, _answered("noticed", day, known) or last)
    for first in (last + ONE, last + WEEK):
        if first <= day < first + UNTIL_SAID:
            return said < first
    quiet = day - said
    return quiet >= MONTH and quiet.days % MONTH.days < LASTS


def _goal(day: date, known: Known) -> bool:
    """A week after it was last answered, or set."""
    if known.goal_since is None or known.goal_since > day:
        return False
    since = max(known.goal_since, _answered("goal_met", day, known) or known.goal_since)
    return day - since >= WEEK


def _answered(item: str, before: date, known: Known) -> date | None:
    return max(
        (day for day, said in known.more.items() if item in said and day < before), default=None
    )
