"""The clinic's own figures: how many responded, how long relief held, what was noticed.

Nothing here is about fewer than five people, nor lets anyone reckon what is (insights.disclosure).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask_babel import format_percent, gettext, ngettext
from markupsafe import Markup

from journal.charts import Mark, StepWords, step_chart
from journal.insights.disclosure import (
    LEAST,
    WEEK,
    Shown,
    apart,
    curve_shown,
    roughly,
    sayable,
)
from journal.insights.exact import rounded
from journal.insights.relief import Status
from journal.insights.responders import rates
from journal.insights.survival import Curve, Held, NoMedian, Step, curve, held
from journal.instruments import diary
from journal.outcomes.measures import Measure
from journal.outcomes.models import SeriesOutcome
from journal.outcomes.wording import measure_name


@dataclass(frozen=True)
class Rate:
    """Of all who began, who had responded by infusion `infusion`; empty where it is not said."""

    infusion: int
    count: str
    share: str


@dataclass(frozen=True)
class Said:
    """What may be said of one measure: of all who began so many had relief, so many had responded
    by each infusion; None is not said. `drawn` is the whole curve, `shown` what of it is drawn."""

    relieved: int | None
    by_infusion: Sequence[int | None]
    drawn: Curve
    shown: Shown


@dataclass(frozen=True)
class Relief:
    """Pain or mood, in words and as a curve; what may not be said is empty."""

    key: str
    title: str
    rule: str
    head: str
    rates: Sequence[Rate]
    chart: Markup
    remarks: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """How many, and how many infusions; None is not said. `coverage` is of the days after these
    series those that were written down, roughly."""

    treated: int | None
    infusions: int | None
    began: int | None
    answered: int | None
    coverage: str


@dataclass(frozen=True)
class Effect:
    """A side effect, and how many of those who answered noticed it, roughly."""

    name: str
    share: str


def pooled(rows: Sequence[SeriesOutcome]) -> list[SeriesOutcome]:
    """Those that may be put together: a baseline set by hand is another yardstick (3.4, 3)."""
    by_hand = {row.patient_id for row in rows if row.baseline_set}
    return [row for row in rows if row.patient_id not in by_hand]


def relief(rows: Sequence[SeriesOutcome], measure: Measure) -> Relief:
    """What the first series did, by one measure, for all who began."""
    began = [row for row in rows if row.measure == measure.name]
    told = said(began)
    title = measure_name(measure.name)
    return Relief(
        measure.name,
        title,
        _rule(measure.threshold_pct),
        _head(len(began), told.relieved),
        [_rate(n, count, len(began)) for n, count in enumerate(told.by_infusion, start=1)],
        _chart(measure.name, told.shown, title),
        _remarks(told) if told.relieved else [],
    )


def said(began: Sequence[SeriesOutcome]) -> Said:
    """What may be said of the first series of all who began, one row a person."""
    group = [_held(row) for row in began]
    drawn = curve(group)
    counts = sayable(len(began), [drawn.relieved, *_responded(began)])
    steps = drawn.steps if counts[0] is not None else []
    shown = curve_shown([one for one in group if one is not None], steps)
    return Said(counts[0], counts[:0:-1], drawn, shown)


def facts(
    rows: Sequence[SeriesOutcome], patients: int, infusions: int, noticed: Mapping[UUID, Any]
) -> Facts:
    """How many began, were treated and answered; no two of these let one reckon a few."""
    pain = [row for row in rows if row.measure == "pain"]
    counts = [len(pain), patients, infusions, len(noticed)]
    began, treated, given, answered = (one or None for one in apart(counts))
    return Facts(treated, given, began, answered, _coverage(pain) if began else "")


def effects(noticed: Mapping[UUID, frozenset[str]]) -> list[Effect]:
    """What was noticed, most often first, over everyone who answered."""
    counted = Counter(effect for found in noticed.values() for effect in found)
    total = len(noticed)
    # By their names where as many noticed both: the order tells no more than the shares.
    shares = sorted(
        (-roughly(Fraction(count, total)), _effect(name))
        for name, count in counted.items()
        if sayable(total, [count]) == [count]
    )
    return [Effect(name, _percent(Fraction(-share, 100))) for share, name in shares]


def _coverage(pain: Sequence[SeriesOutcome]) -> str:
    written, of = sum(row.diary_days for row in pain), sum(row.diary_expected for row in pain)
    if not of:
        return ""
    share = roughly(Fraction(written, of))
    return gettext("about %(share)s of all days", share=_percent(Fraction(share, 100)))


def _held(row: SeriesOutcome) -> Held | None:
    return held(
        row.last_infusion,
        onset=row.onset_date,
        loss=row.loss_date,
        holding_days=row.durability_days,
        next_infusion=row.next_start,
        gap=row.status == Status.DATA_GAP,
    )


def _responded(began: Sequence[SeriesOutcome]) -> list[int]:
    """By each infusion that five people had; the last first, which counts more than the others."""
    most = sorted((row.infusions for row in began), reverse=True)[LEAST - 1 : LEAST]
    by_infusion = rates([row.responded_after for row in began], sum(most))
    return [rate.responded for rate in reversed(by_infusion)]


def _rule(threshold_pct: int) -> str:
    return gettext(
        "Relief: the week around each day was at least %(by)s better than before the first "
        "infusion, for four days running. Lost: for a week running it was less than %(less)s "
        "better. Responded: at least %(by)s better on at least one day.",
        by=_percent(Fraction(threshold_pct, 100)),
        less=_percent(Fraction(2 * threshold_pct, 300)),
    )


def _head(began: int, relieved: int | None) -> str:
    if relieved is None:
        return ""
    return gettext("Of %(began)s treated, %(relieved)s had relief.", began=began, relieved=relieved)


def _rate(infusion: int, count: int | None, began: int) -> Rate:
    if count is None:
        return Rate(infusion, "", "")
    said = gettext("%(count)s of %(of)s", count=count, of=began)
    return Rate(infusion, said, _percent(Fraction(count, began)))


def _chart(measure: Any, shown: Shown, title: str) -> Markup:
    if len(shown.steps) < 2:
        return Markup()
    marks = [_mark(step, split=shown.split) for step in shown.steps]
    words = _words(title, marks[-1], split=shown.split)
    return step_chart(measure, marks, marks[-1].at, words, chart_id=f"curve-{measure}")


def _mark(step: Step, *, split: bool) -> Mark:
    not_lost = roughly(1 - step.lost)
    return Mark(step.day // WEEK, roughly(step.holding) if split else not_lost, not_lost)


def _words(title: str, end: Mark, *, split: bool) -> StepWords:
    holding = gettext("Still holding") if split else gettext("Not lost")
    again = gettext("Treated again first")
    return StepWords(
        title=gettext("%(what)s: how long relief held", what=title),
        description=gettext(
            "In week %(week)s, about %(share)s: %(holding)s.",
            week=end.at,
            share=format_percent(end.share / 100),
            holding=holding,
        ),
        meaning=gettext("Weeks after the last infusion of the first series"),
        at=lambda week: gettext("week %(week)s", week=week),
        percent=lambda share: str(format_percent(share / 100)),
        numbers=gettext("The numbers"),
        heads=[gettext("Until the end of"), holding, *([again] if split else [])],
        beyond=again if split else "",
    )


def _remarks(told: Said) -> list[str]:
    return [_median(told), _drawn(told.shown)]


def _drawn(shown: Shown) -> str:
    if len(shown.steps) < 2:
        return gettext("There are too few people to draw a curve.")
    return gettext(
        "The line goes down by groups of five people or more, in whole weeks and steps of 5%%, "
        "up to week %(week)s.",
        week=shown.steps[-1].day // WEEK,
    )


def _median(told: Said) -> str:
    if isinstance(told.drawn.median, NoMedian):
        return _no_median(told.drawn.median)
    weeks = told.shown.half_lost_within
    if weeks is None:
        return gettext("Half of them have lost it; by when cannot be said of so few.")
    return ngettext(
        "Half of them had lost it within a week.",
        "Half of them had lost it within %(num)s weeks.",
        weeks,
    )


def _no_median(why: NoMedian) -> str:
    return {
        NoMedian.TOO_FEW: gettext("With fewer than ten people, no median is said."),
        NoMedian.TREATED_AGAIN: gettext(
            "More than a third were treated again before it was lost, so no median is said."
        ),
        NoMedian.NOT_REACHED: gettext("Fewer than half of them have lost it so far."),
    }[why]


def _percent(share: Fraction) -> str:
    return str(format_percent(rounded(share, 2)))


def _effect(name: str) -> str:
    known = {one.id: one.text for one in diary()["noticed"].effects}
    return gettext(known[name]) if name in known else name
