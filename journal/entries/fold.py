"""How edits become a day: item by item, the greatest (counted_at, edit_id) shows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from journal.clock import diary_day
from journal.entries.models import How
from journal.errors import Invalid, words

Medicine = Mapping[str, str | float | None]
Value = int | float | str | bool | tuple[Medicine, ...] | tuple[str, ...] | Mapping[str, int]


@dataclass(frozen=True)
class Told:
    """What one edit said about one item; `value` None means it was cleared."""

    value: Value | None
    counted_at: datetime
    edit_id: UUID
    how: How

    @property
    def rank(self) -> tuple[datetime, UUID]:
        return self.counted_at, self.edit_id


State = Mapping[str, Told]


def fold(state: State, told: Mapping[str, Told]) -> State:
    """The state after one more edit; order and repetition of arrival do not matter."""
    newer = {
        item: said
        for item, said in told.items()
        if item not in state or said.rank > state[item].rank
    }
    return {**state, **newer}


def how_told(day: date, counted: datetime, zone: str) -> How:
    """Live, late or corrected, by the diary day it was in the edit's own zone.

    Raises Invalid for a day that has not begun there.
    """
    behind = (diary_day(counted, zone) - day).days
    if behind < 0:
        raise Invalid(words("That day has not begun yet."), code="future", field="day")
    return (How.LIVE, How.LATE)[behind] if behind < 2 else How.CORRECTED
