"""How long relief held after a series: the week around each day, beside the time before it all.

Rule 3.4 of our clinical reference, version 2. It is this project's own; the literature has no
single definition of how long a benefit lasts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from journal.insights.exact import exactly, rounded
from journal.insights.series import series_of

ONE = timedelta(days=1)
BEFORE, LEAST_BEFORE, LEAST_BASELINE = 14, 4, 3
AROUND, LEAST_AROUND = 3, 4
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

    severities: Mapping[date, Fraction]
    start: date
    last: date
    infusions: int
    next_start: date | None
    today: date

    @property
    def end(self) -> date:
        return self.next_start - ONE if self.next_start else self.today


@dataclass(frozen=True)
class Walk:
    """How the days after the last infusion went, as far as they were walked."""

    holding: date | None
    lost: date | None
    gap: bool
    low_days: int


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
    course, before = _course(scores, infusions, today, series, higher_is_better, new_series)
    if not 1 <= threshold_pct <= 100:
        raise ValueError("a threshold is between 1 and 100 percent")
    return _judge(course, before, None if baseline is None else exactly(baseline), threshold_pct)


def improvements(course: Course, baseline: Fraction) -> dict[date, Fraction]:
    """R(d) in percent for each day of the course whose week holds enough values (3.4, 4 and 5)."""
    return {day: 100 * (baseline - mean) / baseline for day, mean in _weeks(course)}


def fading(
    scores: Mapping[date, int | float],
    infusions: Collection[date],
    today: date,
    *,
    series: int = 0,
    threshold_pct: int = 30,
    higher_is_better: bool = False,
    baseline: int | float | None = None,
    new_series: Collection[date] = (),
) -> bool:
    """Whether it is time for a conversation about a series that still holds (CLINICAL 3.4).

    So it is with three low days or more, and where each of the last 7 days with enough around
    them is better by less than the threshold. For the care team's eyes; arguments and errors are
    those of `durability`.
    """
    held = durability(
        scores,
        infusions,
        today,
        series=series,
        threshold_pct=threshold_pct,
        higher_is_better=higher_is_better,
        baseline=baseline,
        new_series=new_series,
    )
    if held.status is not Status.ONGOING:
        return False
    course, before = _course(scores, infusions, today, series, higher_is_better, new_series)
    found = improvements(course, _baseline(before, baseline))
    last = [better for day, better in found.items() if day > course.last][-FADING_WEEK:]
    below = len(last) == FADING_WEEK and all(better < threshold_pct for better in last)
    return below or (held.low_days or 0) >= FADING_LOW


def _course(
    scores: Mapping[date, int | float],
    infusions: Collection[date],
    today: date,
    series: int,
    higher_is_better: bool,
    new_series: Collection[date],
) -> tuple[Course, list[Fraction]]:
    """The series as a course, and the severities before the first one."""
    given = {day for day in infusions if day <= today}
    every = series_of(given, new_series)
    if not 0 <= series < len(every):
        raise IndexError("there is no such series")
    severities = {
        day: _severity(value, higher_is_better)
        for day, value in scores.items()
        if day <= today and day not in given
    }
    mine, later = every[series], every[series + 1 :]
    next_start = later[0][0] if later else None
    course = Course(severities, mine[0], mine[-1], len(mine), next_start, today)
    return course, _before(severities, every[0][0])


def _baseline(before: list[Fraction], given: int | float | Fraction | None) -> Fraction:
    if given is not None:
        return given if isinstance(given, Fraction) else exactly(given)
    return sum(before, Fraction(0)) / len(before)


def _severity(value: int | float, higher_is_better: bool) -> Fraction:
    if not 0 <= value <= TOP:
        raise ValueError("a score lies between 0 and 10")
    return TOP - exactly(value) if higher_is_better else exactly(value)


def _before(severities: Mapping[date, Fraction], first: date) -> list[Fraction]:
    days = (first - timedelta(days=n) for n in range(1, BEFORE + 1))
    return [severities[day] for day in days if day in severities]


def _judge(
    course: Course, before: list[Fraction], given: Fraction | None, threshold: int
) -> Durability:
    said = _plain(course, before, given)
    if given is None and len(before) < LEAST_BEFORE:
        return Durability(Status.BASELINE_INSUFFICIENT, **said)
    baseline = _baseline(before, given)
    said["baseline"] = _number(baseline, 2)
    if baseline < LEAST_BASELINE:
        return Durability(Status.BASELINE_TOO_LOW, **said)
    found = improvements(course, baseline)
    said |= _over_all(course, found, threshold)
    onset = _onset(course, found, threshold)
    if onset is None:
        status = _without_onset(course, found)
        days = 0 if status is Status.NO_RESPONSE else None
        return Durability(status, **said, durability_days=days)
    walk = _walk(course, found, onset, Fraction(2 * threshold, 3))
    return Durability(_status(course, walk), **said, **_held(course, walk, onset))


def _plain(course: Course, before: list[Fraction], given: Fraction | None) -> dict[str, Any]:
    """What is known without any relief."""
    after = [day for day in _days(course.last + ONE, course.end) if day in course.severities]
    expected = (course.end - course.last).days
    if course.end == course.today and course.today not in course.severities:
        expected -= 1
    return {
        "series_start": course.start,
        "last_infusion": course.last,
        "infusions": course.infusions,
        "baseline_n": len(before) if given is None else None,
        "baseline_set": given is not None,
        "diary_days": len(after),
        "diary_expected": max(0, expected),
    }


def _over_all(course: Course, found: Mapping[date, Fraction], threshold: int) -> dict[str, Any]:
    after = [better for day, better in found.items() if day > course.last]
    responding = sum(better >= threshold for better in after)
    return {
        "best_improvement_pct": _number(max(found.values()), 1) if found else None,
        "days_evaluable": len(after),
        "pct_days_in_response": (
            _number(Fraction(100 * responding, len(after)), 1) if after else None
        ),
    }


def _weeks(course: Course) -> Iterator[tuple[date, Fraction]]:
    """The mean of the week around each day, where at least 4 of its values are there."""
    for day in _days(course.start + ONE, course.end):
        first = max(day - AROUND * ONE, course.start + ONE)
        around = [
            course.severities[one]
            for one in _days(first, min(day + AROUND * ONE, course.end))
            if one in course.severities
        ]
        if len(around) >= LEAST_AROUND:
            yield day, sum(around, Fraction(0)) / len(around)


def _onset(course: Course, found: Mapping[date, Fraction], threshold: int) -> date | None:
    for day in _days(course.start + ONE, course.last + ONSET_WITHIN * ONE):
        run = (found.get(day + n * ONE) for n in range(RUN))
        if all(better is not None and better >= threshold for better in run):
            return day
    return None


def _without_onset(course: Course, found: Mapping[date, Fraction]) -> Status:
    if course.next_start is None and course.end < course.last + SAYS_AFTER * ONE:
        return Status.TOO_EARLY
    first, last = course.last + ONE, course.last + ONSET_WITHIN * ONE
    evaluable = sum(first <= day <= last for day in found)
    return Status.NO_RESPONSE if evaluable >= LEAST_EVALUABLE else Status.NOT_EVALUABLE


def _walk(course: Course, found: Mapping[date, Fraction], onset: date, threshold: Fraction) -> Walk:
    """Day by day from the last infusion on, or from onset if that is later (3.4, 8)."""
    holding, low = None, list[date]()
    before = max(course.last, onset)
    for day in (one for one in found if one > course.last and one >= onset):
        if (day - before).days > GAP:
            return Walk(holding, None, True, len(low))
        before = day
        if found[day] >= threshold:
            holding, low = day, []
            continue
        low.append(day)
        if len(low) == LOW_RUN:
            return Walk(holding, low[0], False, len(low))
    return Walk(holding, None, (course.end - before).days > GAP, len(low))


def _status(course: Course, walk: Walk) -> Status:
    if walk.lost:
        return Status.LOST
    if walk.gap:
        return Status.DATA_GAP
    return Status.NEXT_INFUSION if course.next_start else Status.ONGOING


def _held(course: Course, walk: Walk, onset: date) -> dict[str, Any]:
    return {
        "onset_date": onset,
        "last_holding_date": walk.holding,
        "durability_days": (walk.holding - course.last).days if walk.holding else 0,
        "durability_upper_days": (walk.lost - course.last).days - 1 if walk.lost else None,
        "loss_date": walk.lost,
        "censored": walk.lost is None,
        "low_days": None if walk.lost else walk.low_days,
    }


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _number(value: Fraction, places: int) -> float:
    return float(rounded(value, places))
