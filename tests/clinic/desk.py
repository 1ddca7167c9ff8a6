"""What the tests of the desk write down, and how they read its pages."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from uuid import uuid4
from xml.etree.ElementTree import Element, fromstring

from sqlalchemy import insert
from sqlalchemy.orm import Session

from journal.accounts.models import Account, Kind
from journal.entries.fold import Told, Value
from journal.entries.models import Day, How
from journal.entries.rows import day_row
from journal.infusions.models import Infusion
from journal.sharing.models import Clinic, Scope
from tests.people import enrolment, grant, person

ROWS = re.compile(r"<tr data-row>.*?</tr>", re.DOTALL)
NAME = re.compile(r"<bdi>(.*?)</bdi>")
FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def write(
    session: Session, who: Account, days: Mapping[date, Mapping[str, Value]], how: How = How.LIVE
) -> None:
    """Put these days into someone's journal, as saving them would."""
    for revision, (day, items) in enumerate(days.items(), start=1):
        at = datetime.combine(day, time(20), UTC)
        told = {name: Told(value, at, uuid4(), how) for name, value in items.items()}
        session.execute(insert(Day), day_row(session, who.id, day, told, revision))
    session.commit()


def every_day(
    today: date, first: int, last: int, **items: Value
) -> dict[date, Mapping[str, Value]]:
    """The same said on every day from `first` to `last` days ago."""
    return {today - timedelta(days=back): items for back in range(first, last - 1, -1)}


def give(session: Session, where: Clinic, who: Account, day: date, **more: object) -> Infusion:
    """An infusion of 35 mg at three in the afternoon."""
    at = datetime.combine(day, time(20), UTC)
    made = Infusion(
        id=uuid4(),
        clinic_id=where.id,
        patient_id=who.id,
        given_at=at,
        day=day,
        dose_mg=35.0,
        minutes=40,
        recorded_at=at,
    )
    for name, value in more.items():
        setattr(made, name, value)
    session.add(made)
    session.commit()
    return made


def join(
    session: Session,
    where: Clinic,
    *names: str,
    days_ago: int = 100,
    scopes: tuple[Scope, ...] | None = tuple(Scope),
) -> list[Account]:
    """More patients of a clinic, each sharing these parts; None shares nothing."""
    since = datetime.now(UTC) - timedelta(days=days_ago)
    people = [person(Kind.PATIENT, name, since) for name in names]
    for one in people:
        one.email = f"{uuid4().hex}@example.org"
    session.add_all(people)
    session.flush()
    for one in people:
        session.add(enrolment(where, one, since))
        if scopes is not None:
            given = grant(where, one, since)
            given.scopes = list(scopes)
            session.add(given)
    session.commit()
    return people


def listed(page: str) -> list[str]:
    """The names in the panel's table, from the top."""
    return [unescape(NAME.findall(row)[0]) for row in ROWS.findall(page)]


def row_of(page: str, name: str) -> str:
    """What the panel says about someone, without its tags."""
    return next(text(row) for row in ROWS.findall(page) if f"<bdi>{name}</bdi>" in row)


def figure(page: str, key: str) -> Element:
    """One of the three charts; what is not well-formed fails here."""
    found = next(one for one in FIGURE.findall(page) if f"chart--{key}" in one)
    return fromstring(found)  # noqa: S314 -- our own drawing


def rows_of(chart: Element) -> list[tuple[str, ...]]:
    """The chart's table, newest first: the day as in a URL, its value, its remark."""
    return [
        (row.attrib["data-day"], *(cell.text or "" for cell in row.findall("td")))
        for row in chart.findall(".//tbody/tr")
    ]


def text(markup: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(TAGS.sub(" ", markup)).split())
