"""What may be said of a small group: nothing from which a group under 5 can be reckoned.

A number that is left out is no secret where it is the difference of two that are not. So two
numbers about the same people may both be said only where they are equal or at least 5 apart.
Shares of a curve tell how many are still followed, and days tell of single people: both are said
in rough steps, of 5 % and of a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from journal.insights.exact import rounded
from journal.insights.survival import HALF, End, Held, Step

LEAST = 5
ROUGHLY = 5
WEEK = 7


@dataclass(frozen=True)
class Shown:
    """What may be drawn of a curve, each step at the end of a week; `split` says whether the two
    ends may be told apart."""

    steps: Sequence[Step]
    split: bool

    @property
    def half_lost_within(self) -> int | None:
        """The weeks by which half had lost it, as far as these steps tell it."""
        days = (step.day for step in self.steps if step.lost >= HALF)
        return next((day // WEEK for day in days), None)


def sayable(total: int, counts: Sequence[int]) -> list[int | None]:
    """Of these counts of the same `total` people those that may be said; None for the others.

    Each is 5 or more away from none of them, from all, and from every count said before it, or
    equal to one of these. Those that matter most come first.
    """
    return [None] * len(counts) if total < LEAST else apart(counts, [total])


def apart(counts: Sequence[int], said: Sequence[int] = ()) -> list[int | None]:
    """Those of these counts that are 0, or at least 5 and 5 away from every other one said or
    equal to it; None for the others. Those that matter most come first."""
    known, found = [0, *said], list[int | None]()
    for count in counts:
        fits = all(_far(count - other) for other in known)
        found.append(count if fits else None)
        known += [count] if fits else []
    return found


def roughly(share: Fraction) -> int:
    """A share (0 to 1) in percent, to the nearest 5."""
    return ROUGHLY * int(rounded(100 * share / ROUGHLY, 0))


def curve_shown(relieved: Sequence[Held], steps: Sequence[Step]) -> Shown:
    """How the curve stood at the ends of weeks between which 5 people or more came to an end, or
    none did.

    Weeks in between are left out, so that the line goes down by groups and not one by one. Where
    all in all fewer than 5 were treated again, that is not told apart from holding on.
    """
    again = sum(one.end is End.TREATED_AGAIN for one in relieved)
    split = _far(again)
    kinds = [[End.LOST], [End.TREATED_AGAIN]] if split else [[End.LOST]]
    before, shown = [0] * len(kinds), list[Step]()
    for step in _by_week(steps):
        now = [_until(relieved, step.day, ends) for ends in kinds]
        moved = [later - earlier for later, earlier in zip(now, before, strict=True)]
        if shown and not any(moved):
            continue
        if all(map(_far, moved)) and _far(len(relieved) - sum(now)):
            shown.append(step)
            before = now
    return Shown(shown if len(relieved) >= LEAST else [], split)


def _by_week(steps: Sequence[Step]) -> list[Step]:
    """How it stood at the end of each week in which something happened."""
    ends = sorted({-(-step.day // WEEK) * WEEK for step in steps})
    return [replace(_at(steps, end), day=end) for end in ends]


def _at(steps: Sequence[Step], day: int) -> Step:
    return list(takewhile(lambda step: step.day <= day, steps))[-1]


def _far(difference: int) -> bool:
    return difference == 0 or abs(difference) >= LEAST


def _until(relieved: Sequence[Held], day: int, ends: Sequence[End]) -> int:
    return sum(one.days <= day and one.end in ends for one in relieved)
