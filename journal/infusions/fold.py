"""How edits become an infusion, and what an infusion can be. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from journal.clock import AHEAD
from journal.errors import Invalid, words
from journal.infusions.items import (
    MG_PER_KG_DOUBT,
    USUAL_MG_PER_KG,
    Items,
    Value,
    items,
    mg_per_kg,
)
from journal.infusions.models import Standing

OLDEST = date(1900, 1, 1)
FURTHEST = timedelta(days=3 * 366)
USUAL_AGE = timedelta(days=366)
# A letter that took longer says nothing about the day by its own clock: anybody can set that back.
PROMPT = timedelta(days=1)
USUAL_PAUSE = timedelta(hours=6)
DAY_IN_MINUTES, USUAL_STAY = 24 * 60, 12 * 60
# A mark and a second look are no corrections of what happened.
NO_CORRECTION = frozenset({"new_series", "sure"})


@dataclass(frozen=True)
class Told:
    """What one edit said, and when that counts; None clears an item."""

    items: Mapping[str, Value | None]
    counted_at: datetime
    edit_id: UUID

    @property
    def rank(self) -> tuple[datetime, UUID]:
        return self.counted_at, self.edit_id


def fold(edits: Iterable[Told]) -> Items:
    """What stands after these edits, item by item the newest; order of arrival does not matter."""
    said: dict[str, Value | None] = {}
    for edit in sorted(edits, key=lambda edit: edit.rank):
        said |= edit.items
    return {name: said[name] for name in items() if said.get(name) is not None and name != "sure"}  # type: ignore[misc]


def began(said: Items, zone: str) -> datetime:
    """The instant at which it began or is planned to. Raises Invalid."""
    if "given_at" not in said:
        raise Invalid(words("Say when it began."), field="given_at")
    try:
        wall = datetime.fromisoformat(str(said["given_at"]))
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise Invalid(words("That is not a valid time."), field="given_at") from error


def check_clock(said: Items, zone: str) -> None:
    """Raise Invalid for a time that the clocks leap over on that day."""
    wall = datetime.fromisoformat(str(said["given_at"]))
    if began(said, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise Invalid(
            words("There is no such time on that day: the clocks go forward."), field="given_at"
        )


def day_of(said: Items) -> date:
    """Its date at the clinic."""
    return date.fromisoformat(str(said["given_at"])[:10])


def check(said: Items, now: datetime, born: date | None, zone: str) -> None:
    """Raise Invalid, naming the item, for what cannot be."""
    at, given = began(said, zone), said.get("standing") == Standing.GIVEN
    _check_day(day_of(said), born, "given_at")
    if given and at > now + AHEAD:
        raise Invalid(
            words("That is in the future. Record it when it was given."), field="given_at"
        )
    if at > now + FURTHEST:
        raise Invalid(words("Check the year: that is too far ahead."), field="given_at")
    if "standing" not in said:
        raise Invalid(words("Say whether it is planned or was given."), field="standing")
    for name, asked in (("agent", _SAY_AGENT), ("dose_mg", _SAY_DOSE)) if given else ():
        if name not in said:
            raise Invalid(asked, field=name)
    _check_weight(said, now.astimezone(ZoneInfo(zone)).date(), born)


_SAY_AGENT = words("Say what was given.")
_SAY_DOSE = words("Say the dose in mg.")


def doubts(told: Mapping[str, Value | None], said: Items, now: datetime, zone: str) -> list[str]:
    """Marked sentences about what this edit says that can be, but is worth a second look."""
    found = [
        items()[name].doubt for name, value in told.items() if items()[name].is_doubtful(value)
    ]
    if {"dose_mg", "weight_kg"} & set(told) and _odd_for_weight(said):
        found.append(MG_PER_KG_DOUBT)
    if "given_at" in told and now - began(said, zone) > USUAL_AGE:
        found.append(words("The day is more than a year ago."))
    if any(
        _is_upside_down(said, when) for when in ("before", "peak", "after") if _says(told, when)
    ):
        found.append(words("The upper blood pressure is below the lower one."))
    if {"left_at", "given_at", "minutes"} & set(told) and _left_too_early(said):
        found.append(words("They went home before it began or ended. Look at the times again."))
    return list(dict.fromkeys(found))


NOT_AS_PLANNED = words("It was planned for another day. Was it given on this one?")
FIRST = words(
    "This would be the first infusion: what counts as before it changes for every series."
)
SECOND = words("Another one was given within 6 hours on that day. Were there two?")


def doubts_around(
    told: Mapping[str, Value | None], said: Items, before: Items, others: Sequence[str]
) -> list[str]:
    """The same about its moment, beside what stood of it before and when others were given."""
    if said.get("standing") != Standing.GIVEN or not {"given_at", "standing"} & set(told):
        return []
    day = day_of(said)
    found = []
    if before.get("standing") == Standing.PLANNED and day_of(before) != day:
        found.append(NOT_AS_PLANNED)
    is_moved = before.get("standing") != Standing.GIVEN or day_of(before) != day
    if is_moved and others and day < date.fromisoformat(min(others)[:10]):
        found.append(FIRST)
    if any(_is_soon(str(said["given_at"]), other) for other in others):
        found.append(SECOND)
    return found


def changed_meanwhile(
    told: Mapping[str, Value | None], shown: Mapping[str, object], before: Items
) -> list[str]:
    """What an edit changes that is neither as its page showed it nor as the edit says."""
    return [
        name
        for name in items()
        if name in told and name in shown and before.get(name) not in (shown[name], told[name])
    ]


def judged_at(counted_at: datetime, received_at: datetime) -> datetime:
    """When a correction was said, for asking why: the device's clock counts only for a day."""
    return received_at if is_belated(counted_at, received_at) else counted_at


