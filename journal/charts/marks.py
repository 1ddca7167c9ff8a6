"""What is drawn for a day: its marker, its infusion, and the key that explains them."""

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from journal.charts.levels import Level, level_signs
from journal.charts.series import Key, Series, Span, runs
from journal.charts.words import Words

NOTHING = Markup()
FEW, MANY = 31, 153
MARKERS: dict[Key, str] = {
    "pain": "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
    "mood": "M-2.7-2.7h5.4v5.4h-5.4z",
    "sleep": "M0-3.7L3.7 0L0 3.7L-3.7 0z",
}
DROP = "M0-6C1.6-3.4 3.2-1.9 3.2.2A3.2 3.2 0 0 1-3.2.2C-3.2-1.9-1.6-3.4 0-6z"

FULL = Markup('<use href="#{}-marker" x="{}%" y="{}%"/>')
HOLLOW = Markup('<use class="chart__hollow" href="#{}-marker" x="{}%" y="{}%"/>')
INFUSION = Markup('<line x1="{0}%" x2="{0}%" y1="0" y2="100%"/><use href="#{1}-drop" x="{0}%"/>')
KEY = Markup('<p class="chart__key">{}</p>\n')
IN_KEY = Markup(
    '<span class="chart__sign"><svg viewBox="-8 -8 16 16" aria-hidden="true">'
    '<use class="chart__{kind}" href="#{id}-{shape}"/></svg>{words}</span>'
)


def line_path(series: Series, span: Span) -> str:
    """The line in a box one wide for each day and 100 high; a day on its own has none."""
    strokes = (run for run in runs(sorted(series.points)) if len(run) > 1)
    return "".join("M" + "L".join(_at(series, span, day) for day in run) for run in strokes)


def markers(series: Series, span: Span, chart_id: str) -> Markup:
    """A marker on every day with a value."""
    return NOTHING.join(
        (HOLLOW if point.hollow else FULL).format(
            chart_id, f"{span.place(day):g}", f"{series.drop(point.value):g}"
        )
        for day, point in sorted(series.points.items())
    )


def infusion_marks(span: Span, infusions: Collection[date], chart_id: str) -> Markup:
    """A thin upright line with a small drop for every infusion."""
    return NOTHING.join(INFUSION.format(f"{span.place(day):g}", chart_id) for day in infusions)


def key(
    series: Series,
    infusions: Collection[date],
    levels: Sequence[Level],
    words: Words,
    chart_id: str,
) -> Markup:
    """What the marks mean, only for those that are there."""
    hollow = any(point.hollow for point in series.points.values())
    signs = [
        *([("hollow", "marker", words.later)] if hollow else []),
        *([("infusion", "drop", words.infusion)] if infusions else []),
    ]
    said = level_signs(levels) + NOTHING.join(
        IN_KEY.format(kind=kind, id=chart_id, shape=shape, words=text)
        for kind, shape, text in signs
    )
    return KEY.format(said) if said else NOTHING


def density(span: Span) -> str:
    """How close the days stand, so that charts.css can choose the size of their markers."""
    if len(span) <= FEW:
        return " chart--few"
    return " chart--many" if len(span) > MANY else ""


def _at(series: Series, span: Span, day: date) -> str:
    return f"{span.middle(day):g} {series.drop(series.points[day].value):g}"
