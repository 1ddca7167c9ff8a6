"""Two stretches of one series beside each other, by how many days each is old."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from journal.charts.axes import spare, value_axis
from journal.charts.levels import Level, level_lines, level_signs, said
from journal.charts.marks import KEY, MARKERS, density, line_path, markers
from journal.charts.series import Key, Point, Series, Span

NOTHING = Markup()
TOP = 10
STEPS = (7, 14, 28, 56)
MOST_NAMED = 6
FIGURE = Markup("""<figure class="chart chart--{key}{density} chart--beside" id="{id}">
<figcaption class="chart__caption"><span class="chart__title">{title}</span>
<span class="chart__direction">{direction}</span></figcaption>
<div class="chart__plot">{svg}</div>
{signs}<p class="chart__reading" aria-live="polite">{reading}</p>
{table}
</figure>""")
SVG = Markup("""<svg class="chart__svg" role="img" aria-labelledby="{id}-title {id}-desc">
<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>
<defs><path id="{id}-marker" class="chart__marker" d="{marker}"/>
<path id="{id}-week" class="chart__week" d="M0 0v4"/></defs>
<g class="chart__values">{values}</g>
<g class="chart__days">{days}</g>
<g class="chart__levels">{levels}</g>
<svg viewBox="0 0 {columns} 100" preserveAspectRatio="none" overflow="visible">
<path class="chart__before" vector-effect="non-scaling-stroke" d="{before}"/>
<path class="chart__line" vector-effect="non-scaling-stroke" d="{now}"/>
</svg>
<g class="chart__markers">{markers}</g>
<g class="chart__cursor" visibility="hidden"><line y1="0" y2="100%"/><circle r="7"/></g>
</svg>""")
DAY = Markup(
    '<use class="chart__named" href="#{0}-week" x="{1}%" y="100%"/>'
    '<text class="chart__day{3}" x="{1}%" y="100%" dy="1.9em">{2}</text>'
)
SIGNS = Markup(
    '<span class="chart__sign"><svg viewBox="-8 -8 16 16" aria-hidden="true">'
    '<use href="#{id}-marker"/></svg>{now}</span>'
    '<span class="chart__sign"><svg viewBox="-8 -8 16 16" aria-hidden="true">'
    '<path class="chart__before" d="M-8 0H8"/></svg>{before}</span>'
)
TABLE = Markup("""<details class="chart__numbers"><summary>{summary}</summary>
<table class="chart__table"><caption>{title}</caption>
<thead><tr><th scope="col">{heads[0]}</th><th scope="col">{heads[1]}</th>\
<th scope="col">{heads[2]}</th></tr></thead>
<tbody>
{rows}
</tbody></table></details>""")
ROW = Markup(
    '<tr data-place="{:g}" data-drop="{}"><th scope="row">{}</th><td>{}</td><td>{}</td></tr>'
)
# Under the pointer there are no column heads: each value brings its own name along.
VALUE = Markup('<span class="unseen">{} </span>{}')


@dataclass(frozen=True)
class BesideWords:
    """In the reader's language, as in Words; `day` names the n-th day, `tick` as short as an axis
    wants it. `now` and `before` name the two lines, `heads` the columns of the table."""

    title: str
    description: str
    direction: str
    now: str
    before: str
    day: Callable[[int], str]
    tick: Callable[[int], str]
    number: Callable[[float], str]
    numbers: str
    heads: tuple[str, str, str]


def beside_chart(
    key: Key,
    now: Mapping[int, float],
    before: Mapping[int, float],
    last: int,
    words: BesideWords,
    *,
    levels: Sequence[Level] = (),
    chart_id: str,
) -> Markup:
    """Both as values from 0 to 10 by day, from day 1 to day `last`; what lies outside is left out.

    `chart_id` must be unique on its page. Raises ValueError for a `last` below 1, and for a value
    or a level that is not on the axis.
    """
    span = Span(_on(1), _on(last))
    drawn, earlier = _series(key, now, span), _series(key, before, span)
    told = _rows(drawn, earlier, span, words)
    return FIGURE.format(
        key=key,
        density=density(span),
        id=chart_id,
        title=words.title,
        direction=words.direction,
        svg=_svg(drawn, earlier, span, words, levels, chart_id),
        signs=KEY.format(
            SIGNS.format(id=chart_id, now=words.now, before=words.before) + level_signs(levels)
        ),
        reading=_reading(drawn, earlier, words),
        table=TABLE.format(summary=words.numbers, title=words.title, heads=words.heads, rows=told),
    )


def _svg(
    now: Series,
    before: Series,
    span: Span,
    words: BesideWords,
    levels: Sequence[Level],
    chart_id: str,
) -> Markup:
    return SVG.format(
        id=chart_id,
        title=words.title,
        description=said(words.description, levels),
        marker=MARKERS[now.key],
        values=value_axis(now, words.number),
        days=_day_axis(span, words, chart_id),
        levels=level_lines(now, levels),
        columns=len(span),
        before=line_path(before, span),
        now=line_path(now, span),
        markers=markers(now, span, chart_id),
    )


def _day_axis(span: Span, words: BesideWords, chart_id: str) -> Markup:
    days = _named(len(span))
    return NOTHING.join(
        DAY.format(chart_id, f"{span.place(_on(n)):g}", words.tick(n), spare(nth, len(days)))
        for nth, n in enumerate(days)
    )


def _rows(now: Series, before: Series, span: Span, words: BesideWords) -> Markup:
    days = sorted({*now.points, *before.points}, reverse=True)
    return Markup("\n").join(
        ROW.format(
            span.place(day),
            f"{now.drop(now.points[day].value):g}" if day in now.points else "",
            words.day(day.toordinal()),
            _cell(_value(now, day, words), words.now),
            _cell(_value(before, day, words), words.before),
        )
        for day in days
    )


def _reading(now: Series, before: Series, words: BesideWords) -> str:
    """The newest day in one line, as chart.js says it too."""
    days = {*now.points, *before.points}
    if not days:
        return ""
    day = max(days)
    told = ((words.now, _value(now, day, words)), (words.before, _value(before, day, words)))
    parts = (f"{name} {value}" for name, value in told if value)
    return " · ".join([words.day(day.toordinal()), *parts])


def _cell(value: str, name: str) -> str | Markup:
    return VALUE.format(name, value) if value else ""


def _value(series: Series, day: date, words: BesideWords) -> str:
    return words.number(series.points[day].value) if day in series.points else ""


def _named(last: int) -> list[int]:
    """Every week, or fewer where those would stand too close; the first day where no week is."""
    step = next((step for step in STEPS if last / step <= MOST_NAMED), last)
    return list(range(step, last + 1, step)) or [1]


def _series(key: Key, values: Mapping[int, float], span: Span) -> Series:
    points = {_on(n): Point(value) for n, value in values.items() if 1 <= n <= len(span)}
    return Series(key, 0, TOP, "", points)


def _on(n: int) -> date:
    """The n-th day as the charts know days: they lie as far apart as any others."""
    return date.fromordinal(n)
