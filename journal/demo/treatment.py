"""What the demo's clinic writes down about treatment: courses, infusions, one decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.demo.diaries import Written, infusion_days, planned_day, relief
from journal.demo.person import Event, Person, done
from journal.demo.sittings import AFTER, BEFORE, scores
from journal.demo.stories import ANA, BEFORE_FIRST, FADES, SEED
from journal.infusions import courses, decisions, rows
from journal.infusions.courses import Beside
from journal.infusions.decisions import Made
from journal.infusions.fold import Told, fold
from journal.infusions.items import Items, Value
from journal.infusions.models import Infusion, InfusionEdit, Standing
from journal.sharing.access import Member, enrolled

STAYS = timedelta(hours=2, minutes=40)
LONG_BEFORE, WEEK = timedelta(days=400), timedelta(days=7)
DIAGNOSES = (
    "Fibromyalgia, with depression", "Complex regional pain syndrome, left foot",
    "Nerve pain after shingles", "Depression that two medicines did not help, with back pain",
)  # fmt: skip
DULOXETINE, SERTRALINE, PHYSIOTHERAPY = "Duloxetine 60 mg", "Sertraline 100 mg", "Physiotherapy"
INFUSED: Items = {"route": "iv", "minutes": 40}
SPRAYED: Items = {"route": "nasal", "dose_mg": 56.0, "minutes": 10}
ADVERSE: Items = {
    "adjuncts": "Ondansetron 4 mg",
    "adverse": "Vomited twice, half an hour after the end.",
    "adverse_action": "Ondansetron 4 mg, kept lying down.",
    "adverse_outcome": "Better within the hour, went home as planned.",
}


@dataclass(frozen=True)
class Edited:
    """One edit of an infusion: what was said, when, and why where it corrects."""

    items: Mapping[str, Value | None]
    at: datetime
    reason: str | None = None


def is_treated(
    session: Session,
    giver: Member,
    person: Person,
    written: Iterable[Written],
    now: datetime,
    ids: Random,
) -> Iterator[Event]:
    """Her course and her infusions, given and planned, as forms would have left them."""
    given = infusion_days(person.story, person.today)
    felt = _felt(person, given, written)
    planned = planned_day(person.story, person.today)
    if given or planned:
        yield _course(giver, person)
    if planned:
        said = {"standing": "planned", "given_at": _began(person, planned), "route": "iv"}
        _keep(session, giver, person, [Edited(said, person.account.created_at)], ids)
        yield done(giver, "infusion.planned", person, person.account.created_at)
    for number in range(len(given)):
        edits = [one for one in _given(giver, person, felt, number) if one.at <= now]
        if edits:
            _keep(session, giver, person, edits, ids)
            yield done(giver, "infusion.recorded", person, edits[0].at)
        for one in edits[1:]:
            yield done(giver, "infusion.changed", person, one.at)


def is_decided_about(
    session: Session, member: Member, person: Person, ids: Random
) -> Iterator[Event]:
    """Two weeks after his first series relief was fading; he and she talked, and waited."""
    if person.story is not FADES:
        return
    last = infusion_days(FADES, person.today)[5]
    day = last + timedelta(days=17)
    at = datetime.combine(day, time(11), ZoneInfo(member.clinic.zone))
    known = {
        "status": "ongoing",
        "durability_days": 13,
        "low_days": 4,
        "baseline": None,
        "best_improvement_pct": None,
        "diary_days": 15,
        "diary_expected": 17,
        "day": 17,
        "fading": True,
    }
    why = "He sleeps well and is back at work half days; he would rather wait and see."
    made = Made("pain", last, "wait", why, known)
    decision_id = UUID(int=ids.getrandbits(128), version=4)
    session.add(
        decisions.row_of(session, member, person.account.id, decision_id, made, at.astimezone(UTC))
    )
    yield done(member, decisions.RECORDED, person, at)


def _course(giver: Member, person: Person) -> Event:
    told, patient_id = _told(person), person.account.id

    def is_said(session: Session, at: datetime) -> None:
        courses.change(session, giver, enrolled(session, giver, patient_id), told, at)

    return person.account.created_at, is_said


def _told(person: Person) -> courses.Told:
    began, number = person.account.began, person.number
    medicine = (DULOXETINE, SERTRALINE)[number % 2]
    beside = (
        Beside(medicine, began - LONG_BEFORE),
        Beside(PHYSIOTHERAPY, began - 10 * WEEK, began - WEEK),
    )
    diagnosis = DIAGNOSES[number % len(DIAGNOSES)]
    return courses.Told(diagnosis, beside[: number % 3 or 2], _plan(person), began)


def _plan(person: Person) -> Mapping[str, str | int]:
    if person.story is ANA:
        return {"kind": "maintenance", "days": 40}
    if person.story.series or person.story is BEFORE_FIRST:
        return {"kind": "induction", "infusions": 6, "weeks": 2}
    return {"kind": "as needed"}


def _felt(
    person: Person, given: Sequence[date], written: Iterable[Written]
) -> Mapping[date, Mapping[str, Value]]:
    """How she was in the chair each time: as she wrote it down herself, where she did."""
    story, first = person.story, person.today - timedelta(days=person.story.days)
    felt: dict[date, dict[str, Value]] = {
        day: {**scores(story, (day - first).days, relief(story, given, day), {})} for day in given
    }
    for one in written:
        if one.day in felt:
            felt[one.day] |= {
                name: int(one.items[name])  # type: ignore[arg-type]
                for name in (*BEFORE, *AFTER)
                if name in one.items
            }
    return felt


def _given(
    giver: Member, person: Person, felt: Mapping[date, Mapping[str, Value]], number: int
) -> Iterator[Edited]:
    """What was said about one infusion when she went home; one of Ana's was put right later."""
    day = sorted(felt)[number]
    wall = datetime.fromisoformat(_began(person, day)) + STAYS
    at = wall.replace(tzinfo=ZoneInfo(giver.clinic.zone)).astimezone(UTC)
    items = _chairside(giver, person, day, felt[day])
    if person.story is ANA and number == 1:
        yield Edited({**items, "minutes": 50}, at)
        yield Edited({"minutes": 40}, at + timedelta(days=1), "Read off the pump again.")
    else:
        yield Edited(items, at)


