"""Numbers and words in, accessible SVG out; no database, no web, no clock."""

from journal.charts.beside import BesideWords, beside_chart
from journal.charts.levels import Level
from journal.charts.lines import line_chart
from journal.charts.series import Point, Series
from journal.charts.sparks import spark
from journal.charts.steps import Mark, StepWords, step_chart
from journal.charts.week import WeekWords, week_line
from journal.charts.words import Words

__all__ = [
    "BesideWords", "Level", "Mark", "Point", "Series", "StepWords", "WeekWords", "Words",
    "beside_chart", "line_chart", "spark", "step_chart", "week_line",
]  # fmt: skip
