"""What may be said of a small group: nothing from which a group under 5 can be reckoned.

A number that is left out is no secret where it is the difference of two that are not. So two
numbers about the same people may both be said only where they are equal or at least 5 apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journal.insights.survival import End, Held, Step

LEAST = 5


@dataclass(frozen=True)
class Shown:
    """What may be drawn of a curve; `split` says whether the two ends may be told apart."""

    steps: Sequence[Step]
    split: bool


def sayable(total: int, counts: Sequence[int]) -> list[int | None]:
    """Of these counts of the same `total` people those that may be said; None for the others.

    Each is 5 or more away from none of them, from all, and from every count said before it, or
    equal to one of these. Those that matter most come first.
    """
    if total < LEAST:
        return [None] * len(counts)
    known, said = [0, total], list[int | None]()
    for count in counts:
        fits = all(_far(count - other) for other in known)
        said.append(count if fits else None)
        known += [count] if fits else []
    return said


def curve_shown(relieved: Sequence[Held], steps: Sequence[Step]) -> Shown:
    """The steps of a curve between which 5 people or more came to an end, or none did.

    Steps in between are left out, so that the line goes down by groups and not one by one. Where
    all in all fewer than 5 were treated again, that is not told apart from holding on.
    """
    again = sum(one.end is End.TREATED_AGAIN for one in relieved)
    split = _far(again)
    kinds = [[End.LOST], [End.TREATED_AGAIN]] if split else [[End.LOST]]
    before, shown = [0] * len(kinds), list[Step]()
    for step in steps:
        now = [_until(relieved, step.day, ends) for ends in kinds]
        moved = [later - earlier for later, earlier in zip(now, before, strict=True)]
        if shown and not any(moved):
            continue
        if all(map(_far, moved)) and _far(len(relieved) - sum(now)):
            shown.append(step)
            before = now
    return Shown(shown if len(relieved) >= LEAST else [], split)


def _far(difference: int) -> bool:
    return difference == 0 or abs(difference) >= LEAST


def _until(relieved: Sequence[Held], day: int, ends: Sequence[End]) -> int:
    return sum(one.days <= day and one.end in ends for one in relieved)
