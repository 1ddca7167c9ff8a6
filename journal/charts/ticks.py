"""Which days an axis names, few enough to stand side by side on a small phone."""

from datetime import date, timedelta

from journal.charts.series import Span

FORTNIGHT = 14
FIVE_WEEKS = 35
FIVE_MONTHS = 153
FIVE_QUARTERS = 459


def named(span: Span) -> list[date]:
    """The days to write under the axis: ends, Mondays, or firsts of months, quarters or years."""
    if len(span) < FORTNIGHT:
        return sorted({span.first, span.last})
    if len(span) <= FIVE_WEEKS:
        return mondays(span)
    firsts = [day for day in span if day.day == 1]
    if len(span) <= FIVE_MONTHS:
        return firsts
    apart = 3 if len(span) <= FIVE_QUARTERS else 12
    return [day for day in firsts if (day.month - 1) % apart == 0]


def mondays(span: Span) -> list[date]:
    """Every Monday of the span; none where they would be closer than the eye can tell."""
    if len(span) > FIVE_MONTHS:
        return []
    monday = span.first + timedelta(days=-span.first.weekday() % 7)
    return [day for day in Span(monday, span.last)][::7] if monday <= span.last else []
