"""What each series did, for the care team: a table, and how it stands today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flask_babel import format_date, format_decimal, gettext, ngettext

from journal.infusions.treated import Treated
from journal.insights.exact import rounded
from journal.insights.intervals import SHORTER, intervals, shortening
from journal.insights.relief import LEAST_BEFORE, Durability, Status
from journal.outcomes.held import Held
from journal.outcomes.wording import measure_name, name_of, told_later

ENDED = (Status.LOST, Status.DATA_GAP, Status.NEXT_INFUSION)
PER_CENT = 100


@dataclass(frozen=True)
class Line:
    """Pain or mood of one series, in words."""

    what: str
    baseline: str
    best: str
    onset: str
    held: str
    status: str
    coverage: str


@dataclass(frozen=True)
class Block:
    """One series: its infusions, and a line for pain and one for mood."""

    name: str
    lines: Sequence[Line]


def blocks(standing: Mapping[str, Sequence[Held]], set_by: str) -> list[Block]:
    """Every series, newest first. `set_by` says who set a baseline, and when."""
    both = list(zip(*standing.values(), strict=True))
    return [
        Block(name_of(series[0].did), [_line(held, set_by) for held in series])
        for series in reversed(both)
    ]


def present(standing: Mapping[str, Sequence[Held]], today: date) -> Iterator[tuple[str, str]]:
    """How pain and mood stand today, and how long the series before held."""
    for series in standing.values():
        if series:
            now, before = series[-1], series[-2:-1]
            parts = [_now(now, today), *(_last_time(one.did) for one in before)]
            yield measure_name(now.measure.name), "; ".join(part for part in parts if part)


def fading_of(standing: Mapping[str, Sequence[Held]]) -> list[Held]:
    """Those of the two of which relief may be fading."""
    return [series[-1] for series in standing.values() if series and series[-1].fading]


def closer(treated: Treated, today: date) -> str:
    """Whether series come closer and closer, in a sentence; "" where they do not."""
    if not shortening(treated.days, today, treated.new_series):
        return ""
    last = intervals(treated.days, today, treated.new_series)[-SHORTER - 1 :]
    return gettext(
        "The days between series become fewer: %(days)s.",
        days=", ".join(str(format_decimal(one)) for one in last),
    )


def _line(held: Held, set_by: str) -> Line:
    did = held.did
    return Line(
        gettext(
            "%(what)s, from %(threshold)s %% better",
            what=measure_name(held.measure.name),
            threshold=held.measure.threshold_pct,
        ),
        _baseline(held, set_by),
        _best(did),
        format_date(did.onset_date, "d MMM y") if did.onset_date else "",
        _days_held(did),
        _stands(held),
        _coverage(held),
    )


def _baseline(held: Held, set_by: str) -> str:
    if held.baseline is None:
        return ""
    value = str(format_decimal(held.baseline))
    if held.did.baseline_set:
        return gettext("%(value)s, %(set_by)s", value=value, set_by=set_by)
    return ngettext(
        "%(value)s, mean of %(num)s day", "%(value)s, mean of %(num)s days",
        held.did.baseline_n or 0, value=value,
    )  # fmt: skip


def _best(did: Durability) -> str:
    best = did.best_improvement_pct
    if best is None:
        return ""
    if best < 0:
        return gettext("%(best)s %% worse", best=format_decimal(-best))
    return gettext("%(best)s %% better", best=format_decimal(best))


def _days_held(did: Durability) -> str:
    """ "15", "9 to 14", or "≥ 17" where nobody knows how much longer."""
    low, high = did.durability_days, did.durability_upper_days
    if low is None or did.onset_date is None:
        return ""
    if did.censored:
        return gettext("≥ %(days)s days", days=low)
    if high is not None and high > low:
        return gettext("%(low)s to %(high)s days", low=low, high=high)
    return ngettext("%(num)s day", "%(num)s days", low)


def _stands(held: Held) -> str:
    state = gettext("may be fading") if held.fading else _status(held.did)
    return _by_now(state) if held.so_far else state


def _by_now(ended: str) -> str:
    """What the next days may still change, said as that."""
    return gettext("%(ended)s, by what is told so far", ended=ended)


def _status(did: Durability) -> str:
    said = {
        Status.BASELINE_INSUFFICIENT: gettext(
            "too few days before it: %(days)s of %(of)s", days=did.baseline_n, of=LEAST_BEFORE
        ),
        Status.BASELINE_TOO_LOW: gettext("little to measure before it"),
        Status.TOO_EARLY: gettext("too early to say"),
        Status.NOT_EVALUABLE: gettext("too few days to say"),
        Status.NO_RESPONSE: gettext("no relief found"),
        Status.LOST: gettext("ended"),
        Status.DATA_GAP: gettext("unknown after a gap"),
        Status.NEXT_INFUSION: gettext("the next infusion came first"),
        Status.ONGOING: gettext("still holding"),
    }
    return said[did.status]


def _coverage(held: Held) -> str:
    did = held.did
    if not did.diary_expected:
        return ""
    said = gettext(
        "%(days)s of %(of)s days (%(part)s %%)",
        days=did.diary_days,
        of=did.diary_expected,
        part=rounded(Fraction(PER_CENT * did.diary_days, did.diary_expected), 0),
    )
    return f"{said}. {told_later(held)}" if held.later else said


def _now(held: Held, today: date) -> str:
    day = (today - held.did.last_infusion).days
    return gettext("Day %(day)s, %(state)s", day=day, state=_how_long(held))


def _how_long(held: Held) -> str:
    """How it stands, with its days where they are known."""
    did = held.did
    if did.status is Status.LOST:
        ended = gettext("ended after %(days)s", days=_days_held(did))
        return _by_now(ended) if held.so_far else ended
    if did.status is Status.DATA_GAP and did.durability_days:
        return ngettext(
            "held at least %(num)s day, then a gap",
            "held at least %(num)s days, then a gap",
            did.durability_days,
        )
    return _stands(held)


def _last_time(did: Durability) -> str:
    if did.status not in ENDED:
        return ""
    return gettext("last series held %(days)s", days=_days_held(did))
