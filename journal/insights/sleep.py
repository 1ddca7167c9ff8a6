"""One night from a sleep diary: minutes in bed, minutes asleep, and how the two compare.

Rule 1.2 of our clinical reference. The day of a night is the one on which she got up.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from journal.insights.exact import rounded

ONE = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONGEST_IN_BED = 18 * 60


@dataclass(frozen=True)
class Night:
    """Minutes and percentages (1 decimal) of a night; all None, with `errors`, where it cannot be.

    `se_pct` is the share of the time in bed that was slept (the one to show), `se_attempt_pct`
    of the time from trying to sleep until getting up. Sleep from one's own account runs longer
    than measured sleep: compare it with the same person's other nights only.
    """

    valid: bool
    errors: list[str] = field(default_factory=list)
    tib_min: int | None = None
    sleep_period_min: int | None = None
    twak_min: int | None = None
    tst_min: int | None = None
    se_pct: float | None = None
    se_attempt_pct: float | None = None


def night(
    *,
    wake_date: date,
    into_bed: time,
    try_sleep: time,
    sol: int,
    awakenings: int,
    waso: int,
    final_awake: time,
    out_bed: time,
    tz: str,
) -> Night:
    """Reckon a night from wall-clock times in `tz` (IANA) and minutes (`sol`, `waso`).

    Resolved backwards from getting up on `wake_date`: each earlier time is the latest moment not
    after the next one at which the clock showed it. A time that came twice is the earlier one
    before sleep and the later one after it; one that never came moves forward by the gap.
    Rejected: `not_in_bed` (no time in bed, or over 18 hours), `wake_exceeds_sleep_period`,
    `waso_without_awakenings`. Raises ValueError for negative minutes or an unknown zone.
    """
    if min(sol, awakenings, waso) < 0:
        raise ValueError("minutes and awakenings are counted from 0")
    zone = _zone(tz)
    up = _moment(wake_date, out_bed, zone, late=True)
    awake = _latest(final_awake, up, zone, late=True)
    tried = _latest(try_sleep, awake, zone, late=False)
    bed = _latest(into_bed, tried, zone, late=False)
    in_bed, period = _minutes(bed, up), _minutes(tried, awake)
    asleep = period - sol - waso
    if errors := _errors(in_bed, asleep, awakenings, waso):
        return Night(valid=False, errors=errors)
    return Night(
        valid=True,
        tib_min=in_bed,
        sleep_period_min=period,
        twak_min=_minutes(awake, up),
        tst_min=asleep,
        se_pct=_share(asleep, in_bed),
        se_attempt_pct=_share(asleep, _minutes(tried, up)),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"no such zone: {name}") from error


def _errors(in_bed: int, asleep: int, awakenings: int, waso: int) -> list[str]:
    found = {
        "not_in_bed": not 0 < in_bed <= LONGEST_IN_BED,
        "wake_exceeds_sleep_period": asleep < 0,
        "waso_without_awakenings": waso > 0 and awakenings == 0,
    }
    return [name for name, is_so in found.items() if is_so]


def _latest(wall: time, before: datetime, zone: ZoneInfo, *, late: bool) -> datetime:
    """The latest moment, not after `before`, at which the clock on the wall showed `wall`."""
    day = before.astimezone(zone).date()
    moments = (
        moment
        for n in range(3)
        for fold in (late, not late)
        if (moment := _moment(day - n * ONE, wall, zone, late=fold)) <= before
    )
    return next(moments)


def _moment(day: date, wall: time, zone: ZoneInfo, *, late: bool) -> datetime:
    local = datetime.combine(day, wall.replace(fold=0), zone)
    if local.astimezone(UTC).astimezone(zone).time() != wall:
        # The clock skipped it: as far into the day as it would have been.
        return local.astimezone(UTC)
    return local.replace(fold=int(late)).astimezone(UTC)


def _minutes(first: datetime, last: datetime) -> int:
    return (last - first) // MINUTE


def _share(part: int, whole: int) -> float:
    return float(rounded(Fraction(100 * part, whole)))