def is_belated(counted_at: datetime, received_at: datetime) -> bool:
    """Whether it arrived more than a day after it was said."""
    return received_at - counted_at > PROMPT


def needs_reason(told: Mapping[str, Value | None], given_first: date | None, today: date) -> bool:
    """Whether it corrects, on a later diary day of the clinic, what was said to be given."""
    return given_first is not None and today > given_first and bool(set(told) - NO_CORRECTION)


def _check_day(day: date, born: date | None, field: str) -> None:
    if born and day < born:
        raise Invalid(words("That is before this person was born."), field=field)
    if day < OLDEST:
        raise Invalid(words("Check the year: that is too long ago."), field=field)


def _check_weight(said: Items, today: date, born: date | None) -> None:
    if "weight_on" in said:
        day = date.fromisoformat(str(said["weight_on"]))
        _check_day(day, born, "weight_on")
        if day > today + timedelta(days=1):
            raise Invalid(words("That is in the future."), field="weight_on")
    elif "weight_kg" in said:
        raise Invalid(words("Say on which day that weight was taken."), field="weight_on")


def _odd_for_weight(said: Items) -> bool:
    found, (low, high) = mg_per_kg(said), USUAL_MG_PER_KG
    return found is not None and not low <= found <= high


def _is_soon(one: str, other: str) -> bool:
    apart = abs(datetime.fromisoformat(one) - datetime.fromisoformat(other))
    return one[:10] == other[:10] and apart < USUAL_PAUSE


def _says(told: Mapping[str, Value | None], when: str) -> bool:
    return f"bp_systolic_{when}" in told or f"bp_diastolic_{when}" in told


def _is_upside_down(said: Items, when: str) -> bool:
    upper, lower = said.get(f"bp_systolic_{when}"), said.get(f"bp_diastolic_{when}")
    return upper is not None and lower is not None and float(upper) <= float(lower)


def _left_too_early(said: Items) -> bool:
    """Past midnight the clock on the wall is behind, and a stay of that length has to be usual."""
    minutes = float(said.get("minutes", 0))
    if "left_at" not in said or minutes >= DAY_IN_MINUTES:
        return False
    began, left = (_minute_of(str(said[name])[-5:]) for name in ("given_at", "left_at"))
    stayed = (left - began) % DAY_IN_MINUTES
    return stayed < minutes or (left < began and stayed - minutes > USUAL_STAY)


def _minute_of(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
