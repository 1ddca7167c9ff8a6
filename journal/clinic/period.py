"""The years that a clinic's figures are counted over.

No two periods overlap: what is said of one and what is said of another are about other days, and
their difference is nobody's. Years stay together until enough people began in them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from journal.forms import OurForm

ENOUGH = 10


@dataclass(frozen=True)
class Period:
    """From the first day of a year to the last of another, or of the same."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """As it stands in the address: "2026", or "2025-2026"."""
        return "-".join(map(str, sorted({self.first.year, self.last.year})))


def periods(began: Iterable[date], today: date) -> Sequence[Period]:
    """The clinic's years up to `today`, oldest first; every day lies in exactly one period.

    `began` is when each patient had her first infusion. A period ends with the first year in
    which 10 of them are together; if those after it are fewer, it goes on until today.
    """
    people = Counter(day.year for day in began)
    together: list[list[int]] = [[]]
    for year in range(min([*people, today.year]), today.year + 1):
        if _enough(people, together[-1]):
            together.append([])
        together[-1].append(year)
    if len(together) > 1 and not _enough(people, together[-1]):
        *together, before, rest = together
        together.append(before + rest)
    return [Period(date(years[0], 1, 1), date(years[-1], 12, 31)) for years in together]


def _enough(people: Counter[int], years: Sequence[int]) -> bool:
    return sum(people[year] for year in years) >= ENOUGH


class PeriodForm(OurForm):
    """One of the periods there are, the newest first; without an answer, the newest."""

    class Meta:
        csrf = False  # it changes nothing

    period = SelectField(validate_choice=False)

    def offer(self, known: Sequence[Period]) -> "PeriodForm":
        """Let her choose among these."""
        newest_first = list(reversed(known))
        self.known = {one.name: one for one in newest_first}
        self.is_unknown = (self.period.data or newest_first[0].name) not in self.known
        self.period.choices = [SelectChoice(name, _said(one)) for name, one in self.known.items()]
        self.period.data = self.chosen.name
        return self

    @property
    def chosen(self) -> Period:
        """The one she asked for, or the newest."""
        newest = next(iter(self.known.values()))
        return self.known.get(self.period.data or "", newest)


def _said(period: Period) -> str:
    first, last = period.first.year, period.last.year
    if first == last:
        return str(first)
    return gettext("%(first)s to %(last)s", first=str(first), last=str(last))
