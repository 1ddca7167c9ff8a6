"""The clinic's own figures: how many responded, how long relief held, what was noticed.

Nothing here is about fewer than five people, nor lets anyone reckon what is (insights.disclosure).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask_babel import format_percent, gettext
from markupsafe import Markup

from journal.charts import Mark, StepWords, step_chart
from journal.insights.disclosure import LEAST, Shown, curve_shown, sayable
from journal.insights.exact import rounded
from journal.insights.relief import Status
from journal.insights.responders import rates
from journal.insights.survival import Curve, Held, NoMedian, curve, held
from journal.instruments import diary
from journal.outcomes.measures import Measure
from journal.outcomes.models import SeriesOutcome


@dataclass(frozen=True)
class Rate:
    """Of all who began, who had responded by infusion `infusion`; empty where it is not said."""

    infusion: int
    count: str
    share: str


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
class Effect:
    """A side effect, and how many of those who answered noticed it."""

    name: str
    count: int
    share: str


def pooled(rows: Sequence[SeriesOutcome]) -> list[SeriesOutcome]:
    """Those that may be put together: a baseline set by hand is another yardstick (3.4, 3)."""
    by_hand = {row.patient_id for row in rows if row.baseline_set}
    return [row for row in rows if row.patient_id not in by_hand]


def relief(rows: Sequence[SeriesOutcome], measure: Measure) -> Relief:
    """What the first series did, by one measure, for all who began."""
    began = [row for row in rows if row.measure == measure.name]
    group = [_held(row) for row in began]
    drawn = curve(group)
    relieved, counts = _said(began, drawn)
    known = [one for one in group if one is not None]
    shown = curve_shown(known, drawn.steps if relieved is not None else [])
    title = _title(measure.name)
    return Relief(
        measure.name,
        title,
        _rule(measure.threshold_pct),
        _head(len(began), relieved),
        [_rate(n, count, len(began)) for n, count in enumerate(counts, start=1)],
        _chart(measure.name, shown, title),
        _remarks(drawn, shown) if relieved else [],
    )


def coverage(rows: Sequence[SeriesOutcome]) -> tuple[int, int]:
    """Days written down after these series, and days on which something could have been."""
    pain = [row for row in rows if row.measure == "pain"]
    return sum(row.diary_days for row in pain), sum(row.diary_expected for row in pain)


def people_treated(patients: int, began: int) -> int | None:
    """How many got an infusion, unless with `began` it would tell of a few; None is not said."""
    few = began >= LEAST and 0 < patients - began < LEAST
    return None if patients < LEAST or few else patients


def effects(noticed: Mapping[UUID, frozenset[str]]) -> list[Effect]:
    """What was noticed, most often first, over everyone who answered."""
    counted = Counter(effect for found in noticed.values() for effect in found)
    total = len(noticed)
    return [
        Effect(_effect(name), count, _percent(Fraction(count, total)))
        for name, count in counted.most_common()
        if sayable(total, [count]) == [count]
    ]


def _held(row: SeriesOutcome) -> Held | None:
    return held(
        row.last_infusion,
        onset=row.onset_date,
        loss=row.loss_date,
        holding_days=row.durability_days,
        next_infusion=row.next_start,
        gap=row.status == Status.DATA_GAP,
    )


def _said(began: Sequence[SeriesOutcome], drawn: Curve) -> tuple[int | None, list[int | None]]:
    """How many had relief, and how many had responded by each infusion that five people had."""
    most = sorted((row.infusions for row in began), reverse=True)[LEAST - 1 : LEAST]
    by_infusion = rates([row.responded_after for row in began], sum(most))
    # The last infusion counts more than the ones on the way to it.
    counts = [drawn.relieved, *(rate.responded for rate in reversed(by_infusion))]
    said = sayable(len(began), counts)
    return said[0], said[:0:-1]


def _title(measure: str) -> str:
    return {"pain": gettext("Pain"), "mood": gettext("Mood")}[measure]


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
    marks = [
        Mark(
            step.day, _whole(step.holding if shown.split else 1 - step.lost), _whole(1 - step.lost)
        )
        for step in shown.steps
    ]
    words = _words(title, marks[-1], split=shown.split)
    return step_chart(measure, marks, marks[-1].day, words, chart_id=f"curve-{measure}")


def _words(title: str, end: Mark, *, split: bool) -> StepWords:
    holding = gettext("Still holding") if split else gettext("Not lost")
    again = gettext("Treated again first")
    return StepWords(
        title=gettext("%(what)s: how long relief held", what=title),
        description=gettext(
            "On day %(day)s, %(share)s: %(holding)s.",
            day=end.day,
            share=format_percent(end.share / 100),
            holding=holding,
        ),
        meaning=gettext("Days after the last infusion of the first series"),
        day=lambda day: gettext("day %(day)s", day=day),
        percent=lambda share: str(format_percent(share / 100)),
        numbers=gettext("The numbers"),
        heads=[gettext("Day"), holding, *([again] if split else [])],
        beyond=again if split else "",
    )


def _remarks(drawn: Curve, shown: Shown) -> list[str]:
    said = [_median(drawn.median)]
    if len(shown.steps) < 2:
        said.append(gettext("There are too few people to draw a curve."))
    else:
        said.append(
            gettext("The line goes down by groups of five people or more, up to day %(day)s.",
                    day=shown.steps[-1].day)
        )  # fmt: skip
    return said


def _median(median: int | NoMedian) -> str:
    if isinstance(median, int):
        return gettext("Half of them had lost it by day %(day)s.", day=median)
    return {
        NoMedian.TOO_FEW: gettext("With fewer than ten people, no median is said."),
        NoMedian.TREATED_AGAIN: gettext(
            "More than a third were treated again before it was lost, so no median is said."
        ),
        NoMedian.NOT_REACHED: gettext("Fewer than half of them have lost it so far."),
    }[median]


def _whole(share: Any) -> float:
    return float(rounded(100 * share, 0))


def _percent(share: Fraction) -> str:
    return str(format_percent(rounded(share, 2)))


def _effect(name: str) -> str:
    known = {one.id: one.text for one in getattr(diary().get("noticed"), "effects", ())}
    return gettext(known[name]) if name in known else name
