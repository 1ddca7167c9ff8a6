"""A share that goes down by steps, with what became of the others: a figure and its table.

Drawn as lines.py draws: places in percent, the stroked line in a stretched box of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from journal.charts.axes import VALUE
from journal.charts.series import Key

NOTHING = Markup()
FIGURE = Markup("""<figure class="chart chart--{key} chart--steps" id="{id}">
<figcaption class="chart__caption"><span class="chart__title">{title}</span>{meaning}</figcaption>
<div class="chart__plot">{svg}</div>
{signs}<p class="chart__reading" aria-live="polite">{reading}</p>
{table}
</figure>""")
SVG = Markup("""<svg class="chart__svg" role="img" aria-labelledby="{id}-title {id}-desc">
<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>
<g class="chart__values">{values}</g>
<g class="chart__days">{days}</g>
<svg viewBox="0 0 {last} 100" preserveAspectRatio="none" overflow="visible">
{shapes}
</svg>
{end}
<g class="chart__cursor" visibility="hidden"><line y1="0" y2="100%"/><circle r="7"/></g>
</svg>""")
LINES = Markup('<line x1="0" x2="100%" y1="{0}%" y2="{0}%"/>')
DAY = Markup('<text class="chart__day" x="{:g}%" y="100%" dy="1.9em">{}</text>')
SHAPE = Markup('<path class="chart__{}" vector-effect="non-scaling-stroke" d="{}"/>')
SIGN = Markup(
    '<span class="chart__sign"><svg viewBox="-8 -8 16 16" aria-hidden="true">'
    '<path class="chart__beyond" d="M-7-5H7V5H-7z"/></svg>{}</span>'
)
KEY = Markup('<p class="chart__key">{}</p>\n')
TABLE = Markup("""<details class="chart__numbers"><summary>{summary}</summary>
<table class="chart__table"><caption>{caption}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table></details>""")
HEAD = Markup('<th scope="col">{}</th>')
ROW = Markup('<tr data-place="{:g}" data-drop="{:g}"><th scope="row">{}</th>{}</tr>')
END = Markup('<circle class="chart__end" cx="{:g}%" cy="{:g}%" r="3.5"/>')
CELL = Markup("<td>{}</td>")
FULL = 100
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Mark:
    """How it stands from a week on: the share in percent (0-100), and the share with `beyond`
    added to it, which is drawn above the line; equal where nothing is."""

    at: int
    share: float
    with_beyond: float


@dataclass(frozen=True)
class StepWords:
    """In the reader's language: `title` names it, `description` is one sentence for those who do
    not see it, `meaning` says what is counted; `at` writes "week 12", `percent` a share; `numbers`
    opens the table, whose columns are `heads`: week, share and, where it is drawn, `beyond`."""

    title: str
    description: str
    meaning: str
    at: Callable[[int], str]
    percent: Callable[[float], str]
    numbers: str
    heads: Sequence[str]
    beyond: str


def step_chart(
    key: Key, marks: Sequence[Mark], last: int, words: StepWords, *, chart_id: str
) -> Markup:
    """The figure of these marks, which begin in week 0, up to week `last`.

    Its table has a row a mark, newest first, which chart.js reads by pointer and by keys.
    Raises ValueError without a mark in week 0, for marks out of order, and where `last` is before
    the last of them or no week at all.
    """
    _refuse(marks, last)
    told = [_cells(mark, words) for mark in marks]
    return FIGURE.format(
        key=key,
        id=chart_id,
        title=words.title,
        meaning=words.meaning,
        svg=_svg(marks, last, words, chart_id),
        signs=KEY.format(SIGN.format(words.beyond)) if words.beyond else NOTHING,
        reading=" · ".join(told[-1]),
        table=_table(marks, told, last, words),
    )


def _refuse(marks: Sequence[Mark], last: int) -> None:
    weeks = [mark.at for mark in marks]
    if weeks[:1] != [0] or weeks != sorted({*weeks}) or last < max(1, weeks[-1]):
        raise ValueError(f"no steps: {weeks} up to {last}")


def _svg(marks: Sequence[Mark], last: int, words: StepWords, chart_id: str) -> Markup:
    shares = [(mark.at, mark.share) for mark in marks]
    beyond = [(mark.at, mark.with_beyond) for mark in marks]
    area = f"{_path(beyond, last)}{_back(shares, last)}Z" if words.beyond else ""
    return SVG.format(
        id=chart_id,
        title=words.title,
        description=words.description,
        values=_values(words),
        days=NOTHING.join(DAY.format(100 * at / last, words.at(at)) for at in _named(last)),
        last=last,
        end=END.format(100 * marks[-1].at / last, FULL - marks[-1].share),
        shapes=SHAPE.format("beyond", area) + SHAPE.format("line", _path(shares, last)),
    )


def _values(words: StepWords) -> Markup:
    lines = NOTHING.join(map(LINES.format, GRID))
    return lines + NOTHING.join(VALUE.format(FULL - value, words.percent(value)) for value in GRID)


def _named(last: int) -> list[int]:
    """Week 0, the last, and one between them where there is room."""
    return sorted({0, last // 2, last}) if last > 1 else [0, last]


def _path(steps: Sequence[tuple[int, float]], last: int) -> str:
    along = "".join(f"H{at:g}V{FULL - share:g}" for at, share in steps[1:])
    return f"M0 {FULL - steps[0][1]:g}{along}H{last:g}"


def _back(steps: Sequence[tuple[int, float]], last: int) -> str:
    """The same from right to left, to close an area."""
    reverse = list(reversed(steps))
    return (
        f"V{FULL - reverse[0][1]:g}"
        + "".join(f"H{at:g}V{FULL - share:g}" for (at, _), (_, share) in pairwise(reverse))
        + "H0"
    )


def _cells(mark: Mark, words: StepWords) -> list[str]:
    said = [words.at(mark.at), words.percent(mark.share)]
    return [*said, words.percent(mark.with_beyond - mark.share)] if words.beyond else said


def _table(
    marks: Sequence[Mark], told: Sequence[Sequence[str]], last: int, words: StepWords
) -> Markup:
    rows = [
        ROW.format(
            100 * mark.at / last, FULL - mark.share, at, NOTHING.join(map(CELL.format, cells))
        )
        for mark, (at, *cells) in zip(marks, told, strict=True)
    ]
    return TABLE.format(
        summary=words.numbers,
        caption=words.title,
        heads=NOTHING.join(map(HEAD.format, words.heads)),
        rows=Markup("\n").join(reversed(rows)),
    )
