"""How long relief held in a group: a curve in which being treated again is an end of its own.

Aalen and Johansen's estimator. Clinics book the next infusion before relief has gone, and mostly
for those in whom it is going: to count them as if they had only left the study (Kaplan and Meier)
would make it look longer than it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

LEAST_FOR_A_MEDIAN = 10
MOST_TREATED_AGAIN = Fraction(1, 3)
HALF = Fraction(1, 2)


class End(StrEnum):
    """How someone's time in the curve ended. `SEEN_SO_FAR` is no end: nothing is known after."""

    LOST = "lost"
    TREATED_AGAIN = "treated_again"
    SEEN_SO_FAR = "seen_so_far"


@dataclass(frozen=True)
class Held:
    """For how many days after the last infusion someone is known to have been in the curve."""

    days: int
    end: End


@dataclass(frozen=True)
class Step:
    """How it stood at the end of a day; the three shares (0 to 1) add up to 1.

    `at_risk` is how many were still in the curve when the day began.
    """

    day: int
    at_risk: int
    holding: Fraction
    lost: Fraction
    treated_again: Fraction


class NoMedian(StrEnum):
    """Why no median is said."""

    TOO_FEW = "too_few"
    TREATED_AGAIN = "treated_again"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Curve:
    """Of `treated` people `relieved` had relief; `steps` are theirs, from day 0 on.

    `median` is the day by which half of them had lost it, or why there is none to say.
    """

    treated: int
    relieved: int
    steps: Sequence[Step]
    median: int | NoMedian


def held(
    last_infusion: date,
    *,
    onset: date | None,
    loss: date | None,
    holding_days: int | None,
    next_infusion: date | None,
    gap: bool,
) -> Held | None:
    """Where one series stands in the curve; None where there was no relief to lose.

    The arguments are those of a series (relief.Durability): lost is an event on the loss date,
    treated again one on the day of the next infusion. Whoever holds so far, and whoever stopped
    writing (`gap`), is known until the last holding day.
    """
    if onset is None:
        return None
    if loss is not None:
        return Held((loss - last_infusion).days, End.LOST)
    if next_infusion is not None and not gap:
        return Held((next_infusion - last_infusion).days, End.TREATED_AGAIN)
    return Held(holding_days or 0, End.SEEN_SO_FAR)


def curve(everybody: Iterable[Held | None]) -> Curve:
    """The curve of a group, one entry a person; None is someone who had no relief.

    On one day events come before those who are seen no further, as is the convention.
    """
    treated = list(everybody)
    relieved = [one for one in treated if one is not None]
    steps = _steps(relieved)
    return Curve(len(treated), len(relieved), steps, _median(relieved, steps))


def _steps(relieved: Sequence[Held]) -> list[Step]:
    if not relieved:
        return []
    now = Step(0, len(relieved), Fraction(1), Fraction(0), Fraction(0))
    steps = [now] if all(one.days for one in relieved) else []
    for day in sorted({one.days for one in relieved}):
        now = _after(now, day, relieved)
        steps.append(now)
    return steps


def _after(before: Step, day: int, relieved: Sequence[Held]) -> Step:
    at_risk = sum(one.days >= day for one in relieved)
    share = before.holding / at_risk
    lost = share * _count(relieved, day, End.LOST)
    again = share * _count(relieved, day, End.TREATED_AGAIN)
    return Step(
        day,
        at_risk,
        before.holding - lost - again,
        before.lost + lost,
        before.treated_again + again,
    )


def _count(relieved: Sequence[Held], day: int, end: End) -> int:
    return sum(one.days == day and one.end is end for one in relieved)


def _median(relieved: Sequence[Held], steps: Sequence[Step]) -> int | NoMedian:
    if len(relieved) < LEAST_FOR_A_MEDIAN:
        return NoMedian.TOO_FEW
    again = sum(one.end is End.TREATED_AGAIN for one in relieved)
    if Fraction(again, len(relieved)) > MOST_TREATED_AGAIN:
        return NoMedian.TREATED_AGAIN
    return next((step.day for step in steps if step.lost >= HALF), NoMedian.NOT_REACHED)
