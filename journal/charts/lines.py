"""One series over weeks or months: a figure with its line, its infusions and its table.

Everything is placed in percent, and only the line lives in a stretched box of its own, whose
stroke does not stretch. So one drawing fills any width, and text keeps the size the reader chose.
"""

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from journal.charts.axes import day_axis, value_axis
from journal.charts.levels import Level, level_lines, said
from journal.charts.marks import DROP, MARKERS, density, infusion_marks, key, line_path, markers
from journal.charts.series import Series, Span
from journal.charts.table import rows, table
from journal.charts.words import Words

NOTHING = Markup()
FIGURE = Markup("""<figure class="chart chart--{key}{density}" id="{id}">
<figcaption class="chart__caption"><span class="chart__title">{title}</span>{meaning}</figcaption>
<div class="chart__plot">{svg}</div>
{signs}<p class="chart__reading" aria-live="polite">{reading}</p>
{table}
</figure>""")
SVG = Markup("""<svg class="chart__svg" role="img" aria-labelledby="{id}-title {id}-desc">
<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>
<defs>
<path id="{id}-marker" class="chart__marker" d="{marker}"/>
<path id="{id}-drop" class="chart__drop" d="{drop}"/>
<path id="{id}-week" class="chart__week" d="M0 0v4"/>
</defs>
<g class="chart__values">{values}</g>
<g class="chart__days">{days}</g>
<g class="chart__levels">{levels}</g>
<g class="chart__infusions">{infusions}</g>
<svg viewBox="0 0 {columns} 100" preserveAspectRatio="none" overflow="visible">
<path class="chart__line" vector-effect="non-scaling-stroke" d="{line}"/>
</svg>
<g class="chart__markers">{markers}</g>
<g class="chart__cursor" visibility="hidden"><line y1="0" y2="100%"/><circle r="7"/></g>
</svg>""")
SCALE = Markup('<span class="chart__scale"><b>{}</b> {}</span>')
DIRECTION = Markup('<span class="chart__direction">{}</span>')


def line_chart(
    series: Series,
    first: date,
    last: date,
    words: Words,
    *,
    infusions: Collection[date] = (),
    levels: Sequence[Level] = (),
    chart_id: str,
) -> Markup:
    """The figure of `series` from `first` to `last`, both in it; what lies outside is left out.

    The line breaks where more than two days are missing (CLINICAL 6). `levels` are drawn across
    it. `chart_id` must be unique on its page. Raises ValueError when `last` is before `first`, and
    for a level that is not on the axis.
    """
    span = Span(first, last)
    shown = series.within(first, last)
    given = sorted({day for day in infusions if first <= day <= last})
    told = rows(shown, span, given, words)
    return FIGURE.format(
        key=series.key,
        density=density(span),
        id=chart_id,
        title=words.title,
        meaning=_meaning(shown, words),
        svg=_svg(shown, span, given, levels, words, chart_id),
        signs=key(shown, given, levels, words, chart_id),
        reading=told[0].reading if told else "",
        table=table(told, words),
    )


def _svg(
    series: Series,
    span: Span,
    infusions: Collection[date],
    levels: Sequence[Level],
    words: Words,
    chart_id: str,
) -> Markup:
    return SVG.format(
        id=chart_id,
        title=words.title,
        description=said(words.description, levels),
        marker=MARKERS[series.key],
        drop=DROP,
        values=value_axis(series, words.number),
        days=day_axis(span, words, chart_id),
        levels=level_lines(series, levels),
        infusions=infusion_marks(span, infusions, chart_id),
        columns=len(span),
        line=line_path(series, span),
        markers=markers(series, span, chart_id),
    )


def _meaning(series: Series, words: Words) -> Markup:
    ends = ((series.low, words.low), (series.high, words.high))
    scale = NOTHING.join(SCALE.format(words.number(at), word) for at, word in ends if word)
    return scale + (DIRECTION.format(words.direction) if words.direction else NOTHING)
