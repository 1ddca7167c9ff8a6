"""The panel's small lines: two weeks of one series at a glance, without an axis."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from journal.charts.series import Series, Span, runs

WIDE, HIGH, EDGE = 84, 24, 3
BAR = 0.6  # of its day's column

NOTHING = Markup()
SPARK = Markup(
    '<svg class="spark spark--{key}" role="img" aria-label="{words}"'
    ' viewBox="0 0 84 24" width="84" height="24">{shapes}</svg>'
)
PATH = Markup('<path class="spark__{}" d="{}"/>')


def spark(series: Series, first: date, last: date, words: str) -> Markup:
    """An 84 by 24 picture of `series`, both days in it, named by `words`. Sleep is drawn as bars,
    the others as a line that breaks where more than two days are missing.

    Raises ValueError when `last` is before `first`.
    """
    span = Span(first, last)
    shown = series.within(first, last)
    shapes = _bars(shown, span) if series.key == "sleep" else _line(shown, span)
    return SPARK.format(key=series.key, words=words, shapes=shapes)


def _line(series: Series, span: Span) -> Markup:
    days = sorted(series.points)
    strokes = [run for run in runs(days) if len(run) > 1]
    line = "".join("M" + "L".join(_at(series, span, day) for day in run) for run in strokes)
    hollow = [day for day in days if series.points[day].hollow]
    alone = [run[0] for run in runs(days) if len(run) == 1]
    full = {*alone, *days[-1:]} - {*hollow}
    return _paths(
        ("line", line),
        ("dots", _dots(series, span, sorted(full))),
        ("hollow", _dots(series, span, hollow)),
    )


def _dots(series: Series, span: Span, days: Sequence[date]) -> str:
    return "".join(f"M{_at(series, span, day)}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0z" for day in days)


def _bars(series: Series, span: Span) -> Markup:
    days = sorted(series.points)
    late = [day for day in days if series.points[day].hollow]
    return _paths(
        ("bars", _boxes(series, span, [day for day in days if day not in late])),
        ("hollow", _boxes(series, span, late)),
    )


def _boxes(series: Series, span: Span, days: Sequence[date]) -> str:
    wide = BAR * (WIDE - 2 * EDGE) / len(span)
    return "".join(
        f"M{_x(span, day) - wide / 2:.1f} {HIGH - EDGE}v{_y(series, day) - HIGH + EDGE:.1f}"
        f"h{wide:.1f}V{HIGH - EDGE}z"
        for day in days
    )


def _paths(*shapes: tuple[str, str]) -> Markup:
    return NOTHING.join(PATH.format(name, path) for name, path in shapes if path)


def _at(series: Series, span: Span, day: date) -> str:
    return f"{_x(span, day):.1f} {_y(series, day):.1f}"


def _x(span: Span, day: date) -> float:
    return EDGE + (WIDE - 2 * EDGE) * span.place(day) / 100


def _y(series: Series, day: date) -> float:
    return EDGE + (HIGH - 2 * EDGE) * series.drop(series.points[day].value) / 100
