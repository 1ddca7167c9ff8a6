"""What the days show: how things were after each series, and the days so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from flask_babel import format_date, format_decimal, gettext, ngettext
from markupsafe import Markup

from journal.charts.series import Key
from journal.entries.fold import Value
from journal.entries.goals import Wanted
from journal.entries.rows import DayRead
from journal.entries.wording import weeks_in_words
from journal.infusions.treated import Treated
from journal.insights.exact import rounded
from journal.insights.relief import Status
from journal.insights.weekly import WeekMean, best_and_worst, this_week_against_last, weekly
from journal.outcomes import drawing
from journal.outcomes.held import BY_NAME, Held, held
from journal.outcomes.wording import name_of, sentence, told_later

BEFORE, USUAL, MOST = timedelta(days=14), timedelta(days=27), timedelta(days=364)
WEEKS = 8
BOTH: tuple[Key, ...] = ("pain", "mood")


@dataclass(frozen=True)
class Story:
    """One series in words: which it was, what can be said of it, what to know about its days."""

    name: str
    said: str
    later: str


@dataclass(frozen=True)
class Part:
    """Pain, or mood: how it stands, drawn, beside the last time, and the times before; `before`
    is the last time, while nothing can be said of this one."""

    key: Key
    title: str
    now: Story | None
    before: Story | None
    chart: Markup | None
    beside: Markup | None
    earlier: Sequence[Story]
    weeks: Sequence[str]


@dataclass(frozen=True)
class Aim:
    """Her goal, and how she answered it week by week."""

    text: str
    weeks: str


@dataclass(frozen=True)
class WeekRow:
    """One week in words: when, and the mean of pain and of mood."""

    name: str
    means: Sequence[str]


def part(key: Key, days: Sequence[DayRead], treated: Treated, began: date, today: date) -> Part:
    """One of the two, of which she is told apart."""
    series = held(days, treated, today, key)
    stories = [_story(one, today) for one in reversed(series)]
    opened = 1 + _says_nothing_yet(series)
    first = _first_drawn(series[-opened:], began, today)
    item = BY_NAME[key].item
    drawn = any(day.day >= first and item in day.items for day in days)
    return Part(
        key,
        drawing.title_of(key),
        stories[0] if stories else None,
        stories[1] if opened == 2 else None,
        _chart(key, days, treated, series, first, today) if drawn else None,
        drawing.beside(series, f"beside-{key}"),
        stories[opened:],
        [
            one
            for one in (
                _extremes(key, days, treated, began, today),
                _two_weeks(key, days, treated, today),
            )
            if one
        ],
    )


def week_rows(
    days: Sequence[DayRead], treated: Treated, began: date, today: date
) -> Sequence[WeekRow]:
    """The last weeks of which there is something, newest first."""
    each = [_weekly(key, days, treated, began, today) for key in BOTH]
    told = [weeks for weeks in zip(*each, strict=True) if any(week.days for week in weeks)]
    return [
        WeekRow(_between(weeks[0]), [_mean(week) for week in weeks])
        for weeks in told[: -WEEKS - 1 : -1]
    ]


def aim(wanted: Wanted, more: Mapping[date, Mapping[str, Value]]) -> Aim:
    """Her goal, with what she answered since she has it."""
    met = {
        day: said["goal_met"]
        for day, said in more.items()
        if day >= wanted.since and "goal_met" in said
    }
    return Aim(wanted.text, weeks_in_words(met))


def so_far(days: Sequence[DayRead], began: date, today: date) -> str:
    """One true sentence about all the days there are."""
    told = {day.day for day in days}
    of = (today - began).days + (today in told)
    return ngettext(
        "You have written down %(days)s of %(num)s day so far.",
        "You have written down %(days)s of %(num)s days so far.",
        max(of, len(told)),
        days=len(told),
    )


def _story(one: Held, today: date) -> Story:
    return Story(name_of(one.did), sentence(one, today), told_later(one))


def _chart(
    key: Key,
    days: Sequence[DayRead],
    treated: Treated,
    series: Sequence[Held],
    first: date,
    today: date,
) -> Markup:
    return drawing.over_days(
        key,
        days,
        first,
        today,
        infusions=treated.days,
        levels=drawing.levels_of(series[-1] if series else None),
        chart_id=f"chart-{key}",
    )


def _says_nothing_yet(series: Sequence[Held]) -> bool:
    """Whether there was a series before this one, of which nothing can be said so far."""
    return len(series) > 1 and (series[-1].did.status is Status.TOO_EARLY or not series[-1].after())


def _first_drawn(shown: Sequence[Held], began: date, today: date) -> date:
    """From two weeks before the first of these on; the last four weeks where there is none."""
    first = shown[0].did.series_start - BEFORE if shown else today - USUAL
    return max(began, first, today - MOST)


def _weekly(
    key: Key, days: Sequence[DayRead], treated: Treated, began: date, today: date
) -> Sequence[WeekMean]:
    return weekly(_scores(key, days), treated.days, began, today)


def _scores(key: Key, days: Sequence[DayRead]) -> Mapping[date, float]:
    item = BY_NAME[key].item
    return {day.day: day.number(item) for day in days if item in day.items}


def _extremes(key: Key, days: Sequence[DayRead], treated: Treated, began: date, today: date) -> str:
    """The best and the hardest week, where they differ."""
    weeks = _weekly(key, days, treated, began, today)
    found = best_and_worst(weeks, higher_is_better=BY_NAME[key].higher_is_better)
    if found is None or found[0].mean == found[1].mean:
        return ""
    best, worst = found
    return gettext(
        "Your best week: %(best)s, %(good)s on average. Your hardest: %(worst)s, %(bad)s.",
        best=_between(best),
        good=_mean(best),
        worst=_between(worst),
        bad=_mean(worst),
    )


def _two_weeks(key: Key, days: Sequence[DayRead], treated: Treated, today: date) -> str:
    two = this_week_against_last(_scores(key, days), treated.days, today)
    if two is None:
        return ""
    said = gettext(
        "The last seven days: %(now)s on average. The seven before: %(before)s.",
        now=_number(two.this),
        before=_number(two.last),
    )
    return f"{said} {_difference(key, two.difference)}".strip()


def _difference(key: Key, change: Fraction) -> str:
    """How far apart two weeks are, and which way is better; "" where they are the same."""
    if change == 0:
        return ""
    said = {"by": _number(abs(change)), "better": drawing.direction_of(key)}
    if change < 0:
        return gettext("That is %(by)s lower; %(better)s.", **said)
    return gettext("That is %(by)s higher; %(better)s.", **said)


def _between(week: WeekMean) -> str:
    return gettext(
        "%(first)s to %(last)s",
        first=format_date(week.first, "d MMM"),
        last=format_date(week.last, "d MMM y"),
    )


def _mean(week: WeekMean) -> str:
    if week.mean is not None:
        return _number(week.mean)
    return gettext("too few (%(days)s)", days=week.days) if week.days else ""


def _number(value: Fraction) -> str:
    return str(format_decimal(rounded(value), format="0.0"))
