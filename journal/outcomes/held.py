"""How one patient's series stand, put together from her days and her infusions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from journal.entries.rows import DayRead
from journal.infusions.treated import Treated
from journal.insights.exact import exactly, rounded
from journal.insights.relief import LOW_RUN, TOP, Durability, Look, Status, looks
from journal.outcomes.measures import MEASURES, Measure

# A loss is final so many days after its seventh low day (CLINICAL 3.4).
MOVES_FOR = timedelta(days=3)
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True)
class Held:
    """One series: what it did, whether relief may be fading, and the mean of the week around each
    of its days (`curve`, as she answers: mood is better when higher). `end` is the last day that
    is its own; of its days after the last infusion, `later` were told after their day. A loss that
    the next days may still move is one `so_far`."""

    measure: Measure
    did: Durability
    fading: bool
    end: date
    curve: Mapping[date, float]
    later: int
    so_far: bool = False

    @property
    def baseline(self) -> float | None:
        """The mean before the first infusion, as she answers; None without one."""
        return None if self.did.baseline is None else self._answered(exactly(self.did.baseline))

    @property
    def threshold(self) -> float | None:
        """From where on a week counts as clearly better, as she answers; None where there is no
        baseline, or too little to measure by it."""
        if self.did.baseline is None or self.did.status is Status.BASELINE_TOO_LOW:
            return None
        part = Fraction(100 - self.measure.threshold_pct, 100)
        return self._answered(exactly(self.did.baseline) * part)

    def after(self) -> Mapping[int, float]:
        """The curve by days since the last infusion, from day 1 on."""
        last = self.did.last_infusion
        return {(day - last).days: mean for day, mean in self.curve.items() if day > last}

    def _answered(self, severity: Fraction) -> float:
        return _as_answered(severity, self.measure)


def held(days: Sequence[DayRead], treated: Treated, today: date, name: str) -> Sequence[Held]:
    """Every series of hers up to today, oldest first, for pain or for mood."""
    measure = BY_NAME[name]
    told = {day.day: day for day in days if measure.item in day.items}
    every = looks(
        {day: one.number(measure.item) for day, one in told.items()},
        treated.days,
        today,
        threshold_pct=measure.threshold_pct,
        higher_is_better=measure.higher_is_better,
        baseline=treated.baselines.get(name),
        new_series=treated.new_series,
    )
    return [_held(measure, look, told) for look in every]


def _held(measure: Measure, look: Look, told: Mapping[date, DayRead]) -> Held:
    course = look.course
    after = [day for day in course.severities if course.last < day <= course.end]
    return Held(
        measure,
        look.held,
        look.fading,
        course.end,
        {day: _as_answered(mean, measure) for day, mean in course.weeks.means()},
        sum(told[day].hollow(measure.item) for day in after),
        _so_far(look),
    )


def _so_far(look: Look) -> bool:
    """Whether a loss may still move. The next infusion settles it: no more days can count."""
    loss, course = look.held.loss_date, look.course
    if loss is None or course.next_start:
        return False
    low = course.weeks.days(after=loss.toordinal() - 1)
    return course.today < date.fromordinal(low[LOW_RUN - 1]) + MOVES_FOR


def _as_answered(severity: Fraction, measure: Measure) -> float:
    return float(rounded(TOP - severity if measure.higher_is_better else severity))
