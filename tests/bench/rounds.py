"""Measuring two programs side by side: ABBA rounds in one run, CPU and wall time a request."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """How many times ours costs what the reference does, and the noise of the measurement.

    `noise` is the spread of the reference against itself: a ratio within it says nothing.
    """

    cpu: float
    wall: float
    noise: float
    ours_ms: float
    bare_ms: float

    def __str__(self) -> str:
        doubt = "" if abs(self.cpu - 1) > self.noise else "  inconclusive"
        return (
            f"{self.cpu:5.2f} x CPU  {self.wall:5.2f} x wall  "
            f"({self.ours_ms:.2f} against {self.bare_ms:.2f} ms CPU; "
            f"noise ±{self.noise:.2f}){doubt}"
        )


def compare(ours: Work, bare: Work, *, times: int, rounds: int = 8, warm: int = 3) -> Ratio:
    """Run ABBA rounds of `times` calls each, after `warm` or more; the ratio is of the medians."""
    for work in (ours, bare):
        _spend(work, max(warm, times // 4))
    a, b, again = [], [], []
    for _ in range(rounds):
        a.append(_spend(ours, times))
        b.append(_spend(bare, times))
        again.append(_spend(bare, times))
        a.append(_spend(ours, times))
    cpu_ours, wall_ours = _medians(a)
    cpu_bare, wall_bare = _medians(b + again)
    noise = statistics.median(abs(x[0] / y[0] - 1) for x, y in zip(b, again, strict=True))
    return Ratio(
        cpu_ours / cpu_bare,
        wall_ours / wall_bare,
        noise,
        cpu_ours * 1000,
        cpu_bare * 1000,
    )


def _spend(work: Work, times: int) -> tuple[float, float]:
    """CPU (user and system) and wall seconds a call."""
    began, wall = _cpu(), time.perf_counter()
    for _ in range(times):
        work()
    return (_cpu() - began) / times, (time.perf_counter() - wall) / times


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _medians(spent: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(one[0] for one in spent), statistics.median(one[1] for one in spent)
