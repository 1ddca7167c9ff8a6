"""What may happen to somebody's phone, drawn by chance, and so that it can be said again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.torture.offline_proxy import Way

MINUTE, HOUR, DAY = 60, 3600, 86400
# Not more than five minutes ahead: beyond that the server's clock counts.
JUMPS = (-DAY, -HOUR, -2, 0, 3 * MINUTE, 4 * MINUTE)
SCALES = ("pain_avg", "mood")
Told = int | str | None


@dataclass(frozen=True)
class Step:
    """One thing that happens; `phone` is 0 or 1, `what` is what the doing needs to know."""

    name: str
    phone: int = 0
    what: tuple[Told, ...] = ()

    def __str__(self) -> str:
        said = " ".join(str(one) for one in self.what)
        return f"phone {self.phone}: {self.name} {said}".rstrip()


@dataclass(frozen=True)
class Life:
    """A sequence, and whether the browsers have a worker that keeps pages."""

    steps: Sequence[Step]
    worker: bool = True

    @property
    def phones(self) -> int:
        return 1 + max((step.phone for step in self.steps), default=0)

    def __str__(self) -> str:
        worker = "with" if self.worker else "without"
        return f"({worker} a worker) " + "; ".join(str(step) for step in self.steps)


class Dice:
    """Draws steps; no value is said twice about one item, so that each can be told from all."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._values = {item: chance.sample(range(11), 11) for item in SCALES}
        self._notes = 0

    def life(self) -> Life:
        phones = self._chance.choice((1, 1, 2))
        drawn = [self._step(phones) for _ in range(self._chance.randint(6, 12))]
        steps = [one for step in drawn for one in (step, *self._after(step))]
        return Life(steps, worker=self._chance.random() < 0.6)

    def _after(self, step: Step) -> tuple[Step, ...]:
        """Whoever taps mostly looks whether it was heard."""
        looks = step.name == "tap" and self._chance.random() < 0.6
        return (replace(step, name="look", what=()),) if looks else ()

    def _step(self, phones: int) -> Step:
        draw = self._chance.choices([*STEPS], [weight for weight, _ in STEPS.values()])[0]
        return Step(draw, self._chance.randrange(phones), STEPS[draw][1](self))

    def said(self) -> tuple[Told, ...]:
        """An item and what is said about it; None takes it back."""
        item = self._chance.choice((*SCALES, "note"))
        if self._chance.random() < 0.1:
            return item, None
        if item in SCALES and self._values[item]:
            return item, self._values[item].pop()
        self._notes += 1
        return "note", f"n{self._notes}"

    def said_elsewhere(self) -> tuple[Told, ...]:
        return self.back(), *self.said()

    def back(self) -> int:
        """So many days ago."""
        return self._chance.choice((0, 0, 1))

    def one_of(self, *choices: Told) -> Told:
        return self._chance.choice(choices)


# How often each is drawn, and what it needs to know.
STEPS: Mapping[str, tuple[int, Callable[[Dice], tuple[Told, ...]]]] = {
    "tap": (34, Dice.said),
    "look": (4, lambda _: ()),
    "done": (5, lambda _: ()),
    "open": (6, lambda dice: (dice.back(),)),
    "network": (16, lambda dice: (dice.one_of(*Way),)),
    "kill": (5, lambda _: ()),
    "another tab": (4, lambda dice: (dice.back(),)),
    "turn to the other tab": (4, lambda dice: (dice.one_of("hiding", "beside"),)),
    "hide": (3, lambda _: ()),
    "wait": (2, lambda _: ()),
    "update": (3, lambda _: ()),
    "sign out": (5, lambda dice: (dice.one_of("send", "throw", "throw", "stay"),)),
    "sign in": (3, lambda _: ()),
    "expire": (2, lambda _: ()),
    "jump": (5, lambda dice: (dice.one_of(*JUMPS),)),
    "said elsewhere": (6, Dice.said_elsewhere),
}
