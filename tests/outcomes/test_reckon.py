"""What each series did, reckoned from what is shared and from what was given."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.entries.models import Day
from journal.infusions.models import Course, Standing
from journal.outcomes.reckon import Reckoned, Row
from journal.sharing import grants
from journal.sharing.grants import Consent
from journal.sharing.models import Clinic, Enrolment, Scope
from tests.clinic.desk import every_day, give, join, write

ONE = timedelta(days=1)
Reckon = Callable[[], list[Reckoned]]


def rows_of(found: list[Reckoned], measure: str) -> list[Row]:
    return [row for one in found for row in one.series if row["measure"] == measure]


def share(
    session: Session, who: Account, where: Clinic, scopes: set[Scope], first: date | None = None
) -> None:
    """As of an hour ago."""
    consent = Consent(frozenset(scopes), first)
    grants.give(session, who, where.id, consent, datetime.now().astimezone() - ONE / 24)
    session.commit()


def test_pain_and_mood_are_told_apart(treated: None, reckon: Reckon, infusion: date) -> None:
    found = reckon()

    pain, mood = rows_of(found, "pain")[0], rows_of(found, "mood")[0]
    assert (pain["status"], pain["durability_days"]) == ("ongoing", 39)
    assert (mood["status"], mood["durability_days"]) == ("no_response", 0)
    assert (pain["series_start"], pain["responded_after"]) == (infusion, 1)
    assert mood["responded_after"] is None


def test_each_series_has_its_row(
    session: Session, ana: Account, riverbend: Clinic, treated: None, reckon: Reckon, today: date
) -> None:
    give(session, riverbend, ana, today - 10 * ONE)

    pain = rows_of(reckon(), "pain")

    assert [(row["series"], row["next_start"]) for row in pain] == [
        (0, today - 10 * ONE),
        (1, None),
    ]


@pytest.mark.parametrize("standing", [Standing.PLANNED, Standing.CANCELLED, Standing.MISSED])
def test_what_was_not_given_is_not_reckoned(
    session: Session, ana: Account, riverbend: Clinic, reckon: Reckon, today: date, standing: str
) -> None:
    give(session, riverbend, ana, today - 10 * ONE, standing=standing)

    assert rows_of(reckon(), "pain") == []


def test_what_another_clinic_gave_is_not_reckoned(
    session: Session, ana: Account, people: object, reckon: Reckon, today: date
) -> None:
    give(session, people.hillside, ana, today - 10 * ONE)  # type: ignore[attr-defined]

    assert rows_of(reckon(), "pain") == []


def test_a_series_that_was_marked_is_a_new_one(
    session: Session, ana: Account, riverbend: Clinic, treated: None, reckon: Reckon, infusion: date
) -> None:
    give(session, riverbend, ana, infusion + 5 * ONE, new_series=True)

    assert len(rows_of(reckon(), "pain")) == 2


def test_a_baseline_that_a_clinician_set_is_taken(
    session: Session,
    ana: Account,
    riverbend: Clinic,
    treated: None,
    reckon: Reckon,
    now: datetime,
) -> None:
    session.add(
        Course(clinic_id=riverbend.id, patient_id=ana.id, pain_baseline=6.0, changed_at=now)
    )
    session.commit()

    pain = rows_of(reckon(), "pain")[0]

    assert (pain["baseline"], pain["baseline_set"]) == (6.0, True)


def test_without_numbers_nothing_is_reckoned(
    session: Session, ana: Account, riverbend: Clinic, treated: None, reckon: Reckon
) -> None:
    share(session, ana, riverbend, {Scope.NOTES})

    assert rows_of(reckon(), "pain") == []


def test_only_days_that_are_shared_count(
    session: Session, ana: Account, riverbend: Clinic, treated: None, reckon: Reckon, infusion: date
) -> None:
    share(session, ana, riverbend, {Scope.NUMBERS}, first=infusion)

    assert rows_of(reckon(), "pain")[0]["status"] == "baseline_insufficient"


def test_whoever_left_the_clinic_is_not_reckoned(
    session: Session, ana: Account, treated: None, reckon: Reckon, now: datetime
) -> None:
    session.execute(update(Enrolment).where(Enrolment.patient_id == ana.id).values(until=now))
    session.commit()

    assert reckon() == []


def test_side_effects_are_gathered_by_month(
    session: Session, ana: Account, reckon: Reckon, today: date
) -> None:
    write(session, ana, every_day(today, 3, 1, pain_avg=3))
    noticed(session, ana, today - 1 * ONE, {"nausea": 2, "dizzy": 1})

    found = reckon()[0].noticed

    assert [(row["month"], row["effects"]) for row in found] == [
        ((today - ONE).replace(day=1), ["dizzy", "nausea"])
    ]


def test_to_have_noticed_nothing_is_an_answer(
    session: Session, ana: Account, reckon: Reckon, today: date
) -> None:
    write(session, ana, every_day(today, 1, 1, pain_avg=3))
    noticed(session, ana, today - ONE, {})

    assert [row["effects"] for row in reckon()[0].noticed] == [[]]


def test_what_she_cleared_is_no_answer(
    session: Session, ana: Account, reckon: Reckon, today: date
) -> None:
    write(session, ana, every_day(today, 1, 1, pain_avg=3))
    noticed(session, ana, today - ONE, None)

    assert reckon()[0].noticed == []


def test_without_side_effects_shared_none_are_gathered(
    session: Session, ana: Account, riverbend: Clinic, reckon: Reckon, today: date
) -> None:
    write(session, ana, every_day(today, 1, 1, pain_avg=3))
    noticed(session, ana, today - ONE, {"nausea": 2})
    share(session, ana, riverbend, {Scope.NUMBERS})

    assert reckon()[0].noticed == []


def test_many_are_reckoned_one_after_the_other(
    session: Session, riverbend: Clinic, treated: None, reckon: Reckon, today: date
) -> None:
    for one in join(session, riverbend, "Bea", "Cyd"):
        give(session, riverbend, one, today - 5 * ONE)

    assert len(rows_of(reckon(), "pain")) == 3


def noticed(session: Session, who: Account, day: date, said: dict[str, int] | None) -> None:
    session.execute(
        update(Day).where(Day.account_id == who.id, Day.day == day).values(more={"noticed": said})
    )
    session.commit()
