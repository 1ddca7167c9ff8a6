"""Lines across a chart to compare with: told apart by their dash, and named under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from journal.charts.series import Series

NOTHING = Markup()
LINE = Markup('<line class="chart__level chart__level--{}" x1="0" x2="100%" y1="{}%" y2="{}%"/>')
SIGN = Markup(
    '<span class="chart__sign"><svg viewBox="-8 -8 16 16" aria-hidden="true">'
    '<line class="chart__level chart__level--{}" x1="-8" x2="8"/></svg>{}</span>'
)


@dataclass(frozen=True)
class Level:
    """A value on the chart's own scale; `words` name it and say which side of it is better."""

    kind: Literal["baseline", "threshold"]
    value: float
    words: str


def level_lines(series: Series, levels: Sequence[Level]) -> Markup:
    """A line from edge to edge for each level. Raises ValueError for one below the axis."""
    return NOTHING.join(
        LINE.format(level.kind, height, height)
        for level in levels
        for height in [f"{_drop(series, level):g}"]
    )


def level_signs(levels: Sequence[Level]) -> Markup:
    """What each line stands for."""
    return NOTHING.join(SIGN.format(level.kind, level.words) for level in levels)


def said(description: str, levels: Sequence[Level]) -> str:
    """The description of a chart, and its levels after it."""
    return " ".join([description, *(f"{level.words}." for level in levels)])


def _drop(series: Series, level: Level) -> float:
    if not series.low <= level.value <= series.top:
        raise ValueError(f"{level.value} is not on the axis")
    return series.drop(level.value)
