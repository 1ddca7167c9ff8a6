"""Keeping infusions, which belong to the clinic that gave them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.models import AuditEvent
from journal.errors import Conflict, Invalid, NotThere
from journal.infusions import treated
from journal.infusions.fold import FIRST, SECOND
from journal.infusions.models import Infusion, InfusionEdit
from journal.infusions.rows import items_of
from journal.infusions.store import (
    history,
    is_later,
    last_given,
    of_patient,
    restore,
    save_edit,
    strike,
)
from journal.sharing.access import Enrolled, Member, enrolled
from journal.sharing.models import Clinic, Enrolment
from tests.clinic.desk import give
from tests.infusions.conftest import Says
from tests.infusions.letters import GIVEN, an_hour_ago, body, given_at, stamp
from tests.people import ZONE

DAY = timedelta(days=1)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_what_is_kept_is_read_back(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    items = given_at(
        an_hour_ago(now), weight_kg=70, weight_on="2026-11-01", note="Calm", oxygen=True
    )

    kept = says(items)

    session.expire_all()
    assert of_patient(session, boses, patient) == [kept]
    assert items_of(session, kept, ZONE) == items
    assert kept.recorded_by == boses.account.id


def test_its_day_is_the_one_on_the_clinics_wall(says: Says) -> None:
    kept = says(given_at(datetime(2026, 11, 3, 2, 30, tzinfo=UTC)))

    assert kept.day.isoformat() == "2026-11-02"
    assert kept.given_at == datetime(2026, 11, 3, 2, 30, tzinfo=UTC)


@pytest.mark.assures("D01")
def test_ana_can_read_what_was_done(session: Session, says: Says, now: datetime) -> None:
    tomorrow = given_at(now + DAY, standing="planned")
    planned = says(tomorrow)
    says(given_at(an_hour_ago(now), sure=True), of=planned.id)
    says({"note": "Calm"}, of=planned.id)

    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert actions(session)[-3:] == ["infusion.planned", "infusion.recorded", "infusion.changed"]
    assert event is not None
    assert event.about["name"] == "Dr Bose"


def test_the_same_letter_again_changes_nothing(
    session: Session, boses: Member, patient: Enrolled, now: datetime
) -> None:
    edit = body(items=given_at(an_hour_ago(now), note="Calm"), account=str(boses.account.id))
    first = save_edit(session, boses, patient, infusion := uuid4(), edit, now)

    again = save_edit(session, boses, patient, infusion, edit, now + timedelta(minutes=1))

    assert again is first
    assert len(history(session, first)) == 1


def test_an_edit_id_stands_for_one_edit(says: Says, now: datetime) -> None:
    edit_id = str(uuid4())
    kept = says(edit_id=edit_id)

    with pytest.raises(Conflict):
        says(given_at(an_hour_ago(now), dose_mg=36), of=kept.id, edit_id=edit_id)


@pytest.mark.assures("A03")
def test_a_letter_of_someone_else_on_this_device_is_refused(says: Says, ana: Account) -> None:
    with pytest.raises(Conflict):
        says(account=str(ana.id))


def test_two_at_the_same_minute_are_one_too_many(says: Says) -> None:
    says()

    with pytest.raises(Conflict, match="at that minute"):
        says()


def test_a_minute_apart_they_are_two(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    says()

    says(given_at(an_hour_ago(now) + timedelta(minutes=1), sure=True))

    assert len(of_patient(session, boses, patient)) == 2


def test_one_that_was_cancelled_leaves_its_minute_free(says: Says, now: datetime) -> None:
    says(given_at(an_hour_ago(now), standing="cancelled"))

    assert says().standing == "given"


def test_what_cannot_have_been_is_not_kept(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    with pytest.raises(Invalid):
        says(given_at(now + DAY))

    assert of_patient(session, boses, patient) == []


def test_an_implausible_dose_is_asked_about_and_kept_when_she_is_sure(
    says: Says, now: datetime
) -> None:
    with pytest.raises(Invalid) as asked:
        says(given_at(an_hour_ago(now), dose_mg=0.5))
    kept = says(given_at(an_hour_ago(now), dose_mg=0.5, sure=True))

    assert (asked.value.code, asked.value.field) == ("doubtful", "sure")
    assert kept.dose_mg == 0.5


def test_only_what_was_given_reaches_any_reckoning(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    given = says()
    for back, standing in enumerate(("planned", "cancelled", "missed"), start=2):
        says(given_at(now - back * DAY, standing=standing))

    known = treated.at_clinic(session, boses, patient)

    assert known.days == [given.day]


def test_the_mark_of_a_new_series_needs_no_reason_and_can_be_taken_off(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says(given_at(now - 3 * DAY), edited_at=stamp(now - 3 * DAY))

    says({"new_series": True}, of=kept.id)
    marked = treated.at_clinic(session, boses, patient).new_series
    says({"new_series": None}, of=kept.id)

    assert marked == {kept.day}
    assert treated.at_clinic(session, boses, patient).new_series == frozenset()


def test_a_correction_on_a_later_day_says_why_and_what_was_said_stays(
    session: Session, says: Says, now: datetime
) -> None:
    kept = says(given_at(now - 3 * DAY), edited_at=stamp(now - 3 * DAY))
    with pytest.raises(Invalid) as asked:
        says({"dose_mg": 30}, of=kept.id)

    says({"dose_mg": 30}, of=kept.id, reason="A slip of the pen")

    newest, oldest = history(session, kept)
    assert (asked.value.code, asked.value.field) == ("reason_needed", "reason")
    assert (newest.name, newest.items, newest.reason) == (
        "Dr Bose",
        {"dose_mg": 30},
        "A slip of the pen",
    )
    assert (oldest.items["dose_mg"], kept.dose_mg) == (35, 30)


def test_on_the_same_day_it_is_corrected_without_a_reason(says: Says) -> None:
    kept = says()

    assert says({"minutes": 45}, of=kept.id).minutes == 45


@pytest.mark.assures("B08")
def test_a_device_that_is_set_back_does_not_spare_the_reason(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says(edited_at=stamp(now))
    later, account = now + 40 * DAY, str(boses.account.id)
    same_day = stamp(now + timedelta(minutes=1))
    quiet = body(items={"dose_mg": 70}, edited_at=same_day, account=account)
    with pytest.raises(Invalid) as asked:
        save_edit(session, boses, patient, kept.id, quiet, later)

    save_edit(session, boses, patient, kept.id, replace(quiet, reason="A second bag"), later)

    newest, oldest = sorted(history(session, kept), key=lambda said: len(said.items))
    assert (asked.value.code, kept.dose_mg) == ("reason_needed", 70)
    assert (newest.received_at, oldest.received_at) == (later, None)


def test_one_that_was_planned_long_ago_is_corrected_freely_on_its_day(
    session: Session, says: Says, now: datetime
) -> None:
    plan = given_at(an_hour_ago(now), standing="planned")
    kept = says(plan, edited_at=stamp(now - 9 * DAY))
    kept.recorded_at = now - 9 * DAY
    says(given_at(an_hour_ago(now)), of=kept.id, edited_at=stamp(now))

    assert is_later(session, kept, now, ZONE) is False
    assert is_later(session, kept, now + DAY, ZONE) is True


def test_an_older_letter_that_comes_later_does_not_undo_a_newer_one(
    says: Says, now: datetime
) -> None:
    kept = says(edited_at=stamp(now - timedelta(minutes=30)))
    says({"minutes": 45}, of=kept.id, edited_at=stamp(now))

    says({"minutes": 50, "pauses": 5}, of=kept.id, edited_at=stamp(now - timedelta(minutes=10)))

    assert (kept.minutes, kept.numbers["pauses"]) == (45, 5)


def test_one_recorded_before_there_were_edits_is_corrected_like_any_other(
    session: Session, riverbend_gave: Infusion, says: Says
) -> None:
    says({"dose_mg": 30}, of=riverbend_gave.id, reason="A slip of the pen")

    says({"minutes": 45}, of=riverbend_gave.id, reason="And another one")

    assert (riverbend_gave.dose_mg, riverbend_gave.minutes) == (30, 45)
    assert [said.items.get("dose_mg") for said in history(session, riverbend_gave)] == [
        None,
        30,
        35,
    ]


@pytest.fixture
def riverbend_gave(session: Session, ana: Account, boses: Member, now: datetime) -> Infusion:
    """An infusion of last week that no edit stands behind."""
    clinic: Clinic = boses.clinic
    return give(session, clinic, ana, (now - 7 * DAY).date())


def test_the_last_one_given_is_what_is_offered(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    says(given_at(now - 3 * DAY))
    says(given_at(now - 2 * DAY, standing="missed"))
    newest = says(given_at(now - DAY))
    strike(session, boses, patient, says().id, now, "Wrong chart")

    assert last_given(session, boses, patient) is newest


def test_one_recorded_in_error_is_struck_and_stays_readable(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says()

    strike(session, boses, patient, kept.id, now, "Wrong chart")

    assert of_patient(session, boses, patient)[0].struck_at == now
    assert treated.at_clinic(session, boses, patient).days == []
    assert actions(session)[-1] == "infusion.struck"


def test_after_striking_it_can_be_recorded_rightly(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    strike(session, boses, patient, says().id, now, "Wrong chart")

    right = says(given_at(an_hour_ago(now), dose_mg=30))

    assert treated.at_clinic(session, boses, patient).days == [right.day]


def test_a_struck_one_does_not_come_back_by_its_old_letter(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says()
    strike(session, boses, patient, kept.id, now, "Wrong chart")

    with pytest.raises(Conflict):
        says(of=kept.id)


def test_it_is_struck_once(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says()
    strike(session, boses, patient, kept.id, now, "Wrong chart")

    with pytest.raises(NotThere):
        strike(session, boses, patient, kept.id, now, "Wrong chart")


def test_two_on_one_day_mark_it_once(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    first = says(given_at(now - 2 * DAY))
    says(given_at(now - 2 * DAY + timedelta(minutes=1), sure=True))

    days = treated.at_clinic(session, boses, patient).days

    assert days[0] == first.day
    assert len(set(days)) == len(days)


@pytest.mark.assures("A02")
def test_what_another_clinic_gave_her_is_its_own(
    session: Session,
    boses: Member,
    coles: Member,
    patient: Enrolled,
    ana: Account,
    says: Says,
    now: datetime,
) -> None:
    session.add(Enrolment(clinic_id=coles.clinic.id, patient_id=ana.id, since=now))
    session.flush()
    edit = body(items=given_at(an_hour_ago(now)), account=str(coles.account.id))
    elsewhere = save_edit(session, coles, enrolled(session, coles, ana.id), uuid4(), edit, now)

    with pytest.raises(NotThere):
        says(of=elsewhere.id)
    with pytest.raises(NotThere):
        strike(session, boses, patient, elsewhere.id, now, "Wrong chart")

    assert of_patient(session, boses, patient) == []
    assert len(session.scalars(select(InfusionEdit)).all()) == 1


def test_two_on_one_day_are_asked_about(says: Says, now: datetime) -> None:
    noon = (now - 2 * DAY).replace(hour=17)
    says(given_at(noon))

    with pytest.raises(Invalid) as asked:
        says(given_at(noon + timedelta(hours=5)))

    assert (asked.value.code, asked.value.values["doubts"]) == ("doubtful", [SECOND])


def test_what_would_be_the_first_is_asked_about(says: Says, now: datetime) -> None:
    says()

    with pytest.raises(Invalid) as asked:
        says(given_at(now - 30 * DAY))

    assert asked.value.values["doubts"] == [FIRST]


def test_at_the_minute_of_a_planned_one_that_one_is_offered(says: Says, now: datetime) -> None:
    planned = says(given_at(an_hour_ago(now), standing="planned"))

    with pytest.raises(Conflict) as offered:
        says()

    assert (offered.value.code, offered.value.values["planned"]) == ("planned", planned.id)


def test_what_someone_else_changed_is_not_written_over_unseen(says: Says, now: datetime) -> None:
    kept = says()
    says({"dose_mg": 40}, of=kept.id, shown={"dose_mg": 35})

    with pytest.raises(Conflict) as unseen:
        says({"dose_mg": 30}, of=kept.id, shown={"dose_mg": 35})

    assert (unseen.value.code, unseen.value.field) == ("changed", "was_dose_mg")
    assert unseen.value.values["items"] == {"dose_mg": 40}
    assert kept.dose_mg == 40


def test_two_who_say_the_same_do_not_contradict_each_other(says: Says) -> None:
    kept = says()
    says({"dose_mg": 40}, of=kept.id, shown={"dose_mg": 35})

    assert says({"dose_mg": 40}, of=kept.id, shown={"dose_mg": 35}).dose_mg == 40


def test_an_hour_that_the_clocks_leap_over_is_no_time(says: Says) -> None:
    with pytest.raises(Invalid, match="clocks go forward") as wrong:
        says({**GIVEN, "given_at": "2026-03-08T02:30"})

    assert wrong.value.field == "given_at"


def test_why_it_was_taken_back_stays_readable(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says()

    strike(session, boses, patient, kept.id, now, "Wrong chart")

    assert [one.reason for one in history(session, kept) if not one.items] == ["Wrong chart"]


def test_taken_back_by_mistake_it_stands_again(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says(items := given_at(an_hour_ago(now)))
    strike(session, boses, patient, kept.id, now, "Wrong chart")

    restore(session, boses, patient, kept.id, now)

    assert kept.struck_at is None
    assert items_of(session, kept, ZONE) == items
    assert actions(session)[-1] == "infusion.changed"


def test_it_does_not_stand_again_beside_the_one_that_took_its_minute(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    strike(session, boses, patient, (kept := says()).id, now, "Wrong chart")
    says()

    with pytest.raises(Conflict):
        restore(session, boses, patient, kept.id, now)


def test_what_stands_already_stays_as_it_is(
    session: Session, boses: Member, patient: Enrolled, says: Says, now: datetime
) -> None:
    kept = says()

    restore(session, boses, patient, kept.id, now)

    assert actions(session)[-1] == "infusion.recorded"
