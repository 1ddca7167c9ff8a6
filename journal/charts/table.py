"""The same numbers as a table: what can be read aloud, copied, and read by the pointer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from journal.charts.series import Series, Span
from journal.charts.words import Words

NOTHING = Markup()
TABLE = Markup("""<details class="chart__numbers"><summary>{summary}</summary>
<table class="chart__table"><caption>{caption}</caption>
<thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>
<tbody>
{rows}
</tbody></table></details>""")
ROW = Markup(
    '<tr data-day="{}" data-place="{:g}" data-drop="{}">'
    '<th scope="row">{}</th><td>{}</td><td>{}</td></tr>'
)


@dataclass(frozen=True)
class Row:
    """One day in words, and where it lies: percent from the left, percent from the top or ""."""

    date: date
    place: float
    drop: str
    day: str
    value: str
    remark: str

    @property
    def reading(self) -> str:
        """The day in one line, as chart.js says it too."""
        return " · ".join(part for part in (self.day, self.value, self.remark) if part)


def rows(series: Series, span: Span, infusions: Collection[date], words: Words) -> list[Row]:
    """The days with a value or an infusion, newest first."""
    days = sorted({*series.points, *infusions}, reverse=True)
    return [_row(series, span, day, day in infusions, words) for day in days]


def table(rows: Sequence[Row], words: Words) -> Markup:
    """The rows behind a summary that opens them; nothing when there are none."""
    if not rows:
        return NOTHING
    return TABLE.format(
        *words.heads,
        summary=words.numbers,
        caption=words.title,
        rows=Markup("\n").join(
            ROW.format(row.date, row.place, row.drop, row.day, row.value, row.remark)
            for row in rows
        ),
    )


def _row(series: Series, span: Span, day: date, infusion: bool, words: Words) -> Row:
    point = series.points.get(day)
    remarks = [words.later] if point and point.hollow else []
    remarks += [words.infusion] if infusion else []
    return Row(
        date=day,
        place=span.place(day),
        drop=f"{series.drop(point.value):g}" if point else "",
        day=words.day(day),
        value=f"{words.number(point.value)} {series.unit}".strip() if point else "",
        remark=", ".join(remarks),
    )