def _chairside(
    giver: Member, person: Person, day: date, felt: Mapping[str, Value]
) -> Mapping[str, Value]:
    ago = (person.today - day).days
    chance = Random(f"{SEED}/{person.story.name}/{ago}/chair")  # noqa: S311 -- made up, no secret
    began = _began(person, day)
    weight = 60.0 + 5 * (person.number % 9)
    return {
        "standing": Standing.GIVEN.value,
        "given_at": began,
        "agent": person.story.agent,
        "dose_mg": weight / 2,
        **(SPRAYED if person.story.agent == "esketamine" else INFUSED),
        "weight_kg": weight + chance.randint(-2, 2) / 2,
        "weight_on": day.isoformat(),
        "prescriber": giver.account.name,
        "giver": "Rosa Lindgren, RN",
        "escort": True,
        **_vitals(chance),
        **felt,
        "left_at": f"{datetime.fromisoformat(began) + STAYS:%H:%M}",
        "advice": True,
        **(ADVERSE if chance.random() < 0.03 else {}),
    }


def _vitals(chance: Random) -> Mapping[str, Value]:
    upper, lower, pulse = chance.randint(112, 138), chance.randint(68, 86), chance.randint(62, 84)
    return {
        "bp_systolic_before": upper,
        "bp_diastolic_before": lower,
        "heart_rate_before": pulse,
        "bp_systolic_peak": upper + chance.randint(10, 28),
        "bp_diastolic_peak": lower + chance.randint(4, 14),
        "heart_rate_peak": pulse + chance.randint(5, 18),
        "spo2_lowest": chance.randint(94, 98),
        "dissociation": chance.choice((1, 2, 2, 3, 3, 4, 5, 6)),
        "sedation": chance.choice(("none", "mild", "mild", "moderate")),
        "bp_systolic_after": upper + chance.randint(-4, 8),
        "bp_diastolic_after": lower + chance.randint(-4, 4),
        "heart_rate_after": pulse + chance.randint(-4, 6),
    }


def _began(person: Person, day: date) -> str:
    return f"{day}T{9 + person.number % 7:02}:30"


def _keep(
    session: Session, member: Member, person: Person, edits: Sequence[Edited], ids: Random
) -> None:
    """One infusion as these edits make it, and the edits."""
    made = {UUID(int=ids.getrandbits(128), version=4): one for one in edits}
    infusion = Infusion(
        id=UUID(int=ids.getrandbits(128), version=4),
        clinic_id=member.clinic.id,
        patient_id=person.account.id,
        recorded_by=member.account.id,
        recorded_at=edits[0].at,
    )
    said = fold(Told(one.items, one.at, edit_id) for edit_id, one in made.items())
    rows.write(session, infusion, said, member.clinic.zone)
    session.add(infusion)
    session.flush()
    for edit_id, one in made.items():
        session.add(
            InfusionEdit(
                **rows.edit_row(session, infusion.id, edit_id, one.items, one.reason),
                said_by=member.account.id,
                edited_at=one.at,
                received_at=one.at,
                counted_at=one.at,
            )
        )
