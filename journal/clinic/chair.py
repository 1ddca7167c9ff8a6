"""The form at the chair-side: what stands, what is offered from last time, what is asked again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import format_date, format_decimal, gettext
from sqlalchemy.orm import Session

from journal.clinic.record import in_words, what
from journal.errors import JournalError
from journal.infusions import rows, store
from journal.infusions.items import Items, Value
from journal.infusions.models import Infusion, Standing
from journal.infusions.page_form import NOTHING, PageForm, shown
from journal.problems import sentence
from journal.sharing.access import Enrolled, Member

OFFERED = ("agent", "route", "dose_mg", "weight_kg", "weight_on", "prescriber")


@dataclass(frozen=True)
class Offer:
    """What was so last time: to be taken over in one tap."""

    said: str
    values: Mapping[str, Value]

    @property
    def written(self) -> str:
        return json.dumps(dict(self.values), ensure_ascii=False)


@dataclass
class Chair:
    """What the form shows: values, what they were, errors by item, and doubts to answer."""

    id: UUID
    values: dict[str, Any]
    was: Mapping[str, str]
    edit_id: UUID
    offer: Offer | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    reason: str = ""
    stopped: str = ""


def opened(
    infusion_id: UUID, standing: Items, offer: Offer | None, now: datetime, zone: str
) -> Chair:
    """The form over what stands; for one that was not given yet it begins now."""
    wall = now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    values: dict[str, Any] = dict(standing)
    if standing.get("standing") != Standing.GIVEN:
        values |= {"standing": Standing.GIVEN.value, "given_at": _start(standing, wall)}
    was = {name: shown(value) for name, value in standing.items()}
    return Chair(infusion_id, values, was, uuid4(), offer)


def _start(standing: Items, wall: str) -> str:
    """Now, unless it was planned for a day gone by."""
    planned = str(standing.get("given_at", wall))
    return planned if planned[:10] < wall[:10] else wall


def sent(infusion_id: UUID, page: PageForm, offer: Offer | None) -> Chair:
    """The form as it was sent, with what is wrong in it."""
    errors = {name: sentence(error) for name, error in page.errors.items()}
    return Chair(
        infusion_id,
        page.typed,
        {name: was for name, was in page.was.items() if was != NOTHING},
        page.edit_id or uuid4(),
        offer,
        errors,
        reason=page.typed["reason"],
        stopped=page.typed["stopped"],
    )


@dataclass(frozen=True)
class Beside:
    """What the form knows of the patient's others: when they were given, and the forms of those
    that are planned, by their moments."""

    given: str
    plans: Mapping[str, str]

    @property
    def written(self) -> str:
        return json.dumps(dict(self.plans))


def beside(patient: Enrolled, others: store.Others) -> Beside:
    """The others, for a page to ask about before anything is sent."""
    plans = {
        at: url_for("clinic.infusion", patient_id=patient.id, infusion_id=one)
        for at, one in others.planned.items()
    }
    return Beside(json.dumps([*others.given]), plans)


def blame(page: PageForm, error: JournalError) -> None:
    """Put an error to the item that it names, or to the page."""
    known = {*page.typed, "page"}
    field = (error.field or "").removeprefix("was_")
    page.errors[field if field in known else "page"] = error


def offer(
    session: Session, member: Member, patient: Enrolled, than: Infusion | None
) -> Offer | None:
    """What can be taken over from the last one that was given, other than this one."""
    last = store.last_given(session, member, patient)
    if last is None or (than and (than.id == last.id or than.standing == Standing.GIVEN)):
        return None
    said = rows.items_of(session, last, member.clinic.zone)
    values = {name: said[name] for name in OFFERED if name in said}
    return Offer(_sentence(last.day, values), values)


def _sentence(day: date, values: Mapping[str, Value]) -> str:
    parts = [what({name: value for name, value in values.items() if name != "weight_kg"})]
    if "weight_kg" in values:
        parts.append(
            gettext(
                "%(weight)s kg on %(day)s",
                weight=format_decimal(values["weight_kg"]),
                day=in_words("weight_on", values["weight_on"]),
            )
        )
    if "prescriber" in values:
        parts.append(str(values["prescriber"]))
    return gettext(
        "Last time, on %(day)s: %(what)s", day=format_date(day, "medium"), what=", ".join(parts)
    )
