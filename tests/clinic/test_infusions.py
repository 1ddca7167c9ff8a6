"""Dr Bose records what was given; the record is the clinic's own."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.infusions.models import Infusion, InfusionEdit
from journal.infusions.page_form import shown
from journal.sharing.models import Clinic
from tests.clinic.desk import figure, give, rows_of, text
from tests.infusions.letters import given_at, letter, stamp
from tests.people import Browser, People
from tests.statements import recorded, scans

DAY = timedelta(days=1)


@pytest.fixture
def record(page: str) -> str:
    return f"{page}/infusions"


@pytest.fixture
def form(record: str) -> str:
    """The address of an infusion that is not recorded yet."""
    return f"{record}/{uuid4()}"


@pytest.fixture
def typed(today: date, dr_bose: Account) -> dict[str, str]:
    """What Dr Bose writes into the form, and what the form carries by itself."""
    return {
        "standing": "given",
        "given_at": f"{today - DAY}T14:30",
        "agent": "racemic",
        "dose_mg": "42.5",
        "minutes": "40",
        "edit_id": str(uuid4()),
        "account": str(dr_bose.id),
    }


@pytest.fixture
def sent(now: datetime, dr_bose: Account) -> dict[str, Any]:
    """The same as a script sends it."""
    return letter(items=given_at(now - DAY, dose_mg=42.5), account=str(dr_bose.id))


def kept(session: Session) -> list[Infusion]:
    session.expire_all()
    found = list(session.scalars(select(Infusion).order_by(Infusion.given_at)))
    # Or the desk's next request would wait for this session's turn to write.
    session.commit()
    return found


def test_a_new_one_has_an_address_of_its_own(dr_boses_desk: Browser, record: str) -> None:
    first, again = (dr_boses_desk.get(f"{record}/new").location for _ in range(2))

    assert first != again
    assert dr_boses_desk.get(str(first)).status_code == 200


def test_the_form_says_what_it_is_not_and_who_it_is_about(
    dr_boses_desk: Browser, form: str
) -> None:
    seen = text(dr_boses_desk.get(form).text)

    assert "It is not the anaesthesia chart and not the controlled-drug register." in seen
    assert "no. 4471" in seen


def test_what_was_typed_is_recorded(
    session: Session,
    dr_boses_desk: Browser,
    dr_bose: Account,
    record: str,
    form: str,
    typed: dict[str, str],
) -> None:
    answer = dr_boses_desk.send_form(form, **typed, weight_kg="70", note="Calm")

    [one] = kept(session)
    assert (answer.status_code, answer.location) == (303, record)
    assert (f"{one.day}T14:30", one.dose_mg, one.minutes) == (typed["given_at"], 42.5, 40)
    assert (one.numbers["weight_kg"], one.numbers["weight_on"]) == (70.0, str(one.day))
    assert one.recorded_by == dr_bose.id


def test_the_page_says_what_was_recorded(
    dr_boses_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed, weight_kg="85", route="iv")

    seen = text(dr_boses_desk.get(record).text)

    assert "Recorded. Ana can see that you did." in seen
    assert "2:30" in seen
    assert "42.5 mg in 40 minutes, 0.5 mg/kg, racemic ketamine, into a vein" in seen


def test_it_marks_the_charts(
    dr_boses_desk: Browser, page: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed)

    pain = figure(dr_boses_desk.get(page).text, "pain")

    assert rows_of(pain) == [(typed["given_at"][:10], "", "infusion")]


def test_a_comma_is_a_point(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **{**typed, "dose_mg": "42,5"})

    assert [one.dose_mg for one in kept(session)] == [42.5]


@pytest.mark.assures("B01")
@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("given_at", "", "Say when it began"),
        ("given_at", "2099-01-01T09:30", "in the future"),
        ("given_at", "1887-01-01T09:30", "Check the year"),
        ("agent", "", "Say what was given"),
        ("dose_mg", "", "Say the dose in mg"),
        ("dose_mg", "plenty", "Write it in digits"),
        ("dose_mg", "0", "between 0.01 and 5000 mg"),
        ("dose_mg", "nan", "between 0.01 and 5000 mg"),
        ("minutes", "4.5", "Write a whole number"),
        ("minutes", "7201", "between 1 and 7200"),
        ("weight_kg", "700", "between 10 and 400 kg"),
        ("stopped", "14:29", "cannot stop before it began"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(
    session: Session,
    dr_boses_desk: Browser,
    form: str,
    typed: dict[str, str],
    field: str,
    wrong: str,
    said: str,
) -> None:
    tried = {**typed, "note": "Calm", field: wrong}

    answer = dr_boses_desk.send_form(form, **tried)

    assert answer.status_code == 400
    assert said in answer.text
    lost = [value for value in tried.values() if value not in answer.text]
    assert lost == []
    assert kept(session) == []


def test_an_unusual_dose_is_asked_about_first(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(form, **{**typed, "dose_mg": "425"})

    assert answer.status_code == 400
    assert "over 200 mg is unusual" in answer.text
    assert kept(session) == []


def test_and_recorded_when_she_is_sure(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(form, **{**typed, "dose_mg": "425", "sure": "true"})

    assert answer.status_code == 303
    assert [one.dose_mg for one in kept(session)] == [425]


def test_an_empty_form_records_nothing_and_says_what_is_missing(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    carried = {name: typed[name] for name in ("edit_id", "account")}

    answer = dr_boses_desk.send_form(form, **carried)

    assert answer.status_code == 400
    assert "Say when it began" in answer.text
    assert kept(session) == []


def test_a_form_in_which_nothing_was_changed_says_so(
    session: Session, dr_boses_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed)
    dr_boses_desk.get(record)
    said = {name: typed[name] for name in ("standing", "given_at", "agent")}
    shown = {f"was_{name}": f'"{value}"' for name, value in said.items()}
    numbers = {"was_dose_mg": "42.5", "was_minutes": "40"}

    dr_boses_desk.send_form(form, **{**typed, **shown, **numbers, "edit_id": str(uuid4())})

    seen = text(dr_boses_desk.get(record).text)
    assert "Nothing was changed." in seen
    assert "Recorded. Ana" not in seen
    assert len(session.scalars(select(InfusionEdit)).all()) == 1


@pytest.mark.parametrize("named", ["1", str(UUID(int=7)), "<b>"])
def test_an_address_alone_says_nothing_was_recorded(
    dr_boses_desk: Browser, record: str, named: str
) -> None:
    assert "Recorded. Ana" not in dr_boses_desk.get(f"{record}?recorded={named}").text


def test_an_address_that_names_what_is_there_says_so(
    session: Session, dr_boses_desk: Browser, record: str, form: str, sent: dict[str, Any]
) -> None:
    dr_boses_desk.send_json("PUT", form, sent)
    [one] = kept(session)

    assert "Recorded. Ana" in dr_boses_desk.get(f"{record}?recorded={one.id}").text


@pytest.mark.assures("B08")
def test_a_time_of_going_home_before_it_began_is_asked_about(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    answer = dr_boses_desk.send_form(form, **typed, left_at="14:00")

    assert answer.status_code == 400
    assert "They went home before it began or ended." in answer.text
    assert kept(session) == []


def test_the_same_form_twice_is_one_infusion(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed)

    again = dr_boses_desk.send_form(form, **typed)

    assert again.status_code == 303
    assert len(kept(session)) == len(session.scalars(select(InfusionEdit)).all()) == 1


def test_two_forms_about_one_minute_are_one_infusion(
    session: Session, dr_boses_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed)

    again = dr_boses_desk.send_form(f"{record}/{uuid4()}", **typed)

    assert again.status_code == 400
    assert "recorded already" in again.text
    assert len(kept(session)) == 1


@pytest.mark.assures("A03")
def test_a_page_of_someone_else_records_nothing(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str], people: People
) -> None:
    answer = dr_boses_desk.send_form(form, **{**typed, "account": str(people.kim.id)})

    assert "someone else" in answer.text
    assert kept(session) == []


def test_what_was_so_last_time_is_offered_and_not_filled_in(
    dr_boses_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed, weight_kg="70", route="im", prescriber="Dr Bose")
    fresh = f"{record}/{uuid4()}"

    offered = dr_boses_desk.get(fresh).text
    taken = dr_boses_desk.get(f"{fresh}?as=last").text

    assert "42.5 mg, racemic ketamine, into a muscle, 70 kg on " in text(offered)
    assert 'name="dose_mg" value="42.5"' not in flat(offered)
    assert 'name="dose_mg" aria-describedby="dose_mg-error" value="42.5"' in flat(taken)


def flat(markup: str) -> str:
    return " ".join(markup.split())


def test_a_letter_is_answered_with_what_stands(
    dr_boses_desk: Browser, form: str, sent: dict[str, Any]
) -> None:
    answer = dr_boses_desk.send_json("PUT", form, sent)

    assert answer.status_code == 200
    assert answer.json == {
        "edit_id": sent["edit_id"],
        "id": form.rsplit("/", 1)[1],
        "day": sent["items"]["given_at"][:10],
        "items": sent["items"],
    }


def test_the_same_letter_again_changes_nothing(
    session: Session, dr_boses_desk: Browser, form: str, sent: dict[str, Any]
) -> None:
    first = dr_boses_desk.send_json("PUT", form, sent)

    again = dr_boses_desk.send_json("PUT", form, sent)

    assert (again.status_code, again.json) == (200, first.json)
    assert len(kept(session)) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"items": {"dose_mg": 41}}, 409),
        ({"items": {"dose_mg": "41"}}, 400),
        ({"items": {"dose_mg": 425}, "edit_id": str(uuid4())}, 400),
        ({"account": str(uuid4()), "edit_id": str(uuid4())}, 409),
        ({"clinic_id": str(uuid4())}, 400),
    ],
)
def test_what_a_letter_may_not_say_is_refused(
    session: Session,
    dr_boses_desk: Browser,
    form: str,
    sent: dict[str, Any],
    change: dict[str, Any],
    status: int,
) -> None:
    dr_boses_desk.send_json("PUT", form, sent)

    answer = dr_boses_desk.send_json("PUT", form, {**sent, **change})

    assert answer.status_code == status
    assert [one.dose_mg for one in kept(session)] == [42.5]


@pytest.mark.assures("B08")
@pytest.mark.parametrize("year", ["0001", "1970"])
def test_a_letter_by_a_clock_that_was_lost_is_refused_kindly(
    dr_boses_desk: Browser, form: str, sent: dict[str, Any], year: str
) -> None:
    dr_boses_desk.send_json("PUT", form, sent)
    lost = {"edit_id": str(uuid4()), "edited_at": f"{year}-01-01T00:00:00.000Z"}

    answer = dr_boses_desk.send_json("PUT", form, {**sent, **lost})

    assert (answer.status_code, answer.json and answer.json["field"]) == (400, "edited_at")


def test_one_is_planned_and_then_given_in_the_same_form(
    session: Session,
    dr_boses_desk: Browser,
    record: str,
    today: date,
    typed: dict[str, str],
) -> None:
    planned = dr_boses_desk.send_form(record, given_at=f"{today + 3 * DAY}T09:30")
    [one] = kept(session)
    seen = text(dr_boses_desk.get(record).text)
    answer = dr_boses_desk.send_form(
        f"{record}/{one.id}", **typed, was_standing='"planned"', sure="true"
    )

    assert planned.status_code == 303
    assert "It was given" in seen
    assert answer.status_code == 303
    assert [(one.standing, one.dose_mg) for one in kept(session)] == [("given", 42.5)]


@pytest.mark.assures("B01")
@pytest.mark.parametrize("typed_at", ["", "soon", "2999-01-01T09:30"])
def test_a_plan_needs_a_day_that_can_be(
    session: Session, dr_boses_desk: Browser, record: str, typed_at: str
) -> None:
    answer = dr_boses_desk.send_form(record, given_at=typed_at)

    assert answer.status_code == 400
    assert kept(session) == []


@pytest.fixture
def planned(
    session: Session, ana: Account, riverbend: Clinic, today: date, now: datetime
) -> Infusion:
    plan = {"standing": "planned", "dose_mg": None, "recorded_at": now - DAY}
    return give(session, riverbend, ana, today + DAY, **plan)


@pytest.mark.parametrize(
    ("standing", "said"), [("cancelled", "Cancelled: "), ("missed", "Missed: ")]
)
def test_a_planned_one_is_marked_in_one_tap_with_a_way_back(
    session: Session,
    dr_boses_desk: Browser,
    record: str,
    planned: Infusion,
    standing: str,
    said: str,
) -> None:
    answer = dr_boses_desk.send_form(f"{record}/{planned.id}/standing", standing=standing)
    seen = text(dr_boses_desk.get(str(answer.location)).text)
    marked = [one.standing for one in kept(session)]
    dr_boses_desk.send_form(f"{record}/{planned.id}/standing", standing="planned")

    assert said in seen
    assert "Undo" in seen
    assert marked == [standing]
    assert [one.standing for one in kept(session)] == ["planned"]


def test_what_was_given_is_not_cancelled(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    one = give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.send_form(f"{record}/{one.id}/standing", standing="cancelled")

    assert answer.status_code == 400
    assert [one.standing for one in kept(session)] == ["given"]


def test_a_clinician_marks_a_new_series(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    give(session, riverbend, ana, today - 4 * DAY)
    one = give(session, riverbend, ana, today - DAY)
    together = text(dr_boses_desk.get(record).text)

    dr_boses_desk.send_form(f"{record}/{one.id}/series", first="true")

    apart = text(dr_boses_desk.get(record).text)
    assert "A series of 2, " in together
    assert "In all 70 mg of racemic ketamine" in together
    assert "3 days after the one before" in together
    assert apart.count("A series of 1, ") == 2
    assert apart.count("In all 35 mg of racemic ketamine") == 2


def test_a_correction_on_a_later_day_asks_why_and_stays_readable(
    session: Session,
    dr_boses_desk: Browser,
    dr_bose: Account,
    record: str,
    now: datetime,
    typed: dict[str, str],
) -> None:
    path = f"{record}/{uuid4()}"
    earlier = letter(
        items=given_at(now - 3 * DAY), account=str(dr_bose.id), edited_at=stamp(now - 3 * DAY)
    )
    dr_boses_desk.send_json("PUT", path, earlier)
    change = {"dose_mg": "30", "edit_id": str(uuid4()), "account": str(dr_bose.id)}
    was = {f"was_{name}": shown(value) for name, value in earlier["items"].items()}
    same = {name: str(value) for name, value in earlier["items"].items()}
    page = {**was, **same, **change}

    asked = dr_boses_desk.send_form(path, **page)
    done = dr_boses_desk.send_form(path, **page, reason="A slip of the pen")

    seen = text(dr_boses_desk.get(path).text)
    assert (asked.status_code, done.status_code) == (400, 303)
    assert "why you are correcting it" in asked.text
    assert "Dose: 30 mg" in seen
    assert "Dose: 35 mg" in seen
    assert "Why: A slip of the pen" in seen


def test_one_recorded_in_error_is_taken_back_and_stays_readable(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    one = give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.send_form(f"{record}/{one.id}/striking", reason="Wrong chart")

    seen = text(dr_boses_desk.get(record).text)
    assert (answer.status_code, answer.location) == (303, f"{record}?undo={one.id}")
    assert "None yet." in seen
    assert "35 mg in 40 minutes, racemic ketamine recorded in error" in seen
    page = text(dr_boses_desk.get(f"{record}/{one.id}").text)
    assert "taken back" in page
    assert "Why: Wrong chart" in page


def test_without_a_reason_nothing_is_taken_back(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    one = give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.send_form(f"{record}/{one.id}/striking", reason=" ")

    assert answer.status_code == 400
    assert kept(session)[0].struck_at is None


def test_what_was_taken_back_stands_again_in_one_tap(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    one = give(session, riverbend, ana, today - DAY)
    struck = dr_boses_desk.send_form(f"{record}/{one.id}/striking", reason="Wrong chart")
    offered = dr_boses_desk.get(struck.location)

    dr_boses_desk.send_form(f"{record}/{one.id}/restoring")

    assert f'action="{record}/{one.id}/restoring"' in offered.text
    assert kept(session)[0].struck_at is None


@pytest.mark.assures("A03")
@pytest.mark.parametrize("what", ["/striking", "/standing", "/series", "/restoring"])
def test_another_clinics_infusion_is_not_hers(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    people: People,
    record: str,
    today: date,
    what: str,
) -> None:
    one = give(session, people.hillside, ana, today - DAY)

    answer = dr_boses_desk.send_form(
        f"{record}/{one.id}{what}", standing="missed", first="true", reason="x"
    )

    assert answer.status_code == 404
    assert (kept(session)[0].struck_at, kept(session)[0].new_series) == (None, False)


@pytest.mark.assures("A03")
def test_another_clinics_infusion_is_neither_seen_nor_written_on(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    people: People,
    record: str,
    today: date,
    typed: dict[str, str],
) -> None:
    one = give(session, people.hillside, ana, today - DAY, dose_mg=61.5)

    seen = dr_boses_desk.get(f"{record}/{one.id}")
    sent = dr_boses_desk.send_form(f"{record}/{one.id}", **typed)

    assert "61.5" not in seen.text
    assert sent.status_code == 404
    assert kept(session)[0].dose_mg == 61.5


def test_after_withdrawal_the_clinics_own_record_stays(
    session: Session,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    page: str,
    record: str,
    today: date,
    withdrawn: None,
) -> None:
    give(session, riverbend, ana, today - DAY)

    answer = dr_boses_desk.get(record)

    assert "35 mg in 40 minutes" in answer.text
    assert "They share nothing of their journal with you now." in answer.text
    assert f'href="{page}"' not in answer.text


def test_and_can_be_written_on(
    dr_boses_desk: Browser, form: str, typed: dict[str, str], withdrawn: None
) -> None:
    assert dr_boses_desk.send_form(form, **typed).status_code == 303


@pytest.mark.assures("A03")
def test_for_someone_who_has_left_nothing_new_is_recorded(
    session: Session,
    dr_boses_desk: Browser,
    record: str,
    form: str,
    typed: dict[str, str],
    sent: dict[str, Any],
    left: None,
) -> None:
    opened = dr_boses_desk.get(form)
    fresh = dr_boses_desk.get(f"{record}/new")
    typed_in = dr_boses_desk.send_form(form, **typed)
    by_letter = dr_boses_desk.send_json("PUT", form, sent)
    planned = dr_boses_desk.send_form(record, given_at="2026-12-24T09:30")

    assert [opened.status_code, fresh.status_code, by_letter.status_code] == [409, 409, 409]
    assert "Ana is no longer a patient of your clinic." in typed_in.text
    assert "Ana is no longer a patient of your clinic." in planned.text
    assert kept(session) == []


def test_what_is_there_is_still_read_and_corrected(
    session: Session,
    dr_boses_desk: Browser,
    dr_bose: Account,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
    left: None,
) -> None:
    one = give(session, riverbend, ana, today - DAY)
    change = letter(items={"minutes": 45}, account=str(dr_bose.id), reason="A slip of the pen")

    answer = dr_boses_desk.send_json("PUT", f"{record}/{one.id}", change)

    seen = text(dr_boses_desk.get(record).text)
    assert answer.status_code == 200
    assert "35 mg in 45 minutes" in seen
    assert "No longer a patient of your clinic." in seen
    assert "Record an infusion" not in seen
    assert "Plan one" not in seen


@pytest.mark.assures("A03")
def test_for_another_clinic_there_is_no_record(
    session: Session, dr_coles_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    seen = dr_coles_desk.get(record)
    sent = dr_coles_desk.send_form(form, **typed)

    assert (seen.status_code, sent.status_code) == (404, 404)
    assert kept(session) == []


def test_a_thousand_infusions_are_one_page_and_few_questions(
    session: Session,
    app: Flask,
    dr_boses_desk: Browser,
    ana: Account,
    riverbend: Clinic,
    record: str,
    today: date,
) -> None:
    with recorded(app.extensions["engine"]) as with_none:
        dr_boses_desk.get(record)
    first = give(session, riverbend, ana, today - 5 * DAY)
    columns = {name: getattr(first, name) for name in Infusion.__table__.columns.keys()}  # noqa: SIM118
    many = [
        {
            **columns,
            "id": uuid4(),
            "day": first.day - back * DAY,
            "given_at": first.given_at - back * DAY,
        }
        for back in range(1, 1000)
    ]
    session.execute(insert(Infusion), many)
    session.commit()

    with recorded(app.extensions["engine"]) as with_many:
        seen = dr_boses_desk.get(record).text

    assert seen.count("35 mg in 40 minutes") == 1000
    assert "In all 35,000 mg of racemic ketamine" in seen
    assert len(with_many) <= len(with_none) <= 8


@pytest.mark.both_databases
def test_no_table_is_read_from_end_to_end(
    app: Flask,
    engine: Engine,
    session: Session,
    dr_boses_desk: Browser,
    form: str,
    record: str,
    sent: dict[str, Any],
) -> None:
    with recorded(app.extensions["engine"]) as statements:
        dr_boses_desk.get(record)
        dr_boses_desk.send_json("PUT", form, sent)
        dr_boses_desk.get(form)

    assert scans(engine, statements) == []


def test_one_planned_for_another_day_says_so_and_asks(
    session: Session, dr_boses_desk: Browser, record: str, today: date, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, given_at=f"{today + 3 * DAY}T09:30")
    [one] = kept(session)

    seen = text(dr_boses_desk.get(f"{record}/{one.id}").text)
    asked = dr_boses_desk.send_form(f"{record}/{one.id}", **typed)

    assert "Planned for " in seen
    assert asked.status_code == 400
    assert "It was planned for another day." in text(asked.text)


def test_at_a_planned_minute_the_form_leads_to_the_planned_one(
    session: Session, dr_boses_desk: Browser, record: str, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(record, given_at=typed["given_at"])
    [one] = kept(session)

    answer = dr_boses_desk.send_form(form, **typed)

    assert answer.status_code == 400
    assert "Is this the planned one?" in answer.text
    assert f'href="{record}/{one.id}"' in answer.text


def test_what_was_changed_meanwhile_is_said_and_what_she_typed_is_kept(
    session: Session, dr_boses_desk: Browser, form: str, typed: dict[str, str]
) -> None:
    dr_boses_desk.send_form(form, **typed)
    was = {f"was_{name}": shown(typed[name]) for name in ("standing", "given_at", "agent")}
    page = {**typed, **was, "was_minutes": "40", "was_dose_mg": "42.5"}
    dr_boses_desk.send_form(form, **{**page, "dose_mg": "30", "edit_id": str(uuid4())})

    answer = dr_boses_desk.send_form(form, **{**page, "dose_mg": "50", "edit_id": str(uuid4())})

    assert answer.status_code == 409
    assert "It says now: Dose: 30 mg." in text(answer.text)
    assert 'name="was_dose_mg" value="30.0"' in answer.text
    assert 'value="50"' in answer.text


def test_a_letter_about_what_was_changed_meanwhile_is_refused_kindly(
    dr_boses_desk: Browser, form: str, sent: dict[str, Any]
) -> None:
    dr_boses_desk.send_json("PUT", form, sent)
    late = {"items": {"dose_mg": 50}, "shown": {"dose_mg": 35}, "edit_id": str(uuid4())}

    answer = dr_boses_desk.send_json("PUT", form, {**sent, **late})

    said = answer.json or {}
    assert (answer.status_code, said["field"]) == (409, "was_dose_mg")
    assert "It says now: Dose: 42.5 mg." in said["message"]
