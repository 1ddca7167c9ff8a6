"""What ought to be in the journal, from what was tapped when on which clock. A model of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tests.torture.offline_proxy import Sent
from tests.torture.offline_steps import Told

Place = tuple[str, str]  # a day and an item


class Sure(IntEnum):
    """What the screen said about a tap."""

    NOTHING = 0
    ON_PHONE = 1
    IN_JOURNAL = 2


@dataclass(eq=False)
class Tap:
    """One thing said. It counts from `first` to `last`, in milliseconds: a clock that was ahead
    may have been set right meanwhile, and a letter counts from its last tap.

    `line`: those of one number follow one another for certain.
    """

    place: Place
    value: Told
    first: float
    last: float
    line: int
    number: int
    sure: Sure = Sure.NOTHING
    # When it was thrown away, if it was.
    thrown_at: float | None = None

    def surely_over(self, other: "Tap") -> bool:
        if self.line == other.line:
            return self.number > other.number
        return self.first > other.last

    def __str__(self) -> str:
        return f"{self.place[1]} of {self.place[0]} = {self.value}"


@dataclass
class Model:
    """All that was said in one life."""

    taps: list[Tap] = field(default_factory=list)

    def said(self, place: Place, value: Told, first: float, last: float, line: int) -> Tap:
        """One more; on its own line it does not count from before what was said before it."""
        before = [tap for tap in self.taps if tap.line == line]
        if before:
            first, last = max(first, before[-1].first), max(last, before[-1].last + 1)
        tap = Tap(place, value, first, last, line, len(self.taps))
        self.taps.append(tap)
        return tap

    def find(self, place: Place, value: Told) -> Tap | None:
        return next((tap for tap in self.taps if (tap.place, tap.value) == (place, value)), None)

    def faults(
        self, days: Mapping[Place, Told], aside: Iterable[tuple[Place, str]], sent: Sequence[Sent]
    ) -> list[str]:
        """What is wrong with the journal as it stands at last."""
        waiting = set(aside)
        places = {tap.place for tap in self.taps} | set(days)
        found = [self._at(place, days.get(place), waiting) for place in sorted(places)]
        return [fault for fault in found if fault] + self._returned(sent) + _changed(sent)

    def made_up(self, said: Iterable[tuple[Place, Told]]) -> list[str]:
        """What nobody said."""
        return [f"nobody said {one}" for one in said if not self.find(*one)]

    def _at(self, place: Place, shown: Told, aside: set[tuple[Place, str]]) -> str | None:
        here = [tap for tap in self.taps if tap.place == place]
        needed = [tap for tap in here if (place, str(tap.value)) in aside]
        # What was said anew is what needs her then: what was wrong before it is answered by that.
        must = [
            tap
            for tap in here
            if tap.sure and tap not in needed and not any(one.surely_over(tap) for one in needed)
        ]
        if shown is None and not must:
            return None
        those = [tap for tap in here if tap.value == shown]
        if any(not any(one.surely_over(tap) for one in must) for tap in those):
            return None
        what = "older shows over newer" if those else "lost"
        newest = ", ".join(str(tap.value) for tap in must)
        return f"{what}: {place[1]} of {place[0]} is {shown}, and was shown as saved: {newest}"

    def _returned(self, sent: Sequence[Sent]) -> list[str]:
        """Thrown away, and sent after that."""
        return [
            f"thrown away, and sent: {tap}"
            for one in sent
            for item, value in one.edit["items"].items()
            if (tap := self.find((one.day, item), value))
            and tap.thrown_at is not None
            and tap.thrown_at < one.at
        ]


def _changed(sent: Sequence[Sent]) -> list[str]:
    """A letter once tried never changes."""
    first: dict[str, Sent] = {}
    return [
        f"a letter changed after it was tried: {one.edit}, {before.edit}"
        for one in sent
        if (before := first.setdefault(one.edit["edit_id"], one)).edit != one.edit
    ]
