"""How long relief held after a series: the week around each day, beside the time before it all.

Rule 3.4 of our clinical reference, version 2. It is this project's own; the literature has no
single definition of how long a benefit lasts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from journal.insights.around import Exact, Weeks, weeks_around
from journal.insights.exact import exactly, rounded
from journal.insights.series import series_of

ONE = timedelta(days=1)
BEFORE, LEAST_BEFORE, LEAST_BASELINE = 14, 4, 3
RUN = 4
ONSET_WITHIN = 14
SAYS_AFTER = 21
LEAST_EVALUABLE = 7
GAP = 7
LOW_RUN = 7
FADING_LOW, FADING_WEEK = 3, 7
TOP = 10


class Status(StrEnum):
    """What can be said about a series."""

    BASELINE_INSUFFICIENT = "baseline_insufficient"
    BASELINE_TOO_LOW = "baseline_too_low"
    TOO_EARLY = "too_early"
    NOT_EVALUABLE = "not_evaluable"
    NO_RESPONSE = "no_response"
    LOST = "lost"
    DATA_GAP = "data_gap"
    NEXT_INFUSION = "next_infusion"
    ONGOING = "ongoing"


@dataclass(frozen=True)
class Durability:
    """What a series did. None where a field does not apply to the status.

    Days are counted from the last infusion. `baseline` is in severity units (0-10, high is bad)
    with 2 places, percentages have 1. Between `durability_days` and `durability_upper_days` lie
    days without enough entries.
    """

    status: Status
    series_start: date
    last_infusion: date
    infusions: int
    baseline: float | None = None
    baseline_n: int | None = None
    baseline_set: bool = False
    onset_date: date | None = None
    best_improvement_pct: float | None = None
    last_holding_date: date | None = None
    durability_days: int | None = None
    durability_upper_days: int | None = None
    loss_date: date | None = None
    censored: bool | None = None
    low_days: int | None = None
    pct_days_in_response: float | None = None
    days_evaluable: int | None = None
    diary_days: int = 0
    diary_expected: int = 0


@dataclass(frozen=True)
class Course:
    """One series and what was written down around it; severities, high is bad.

    `next_start` is the first infusion of the next series, `end` the last day that this one owns.
    """

    severities: Mapping[date, Exact]
    start: date
    last: date
    infusions: int
    next_start: date | None
    today: date

    @property
    def end(self) -> date:
        return self.next_start - ONE if self.next_start else self.today

    @cached_property
    def weeks(self) -> Weeks:
        """M(d) of 3.4, 4, for each day of the course that has one."""
        return weeks_around(self.severities, self.start, self.end)


@dataclass(frozen=True)
class Before:
    """The baseline (3.4, 3): what it is, of how many values (None: a clinician set it), and
    whether it is high enough to measure an improvement by."""

    baseline: Fraction | None
    values: int | None

    @cached_property
    def measurable(self) -> bool:
        return self.baseline is not None and self.baseline >= LEAST_BASELINE


@dataclass(frozen=True)
class Walk:
    """How the days after the last infusion went, as far as they were walked (ordinals)."""

    holding: int | None
    lost: int | None
    gap: bool
    low_days: int


@dataclass(frozen=True)
class Look:
    """One series, and everything that the rule says about it.

    `before` is how it was before the first infusion of all, `threshold` the improvement in percent
    that counts as relief.
    """

    course: Course
    before: Before
    threshold: int

    @property
    def baseline(self) -> Fraction | None:
        """B of 3.4, 3, in severity units, however low; None with fewer than 4 days before."""
        return self.before.baseline

    @cached_property
    def better(self) -> Sequence[int]:
        """The days, as ordinals, whose week is better by the threshold; none without baseline."""
        return self._better_by(Fraction(self.threshold)) if self.before.measurable else ()

    @cached_property
    def held(self) -> Durability:
        """The answer of `durability`."""
        return _judge(self)

    @property
    def fading(self) -> bool:
        """Whether it is time for a conversation about a series that still holds (3.4).

        So it is with three low days or more, and where each of the last 7 days with enough around
        them is better by less than the threshold. For the care team's eyes.
        """
        if self.held.status is not Status.ONGOING:
            return False
        last = self.course.weeks.days(after=self.course.last.toordinal())[-FADING_WEEK:]
        below = len(last) == FADING_WEEK and not {*last} & {*self.better}
        return below or (self.held.low_days or 0) >= FADING_LOW

    def holding(self) -> Sequence[int]:
        """The days, as ordinals, whose week is better by two thirds of the threshold."""
        return self._better_by(Fraction(2 * self.threshold, 3))

    def _better_by(self, percent: Fraction) -> Sequence[int]:
        # R >= T is M <= B (100 - T) / 100: no improvement has to be reckoned to compare it.
        return self.course.weeks.at_most((self.baseline or 0) * (100 - percent) / 100)


def durability(
    scores: Mapping[date, int | float],
    infusions: Collection[date],
    today: date,
    *,
    series: int = 0,
    threshold_pct: int = 30,
    higher_is_better: bool = False,
    baseline: int | float | None = None,
    new_series: Collection[date] = (),
) -> Durability:
    """What one series did, by CLINICAL 3.4 version 2.

    `scores` is one value a local date on a scale of 0 to 10; `infusions` the dates on which one
    was given, `series` counts from 0. `threshold_pct` is the improvement that counts as relief
    (30 for pain, 50 for mood); it has ended at two thirds of that. A `baseline` that a clinician
    set is in severity units. What lies after `today` is ignored, and so are values on the days of
    infusions. Raises IndexError where there is no such series, ValueError for a threshold outside
    1-100 and for a score outside 0-10.
    """
    every = looks(
        scores,
        infusions,
        today,
        threshold_pct=threshold_pct,
        higher_is_better=higher_is_better,
        baseline=baseline,
        new_series=new_series,
    )
    if not 0 <= series < len(every):
        raise IndexError("there is no such series")
    return every[series].held


def looks(
    scores: Mapping[date, int | float],
    infusions: Collection[date],
    today: date,
    *,
    threshold_pct: int = 30,
    higher_is_better: bool = False,
    baseline: int | float | None = None,
    new_series: Collection[date] = (),
) -> Sequence[Look]:
    """Every series, oldest first; what a look says is reckoned when it is asked for.

    Arguments and errors are those of `durability`.
    """
    if not 1 <= threshold_pct <= 100:
        raise ValueError("a threshold is between 1 and 100 percent")
    given = {day for day in infusions if day <= today}
    severities = {
        day: _severity(value, higher_is_better)
        for day, value in scores.items()
        if day <= today and day not in given
    }
    courses = _courses(severities, series_of(given, new_series), today)
    before = _before(severities, courses[0].start, baseline) if courses else None
    return [Look(course, before, threshold_pct) for course in courses if before]


def _courses(
    severities: Mapping[date, Exact], every: Sequence[Sequence[date]], today: date
) -> list[Course]:
    nexts = [*(days[0] for days in every[1:]), None]
    return [
        Course(severities, days[0], days[-1], len(days), next_start, today)
        for days, next_start in zip(every, nexts, strict=False)
    ]


@lru_cache
def _severity(value: int | float, higher_is_better: bool) -> Exact:
    if not 0 <= value <= TOP:
        raise ValueError("a score lies between 0 and 10")
    exact = value if isinstance(value, int) else exactly(value)
    return TOP - exact if higher_is_better else exact


def _before(severities: Mapping[date, Exact], first: date, given: int | float | None) -> Before:
    if given is not None:
        return Before(exactly(given), None)
    days = (first - timedelta(days=n) for n in range(1, BEFORE + 1))
    there = [severities[day] for day in days if day in severities]
    mean = Fraction(sum(there)) / len(there) if len(there) >= LEAST_BEFORE else None
    return Before(mean, len(there))


def _judge(look: Look) -> Durability:
    said = _plain(look)
    if look.baseline is None:
        return Durability(Status.BASELINE_INSUFFICIENT, **said)
    said["baseline"] = _number(look.baseline, 2)
    if not look.before.measurable:
        return Durability(Status.BASELINE_TOO_LOW, **said)
    said |= _over_all(look, look.baseline)
    onset = _onset(look)
    if onset is None:
        status = _without_onset(look.course)
        days = 0 if status is Status.NO_RESPONSE else None
        return Durability(status, **said, durability_days=days)
    walk = _walk(look, onset)
    return Durability(_status(look.course, walk), **said, **_held(look.course, walk, onset))


def _plain(look: Look) -> dict[str, Any]:
    """What is known without any relief."""
    course, last = look.course, look.course.last.toordinal()
    expected = (course.end - course.last).days
    if course.end == course.today and course.today not in course.severities:
        expected -= 1
    return {
        "series_start": course.start,
        "last_infusion": course.last,
        "infusions": course.infusions,
        "baseline_n": look.before.values,
        "baseline_set": look.before.values is None,
        "diary_days": sum(day > last for day in course.weeks.told),
        "diary_expected": max(0, expected),
    }


def _over_all(look: Look, baseline: Fraction) -> dict[str, Any]:
    last = look.course.last.toordinal()
    lowest, after = look.course.weeks.lowest(), len(look.course.weeks.days(after=last))
    best = None if lowest is None else _number(100 * (baseline - lowest) / baseline, 1)
    responding = sum(day > last for day in look.better)
    return {
        "best_improvement_pct": best,
        "days_evaluable": after,
        "pct_days_in_response": _number(Fraction(100 * responding, after), 1) if after else None,
    }


def _onset(look: Look) -> int | None:
    better, latest = {*look.better}, look.course.last.toordinal() + ONSET_WITHIN
    runs = (day for day in look.better if better.issuperset(range(day, day + RUN)))
    onset = next(runs, None)
    return onset if onset is not None and onset <= latest else None


def _without_onset(course: Course) -> Status:
    if course.next_start is None and course.end < course.last + SAYS_AFTER * ONE:
        return Status.TOO_EARLY
    last = course.last.toordinal()
    evaluable = sum(day <= last + ONSET_WITHIN for day in course.weeks.days(after=last))
    return Status.NO_RESPONSE if evaluable >= LEAST_EVALUABLE else Status.NOT_EVALUABLE


def _walk(look: Look, onset: int) -> Walk:
    """Day by day from the last infusion on, or from onset if that is later (3.4, 8)."""
    holds, holding, low = {*look.holding()}, None, list[int]()
    last = look.course.last.toordinal()
    before = max(last, onset)
    for day in look.course.weeks.days(after=max(last, onset - 1)):
        if day - before > GAP:
            return Walk(holding, None, True, len(low))
        before = day
        if day in holds:
            holding, low = day, []
            continue
        low.append(day)
        if len(low) == LOW_RUN:
            return Walk(holding, low[0], False, len(low))
    return Walk(holding, None, look.course.end.toordinal() - before > GAP, len(low))


def _status(course: Course, walk: Walk) -> Status:
    if walk.lost:
        return Status.LOST
    if walk.gap:
        return Status.DATA_GAP
    return Status.NEXT_INFUSION if course.next_start else Status.ONGOING


def _held(course: Course, walk: Walk, onset: int) -> dict[str, Any]:
    last = course.last.toordinal()
    return {
        "onset_date": date.fromordinal(onset),
        "last_holding_date": date.fromordinal(walk.holding) if walk.holding else None,
        "durability_days": walk.holding - last if walk.holding else 0,
        "durability_upper_days": walk.lost - last - 1 if walk.lost else None,
        "loss_date": date.fromordinal(walk.lost) if walk.lost else None,
        "censored": walk.lost is None,
        "low_days": None if walk.lost else walk.low_days,
    }


def _number(value: Fraction, places: int) -> float:
    return float(rounded(value, places))
