"""The two axes: values as lines across, days as names below. Places are in percent."""

from collections.abc import Callable

from markupsafe import Markup

from journal.charts.series import Series, Span, grid
from journal.charts.ticks import mondays, named
from journal.charts.words import Words

NOTHING = Markup()
LINE = Markup('<line x1="0" x2="100%" y1="{0}%" y2="{0}%"/>')
VALUE = Markup('<text class="chart__value" x="0" y="{}%" dx="-8" dy=".35em">{}</text>')
WEEK = Markup('<use href="#{}-week" x="{}%" y="100%"/>')
DAY = Markup(
    '<use class="chart__named" href="#{0}-week" x="{1}%" y="100%"/>'
    '<text class="chart__day{3}" x="{1}%" y="100%" dy="1.9em">{2}</text>'
)
MANY = 5


def value_axis(series: Series, number: Callable[[float], str]) -> Markup:
    """A line across and its number for every value of the grid."""
    heights = [(series.drop(value), value) for value in grid(series.low, series.top)]
    lines = NOTHING.join(LINE.format(f"{height:g}") for height, _ in heights)
    return lines + NOTHING.join(
        VALUE.format(f"{height:g}", number(value)) for height, value in heights
    )


def day_axis(span: Span, words: Words, chart_id: str) -> Markup:
    """A small mark for every Monday, and the names of a few days."""
    marks = NOTHING.join(WEEK.format(chart_id, f"{span.place(day):g}") for day in mondays(span))
    days = named(span)
    return marks + NOTHING.join(
        DAY.format(chart_id, f"{span.place(day):g}", words.tick(day), spare(nth, len(days)))
        for nth, day in enumerate(days)
    )


def spare(nth: int, count: int) -> str:
    """Every second name, the last never, gives way in charts.css where there is no room."""
    if (count - nth) % 2:
        return ""
    return " chart__day--spare chart__day--close" if count >= MANY else " chart__day--spare"
