"""What a series did, in a sentence for the patient: how things were after, never because of what.

Nothing here says when relief will end, and nothing is said that the days do not show.
"""

from datetime import date

from flask_babel import format_date, gettext, ngettext

from journal.insights.relief import FADING_LOW, LEAST_BEFORE, Durability, Status
from journal.outcomes.baseline import Ahead
from journal.outcomes.held import Held


def name_of(did: Durability) -> str:
    """Which series it is: how many infusions, and when."""
    first, last = did.series_start, did.last_infusion
    if did.infusions == 1:
        return gettext("One infusion, on %(day)s", day=format_date(first, "long"))
    return ngettext(
        "%(num)s infusion, %(first)s to %(last)s",
        "%(num)s infusions, %(first)s to %(last)s",
        did.infusions,
        first=format_date(first, "d MMM" if first.year == last.year else "d MMM y"),
        last=format_date(last, "d MMM y"),
    )


def measure_name(name: str) -> str:
    """Pain or mood, as one word."""
    return {"pain": gettext("Pain"), "mood": gettext("Mood")}[name]


def sentence(held: Held, today: date) -> str:
    """The sentence of the status of a series (CLINICAL 3.4)."""
    did, mood = held.did, held.measure.name == "mood"
    match did.status:
        case Status.LOST:
            return _so_far(_lost(did)) if held.so_far else _lost(did)
        case Status.NEXT_INFUSION:
            return _next_infusion(did)
        case Status.ONGOING:
            return _ongoing(did, today)
        case Status.DATA_GAP:
            return _gap(did)
        case Status.TOO_EARLY:
            return gettext(
                "It is too early to say how things were after it. That takes three weeks after the "
                "last infusion."
            )
        case Status.NOT_EVALUABLE:
            return gettext("Not enough days to compare, too few after the last infusion.")
        case Status.BASELINE_INSUFFICIENT:
            return _too_few_before(did)
        case Status.BASELINE_TOO_LOW:
            return _little_to_measure(mood)
        case Status.NO_RESPONSE:
            return _no_response(did, mood)


def told_later(held: Held) -> str:
    """How many of the days after the last infusion were told after their day; "" for none."""
    if not held.later:
        return ""
    return ngettext(
        "%(num)s of %(days)s days was added later; it is drawn hollow.",
        "%(num)s of %(days)s days were added later; they are drawn hollow.",
        held.later,
        days=held.did.diary_days,
    )


def first_ahead(ahead: Ahead) -> str:
    """How far she is before her first infusion."""
    when = ngettext(
        "first infusion in %(num)s day", "first infusion in %(num)s days", ahead.in_days
    )
    when = when if ahead.in_days else gettext("first infusion today")
    if not ahead.begun:
        return gettext(
            "%(when)s; the two weeks before it are what later days are compared with",
            when=when[:1].upper() + when[1:],
        )
    if ahead.days >= ahead.of:
        return gettext("Baseline: enough days (%(days)s), %(when)s", days=ahead.days, when=when)
    return gettext(
        "Baseline: %(days)s of %(of)s days, %(when)s", days=ahead.days, of=ahead.of, when=when
    )


def _so_far(lost: str) -> str:
    return f"{lost} {gettext('So it is so far: the days that come may still change this.')}"


def _lost(did: Durability) -> str:
    low, high = did.durability_days or 0, did.durability_upper_days or 0
    if low == 0:
        return gettext(
            "There was relief during the series; it did not last beyond the last infusion."
        )
    if low < high:
        return gettext(
            "For %(low)s to %(high)s days after the last infusion, the week around each day was "
            "clearly better than before your first one. Between the two there are too few entries "
            "to say.",
            low=low,
            high=high,
        )
    return ngettext(
        "For about %(num)s day after the last infusion, the week around each day was clearly "
        "better than before your first one.",
        "For about %(num)s days after the last infusion, the week around each day was clearly "
        "better than before your first one.",
        low,
    )


def _next_infusion(did: Durability) -> str:
    if not did.durability_days:
        return gettext(
            "There was relief during the series; after it there were too few days to say how long "
            "it stayed. Then the next infusion came."
        )
    return ngettext(
        "For %(num)s day or more after the last infusion, the week around each day was clearly "
        "better than before your first one. Then the next infusion came.",
        "For %(num)s days or more after the last infusion, the week around each day was clearly "
        "better than before your first one. Then the next infusion came.",
        did.durability_days,
    )


def _ongoing(did: Durability, today: date) -> str:
    """Low days are not loss, and no reason to say "better" either."""
    day, settled = (today - did.last_infusion).days, (did.low_days or 0) < FADING_LOW
    if not did.durability_days:
        return gettext(
            "Day %(day)s. There was relief during the series; what came after it is too recent "
            "to say.",
            day=day,
        )
    if settled:
        return gettext("Day %(day)s, and still better so far.", day=day)
    return gettext(
        "Day %(day)s. Clearly better up to day %(held)s; what came after is too recent to say.",
        day=day,
        held=did.durability_days,
    )


def _gap(did: Durability) -> str:
    if not did.durability_days:
        return gettext(
            "There was relief during the series; after that there are too few entries to say."
        )
    return ngettext(
        "For at least %(num)s day after the last infusion, the week around each day was clearly "
        "better than before your first one; after that there are too few entries to say.",
        "For at least %(num)s days after the last infusion, the week around each day was clearly "
        "better than before your first one; after that there are too few entries to say.",
        did.durability_days,
    )


def _too_few_before(did: Durability) -> str:
    return gettext(
        "Not enough days to compare (%(days)s of the %(of)s needed before the first infusion).",
        days=did.baseline_n or 0,
        of=LEAST_BEFORE,
    )


def _little_to_measure(mood: bool) -> str:
    if mood:
        return gettext("Your mood was good to begin with, so there is not much to measure here.")
    return gettext("You started with little pain, so there is not much to measure here.")


def _no_response(did: Durability, mood: bool) -> str:
    more = gettext(
        "One number does not tell the whole story; your clinic will want to hear what you noticed."
    )
    return f"{_stayed(did, mood)} {more}"


def _stayed(did: Durability, mood: bool) -> str:
    better = (did.best_improvement_pct or 0) > 0
    if mood:
        return (
            gettext("In the weeks after the infusion your mood stayed close to the weeks before.")
            if better
            else gettext("In the weeks after the infusion your mood was no higher than before.")
        )
    return (
        gettext("In the weeks after the infusion your pain stayed close to the weeks before.")
        if better
        else gettext("In the weeks after the infusion your pain was no lower than before.")
    )
