"""How far apart series lie, and whether they come closer and closer."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from journal.insights.series import series_of

SHORTER = 3


def intervals(
    infusions: Collection[date], today: date, new_series: Collection[date] = ()
) -> list[int]:
    """Days from the last infusion of a series to the first of the next, oldest first.

    A booster is a series of one. Infusions after `today` are ignored.
    """
    every = series_of([day for day in infusions if day <= today], new_series)
    return [(later[0] - earlier[-1]).days for earlier, later in pairwise(every)]


def shortening(infusions: Collection[date], today: date, new_series: Collection[date] = ()) -> bool:
    """Whether each of the last three intervals was shorter than the one before it.

    So it takes four intervals, between five series. The rule is this project's own; three in a
    row are asked for because two would come by chance to one in six, three to one in 24.
    """
    last = intervals(infusions, today, new_series)[-SHORTER - 1 :]
    return len(last) == SHORTER + 1 and all(later < earlier for earlier, later in pairwise(last))
