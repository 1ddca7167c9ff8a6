"""A night written down in detail, reckoned and said; what does not add up is said, and kept."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, cast

from flask_babel import format_decimal, gettext

from journal.entries.fold import Value
from journal.entries.wording import in_words
from journal.errors import words
from journal.insights.exact import rounded
from journal.insights.sleep import Night, night
from journal.insights.weeks import LEAST, WEEK, mean_of

TIMES = ("into_bed", "try_sleep", "final_awake", "out_bed")
NO_BREAK = "\u00a0"
COUNTS = ("sol", "awakenings", "waso")
WRONG = {
    "not_in_bed": words(
        "Into bed at %(into_bed)s and out of bed at %(out_bed)s is no night, or one of more than "
        "18 hours. Please look at AM and PM."
    ),
    "wake_exceeds_sleep_period": words(
        "These are more minutes awake than there were between trying to sleep and waking up."
    ),
    "waso_without_awakenings": words(
        "There are minutes awake here, but the number of times you woke up is 0."
    ),
}


def night_of(items: Mapping[str, Value], day: date, zone: str) -> Night | None:
    """The night that ended on `day`; None until all of it is there.

    Whoever never woke up need not say how long she was awake.
    """
    said: dict[str, Any] = {name: items[name] for name in COUNTS if name in items}
    said |= {name: time.fromisoformat(cast("str", items[name])) for name in TIMES if name in items}
    if said.get("awakenings") == 0:
        said.setdefault("waso", 0)
    if len(said) < len(COUNTS) + len(TIMES):
        return None
    return night(wake_date=day, tz=zone, **said)


def night_in_words(items: Mapping[str, Value], day: date, zone: str) -> str:
    """That night in one sentence, or what does not add up; "" until all of it is there."""
    found = night_of(items, day, zone)
    if found is None:
        return ""
    if not found.valid:
        times = {name: in_words(name, items[name]) for name in ("into_bed", "out_bed")}
        wrong = [gettext(WRONG[error], **times) for error in found.errors]
        return " ".join([gettext("Kept as you wrote it."), *wrong])
    said: str = gettext(
        "In bed %(bed)s, asleep about %(asleep)s (%(share)s %% of the time in bed).",
        bed=_long(found.tib_min or 0),
        asleep=_long(found.tst_min or 0),
        share=format_decimal(found.se_pct),
    )
    return said


def week_in_words(nights: Mapping[date, Mapping[str, Value]], last: date, zone: str) -> str:
    """The mean of her own seven nights up to `last`; "" under four (CLINICAL 1.2)."""
    seven = [day for day in nights if last - timedelta(days=WEEK) < day <= last]
    read = [one for day in seven if (one := night_of(nights[day], day, zone)) and one.valid]
    asleep = mean_of([one.tst_min for one in read], LEAST)
    share = mean_of([one.se_pct for one in read], LEAST)
    if asleep is None or share is None:
        return ""
    said: str = gettext(
        "On %(count)s of your last seven nights, on average: "
        "asleep about %(asleep)s (%(share)s %% of the time in bed).",
        count=len(read),
        asleep=_long(int(rounded(asleep, 0))),
        share=format_decimal(rounded(share)),
    )
    return said


def _long(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    pattern = words("%(hours)s h %(minutes)s min") if rest else words("%(hours)s h")
    said: str = gettext(pattern, hours=hours, minutes=rest)
    return said.replace(" ", NO_BREAK)
