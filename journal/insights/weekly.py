"""Weekly means, the best and the worst of them, and this week beside the one before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from journal.insights.weeks import WEEK, mean_of

ONE = timedelta(days=1)


@dataclass(frozen=True)
class WeekMean:
    """The days `first` to `last`, both in it, and what they say.

    `mean` is exact, in the unit of the values, and None with fewer than 4 of them (CLINICAL 6);
    `days` is how many there are. `after` is the infusion that the week is counted from.
    """

    first: date
    last: date
    after: date | None
    mean: Fraction | None
    days: int


@dataclass(frozen=True)
class TwoWeeks:
    """Two exact means in the unit of the values; `difference` is this week's less last week's."""

    this: Fraction
    last: Fraction

    @property
    def difference(self) -> Fraction:
        return self.this - self.last


def weekly(
    scores: Mapping[date, int | float], infusions: Collection[date], first: date, last: date
) -> list[WeekMean]:
    """The weeks between these days, oldest first.

    After an infusion weeks are counted from the day after it, and the next infusion ends one
    early; before the first infusion, and without any, they are those of the calendar, from Monday
    on. Values on infusion days are left out, as everywhere (CLINICAL 3.4, 2). A week in which 4
    days do not fit has no mean, and neither has one that `first` or `last` cuts so short.
    """
    given = {*infusions}
    return [
        _week(scores, begin, end, after)
        for begin, end, after in _spans(sorted(given), first, last)
        if begin <= end
    ]


def best_and_worst(
    weeks: Sequence[WeekMean], *, higher_is_better: bool = False
) -> tuple[WeekMean, WeekMean] | None:
    """The best and the worst week; of equal ones the later. None without a mean."""
    said = [week for week in reversed(weeks) if week.mean is not None]
    if not said:
        return None
    lowest = min(said, key=lambda week: week.mean or Fraction(0))
    highest = max(said, key=lambda week: week.mean or Fraction(0))
    return (highest, lowest) if higher_is_better else (lowest, highest)


def this_week_against_last(
    scores: Mapping[date, int | float], infusions: Collection[date], today: date
) -> TwoWeeks | None:
    """The last 7 days, today among them, beside the 7 before.

    None where an infusion was given on any of the 14 (a difference would be one across it), and
    where either week has fewer than 4 values.
    """
    fortnight = [today - n * ONE for n in range(2 * WEEK)]
    if not {*infusions}.isdisjoint(fortnight):
        return None
    this = mean_of(scores.get(day) for day in fortnight[:WEEK])
    last = mean_of(scores.get(day) for day in fortnight[WEEK:])
    return None if this is None or last is None else TwoWeeks(this, last)


def _spans(
    infusions: Sequence[date], first: date, last: date
) -> Iterator[tuple[date, date, date | None]]:
    """Each week's first and last day, and the infusion that it is counted from."""
    monday = first - timedelta(days=first.weekday())
    begins = [(monday, None), *((day + ONE, day) for day in infusions)]
    ends = [*(day - ONE for day in infusions), last]
    for (begin, after), end in zip(begins, ends, strict=True):
        until = min(end, last)
        for n in range(0, (until - begin).days + 1, WEEK):
            week = begin + timedelta(days=n)
            yield max(week, first), min(week + (WEEK - 1) * ONE, until), after


def _week(
    scores: Mapping[date, int | float], begin: date, end: date, after: date | None
) -> WeekMean:
    days = (begin + n * ONE for n in range((end - begin).days + 1))
    there = [scores[day] for day in days if day in scores]
    return WeekMean(begin, end, after, mean_of(there), len(there))
