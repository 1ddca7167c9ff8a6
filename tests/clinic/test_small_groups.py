"""What the figures' pages, all read on one day, can tell of a single person.

Guaranteed, for any clinic:
- Everyone's first series is counted in exactly one period; withdrawing moves no period, and
  changes the page of one period only.
- On a page, whatever counts the same people is 0 or at least 5, and no two such numbers are 1 to
  4 apart. What can be reckoned from any pages is thus a sum of groups of 5 or more, each within
  one period.
- A curve goes down by 5 people or more, at the ends of weeks, in steps of 5 %; a median is said
  only where the curve says it too.
- One person more or less moves a number by at most one, or makes it appear or vanish.
Not guaranteed: two looks at one page on two days differ by whoever came or withdrew in between.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as some

from journal.clinic.outcomes import Said, facts, said
from journal.clinic.period import periods
from journal.insights.disclosure import roughly
from journal.insights.relief import Status
from journal.outcomes.models import SeriesOutcome

TODAY = date(2026, 11, 24)
NOBODY: dict[object, object] = {}


@some.composite
def series(draw: some.DrawFn) -> SeriesOutcome:
    """Someone's first series: with or without relief, lost, treated again or seen so far."""
    start = draw(some.dates(date(2023, 1, 1), TODAY))
    infusions, lost = draw(some.integers(1, 6)), draw(some.none() | some.integers(1, 60))
    relieved = draw(some.booleans())
    again = draw(some.none() | some.integers(61, 90))
    return SeriesOutcome(
        patient_id=uuid4(),
        measure="pain",
        series=0,
        status=draw(some.sampled_from([Status.ONGOING, Status.DATA_GAP])),
        series_start=start,
        last_infusion=start,
        infusions=infusions,
        next_start=start + timedelta(days=again) if again else None,
        baseline_set=False,
        onset_date=start if relieved else None,
        durability_days=draw(some.integers(0, 60)),
        loss_date=start + timedelta(days=lost) if lost and relieved else None,
        responded_after=draw(some.none() | some.integers(1, infusions)),
        diary_days=draw(some.integers(0, 60)),
        diary_expected=60,
        reckoned_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


cohorts = some.lists(series(), min_size=1, max_size=60)


def pages(record: Sequence[SeriesOutcome], sharing: Sequence[SeriesOutcome]) -> list[Said]:
    """The page of each period of the record, over those who share."""
    known = periods([one.series_start for one in record], TODAY)
    return [
        said([one for one in sharing if period.first <= one.series_start <= period.last])
        for period in known
    ]


def told(page: Said) -> tuple[object, ...]:
    """All that the page shows."""
    return page.relieved, page.by_infusion, page.shown, page.shown.half_lost_within


def counts(page: Said) -> list[int]:
    return [count for count in (page.relieved, *page.by_infusion) if count is not None]


@given(cohorts)
def test_withdrawing_changes_one_page_at_most(everyone: list[SeriesOutcome]) -> None:
    before, after = pages(everyone, everyone), pages(everyone, everyone[1:])

    assert sum(told(a) != told(b) for a, b in zip(before, after, strict=True)) <= 1


@given(cohorts)
def test_one_person_moves_a_number_by_one_or_hides_it(everyone: list[SeriesOutcome]) -> None:
    before, after = said(everyone), said(everyone[1:])

    pairs = zip(
        [before.relieved, *before.by_infusion], [after.relieved, *after.by_infusion], strict=False
    )
    assert all(a is None or b is None or a - b in (0, 1) for a, b in pairs)


@given(cohorts)
def test_whatever_can_be_reckoned_is_about_five_or_more(everyone: list[SeriesOutcome]) -> None:
    page = said(everyone)

    shown = [0, len(everyone), *counts(page)] if counts(page) else []
    assert all(abs(a - b) not in range(1, 5) for a, b in combinations(shown, 2))


@given(cohorts)
def test_the_curve_is_about_five_or_more_at_each_step(everyone: list[SeriesOutcome]) -> None:
    page = said(everyone)

    lost = [
        sum(
            one.loss_date is not None and (one.loss_date - one.last_infusion).days <= step.day
            for one in everyone
        )
        for step in page.shown.steps
    ]
    assert all(b - a not in range(1, 5) for a, b in pairwise(lost))
    assert all(step.day % 7 == 0 and roughly(step.lost) % 5 == 0 for step in page.shown.steps)


@given(cohorts, some.integers(0, 10), some.integers(0, 10))
def test_neither_is_what_stands_over_them(
    everyone: list[SeriesOutcome], unshared: int, further: int
) -> None:
    patients = len(everyone) + unshared

    over = facts(everyone, patients, patients + further, NOBODY)  # type: ignore[arg-type]

    shown = [0, *(one for one in (over.began, over.treated, over.infusions) if one is not None)]
    assert all(abs(a - b) not in range(1, 5) for a, b in combinations(shown, 2))
