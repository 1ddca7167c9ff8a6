"""Series of infusions: which belong together."""

from collections.abc import Collection
from datetime import date

MOST_DAYS_APART = 10


def series_of(infusions: Collection[date], new_series: Collection[date] = ()) -> list[list[date]]:
    """The dates in series, oldest first, each date once.

    An infusion at most 10 days after the one before belongs to its series, unless a clinician
    marked it as the start of a new one (CLINICAL 3.4, 1).
    """
    found: list[list[date]] = []
    for day in sorted(set(infusions)):
        if found and day not in new_series and (day - found[-1][-1]).days <= MOST_DAYS_APART:
            found[-1].append(day)
        else:
            found.append([day])
    return found
