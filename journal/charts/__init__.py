"""Numbers and words in, accessible SVG out; no database, no web, no clock."""

from journal.charts.lines import line_chart
from journal.charts.series import Point, Series
from journal.charts.sparks import spark
from journal.charts.week import WeekWords, week_line
from journal.charts.words import Words

__all__ = ["Point", "Series", "WeekWords", "Words", "line_chart", "spark", "week_line"]
