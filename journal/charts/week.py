"""The last seven days, pain and mood, as one small picture that answers Done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from journal.charts.marks import MARKERS, line_path, markers
from journal.charts.series import Series, Span

NOTHING = Markup()
WEEK = Markup("""<div class="week" role="img" aria-label="{label}" id="{id}">
{pain}
{mood}
<svg class="week__letters">{letters}</svg>
</div>""")
TRACK = Markup("""<span class="week__name week__name--{key}">{name}</span>
<svg class="week__track week__track--{key}"><defs>
<path id="{id}-marker" class="chart__marker" d="{marker}"/></defs>
<svg viewBox="0 0 7 100" preserveAspectRatio="none" overflow="visible">
<path class="chart__line" vector-effect="non-scaling-stroke" d="{line}"/></svg>
<g class="chart__markers">{markers}</g></svg>
<span class="week__last">{last}</span>""")
LETTER = Markup('<text x="{}%" y="50%" dy=".35em">{}</text>')


@dataclass(frozen=True)
class WeekWords:
    """In the reader's language: `label` says the week in a sentence, `pain` and `mood` name the
    tracks, `letter` gives a day's weekday in a letter or two, `number` writes a value."""

    label: str
    pain: str
    mood: str
    letter: Callable[[date], str]
    number: Callable[[float], str]


def week_line(
    pain: Series, mood: Series, last: date, words: WeekWords, *, chart_id: str = "week"
) -> Markup:
    """The seven days up to and with `last`; beside each track its value on `last`, if there is
    one. `chart_id` must be unique on its page."""
    span = Span(last - timedelta(days=6), last)
    return WEEK.format(
        id=chart_id,
        label=words.label,
        pain=_track(pain, span, words.pain, words, chart_id),
        mood=_track(mood, span, words.mood, words, chart_id),
        letters=NOTHING.join(
            LETTER.format(f"{span.place(day):g}", words.letter(day)) for day in span
        ),
    )


def _track(series: Series, span: Span, name: str, words: WeekWords, chart_id: str) -> Markup:
    shown = series.within(span.first, span.last)
    newest = shown.points.get(span.last)
    own_id = f"{chart_id}-{series.key}"
    return TRACK.format(
        key=series.key,
        name=name,
        id=own_id,
        marker=MARKERS[series.key],
        line=line_path(shown, span),
        markers=markers(shown, span, own_id),
        last=words.number(newest.value) if newest else "",
    )
