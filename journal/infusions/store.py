"""Keeping infusions: they belong to the clinic that gave them, and are the fold of their edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.audit.store import Happened, record
from journal.clock import counted_at, diary_day
from journal.errors import Conflict, Invalid, NotThere, words
from journal.infusions import rows
from journal.infusions.fold import (
    changed_meanwhile,
    check,
    check_clock,
    doubts,
    doubts_around,
    fold,
    is_belated,
    judged_at,
    needs_reason,
)
from journal.infusions.items import Items, Value
from journal.infusions.letters import EditBody
from journal.infusions.models import Infusion, InfusionEdit, Standing
from journal.infusions.turns import refuse_new, take_turn
from journal.sharing.access import Enrolled, Member

EXPECTED = (Standing.PLANNED, Standing.GIVEN)


@dataclass(frozen=True)
class Said:
    """One edit as people read it: who said what, when, and why; `received_at` if it took long."""

    name: str | None
    at: datetime
    received_at: datetime | None
    items: Mapping[str, Value | None]
    reason: str | None


@dataclass(frozen=True)
class Others:
    """A patient's other infusions here, by the clock on the clinic's wall, as items say moments."""

    given: Sequence[str]
    planned: Mapping[str, UUID]


def of_patient(session: Session, member: Member, patient: Enrolled) -> Sequence[Infusion]:
    """What this clinic recorded for one of its patients, newest first, what was struck too.

    It is the clinic's own record: it needs no grant.
    """
    return session.scalars(
        _ours(member, patient).order_by(Infusion.given_at.desc(), Infusion.recorded_at.desc())
    ).all()


def one_of(
    session: Session, member: Member, patient: Enrolled, infusion_id: UUID
) -> Infusion | None:
    """The infusion of that id, if this clinic has one of this patient."""
    return session.scalars(_ours(member, patient).where(Infusion.id == infusion_id)).first()


def last_given(session: Session, member: Member, patient: Enrolled) -> Infusion | None:
    """The newest that was given."""
    return session.scalars(
        _given(member, patient).order_by(Infusion.given_at.desc()).limit(1)
    ).first()


def others(session: Session, member: Member, patient: Enrolled, than: UUID) -> Others:
    """When the others were given, and for when some are planned."""
    found = session.execute(
        select(Infusion.id, Infusion.given_at, Infusion.standing).where(
            Infusion.clinic_id == member.clinic.id,
            Infusion.patient_id == patient.id,
            Infusion.id != than,
            Infusion.struck_at.is_(None),
            Infusion.standing.in_(EXPECTED),
        )
    ).all()
    walls = {row.id: _wall(row.given_at, member.clinic.zone) for row in found}
    return Others(
        [walls[row.id] for row in found if row.standing == Standing.GIVEN],
        {walls[row.id]: row.id for row in found if row.standing == Standing.PLANNED},
    )


def history(session: Session, infusion: Infusion) -> Sequence[Said]:
    """Everything that was said about it, newest first."""
    found = session.execute(
        select(InfusionEdit, Account.name)
        .outerjoin(Account, Account.id == InfusionEdit.said_by)
        .where(InfusionEdit.infusion_id == infusion.id)
        .order_by(InfusionEdit.counted_at.desc(), InfusionEdit.edit_id.desc())
    )
    return [_said(session, row.InfusionEdit, row.name) for row in found]


def is_later(session: Session, infusion: Infusion, now: datetime, zone: str) -> bool:
    """Whether it was first said to be given on an earlier diary day: correcting it asks why."""
    if infusion.standing != Standing.GIVEN:
        return False
    kept = session.scalars(_edits_of(infusion)).all()
    first = _given_first(kept, zone) if kept else diary_day(infusion.recorded_at, zone)
    return first is not None and diary_day(now, zone) > first


def save_edit(
    session: Session,
    member: Member,
    patient: Enrolled,
    infusion_id: UUID,
    body: EditBody,
    now: datetime,
) -> Infusion:
    """Keep one edit and answer with the infusion as it stands; the same edit again changes nothing.

    Raises Invalid for what cannot be, or is doubtful and was not looked at again, or lacks its
    reason; Conflict for another account's letter, an edit_id with other content, a second infusion
    at the same minute, one that was taken back or is not as it was shown, or a new one after she
    has left; NotThere for one that is not this clinic's.
    """
    if body.account != member.account.id:
        raise Conflict(words("This was written by someone else who uses this device."))
    is_here = take_turn(session, member, patient)
    # As it is after those who came first, whatever this session read before.
    infusion = session.get(Infusion, infusion_id, populate_existing=True)
    if infusion and (infusion.clinic_id, infusion.patient_id) != (member.clinic.id, patient.id):
        raise NotThere()
    if infusion is None and not is_here:
        raise refuse_new(patient)
    edits = _edits(session, infusion, member.clinic.zone)
    if any(edit.edit_id == body.edit_id for edit in edits):
        return _same(session, infusion_id, body)
    if infusion and infusion.struck_at:
        raise Conflict(words("It was taken back as recorded in error. Record it anew."))
    _refuse_unseen(body, fold(rows.told(session, one) for one in edits))
    edit = _edit(session, member, infusion_id, body, now)
    return _add(session, member, patient, infusion, edits, edit, now)


def strike(
    session: Session,
    member: Member,
    patient: Enrolled,
    infusion_id: UUID,
    now: datetime,
    reason: str,
) -> None:
    """Take back one that was recorded in error; why is an edit that says nothing else.

    Raises NotThere.
    """
    take_turn(session, member, patient)
    known = one_of(session, member, patient, infusion_id)
    if known is None or known.struck_at:
        raise NotThere()
    zone = member.clinic.zone
    _edits(session, known, zone)
    body = EditBody(uuid4(), now, zone, {}, reason, member.account.id)
    session.add(_edit(session, member, infusion_id, body, now))
    known.struck_at = now
    record(session, now, _happened("infusion.struck", member, patient))


def restore(
    session: Session, member: Member, patient: Enrolled, infusion_id: UUID, now: datetime
) -> None:
    """Let one stand again that was taken back; one that stands stays as it is.

    Raises NotThere; Conflict where another took its minute.
    """
    take_turn(session, member, patient)
    known = one_of(session, member, patient, infusion_id)
    if known is None:
        raise NotThere()
    if known.struck_at is None:
        return
    said = rows.numbers_of(known, member.clinic.zone)
    if known.standing in EXPECTED:
        _refuse_second(said, others(session, member, patient, infusion_id))
    known.struck_at = None
    record(session, now, _happened("infusion.changed", member, patient))


def _add(
    session: Session,
    member: Member,
    patient: Enrolled,
    infusion: Infusion | None,
    edits: Sequence[InfusionEdit],
    edit: InfusionEdit,
    now: datetime,
) -> Infusion:
    zone = member.clinic.zone
    said = fold(rows.told(session, one) for one in (*edits, edit))
    check(said, now, patient.born, zone)
    beside = others(session, member, patient, edit.infusion_id)
    if said["standing"] in EXPECTED:
        _refuse_second(said, beside)
    _check_edit(session, edits, edit, said, beside, zone)
    action = _action(infusion, str(said["standing"]))
    infusion = infusion or _new(session, edit.infusion_id, member, patient, now)
    rows.write(session, infusion, said, zone)
    session.flush()
    session.add(edit)
    record(session, now, _happened(action, member, patient))
    return infusion


def _edit(
    session: Session, member: Member, infusion_id: UUID, body: EditBody, now: datetime
) -> InfusionEdit:
    return InfusionEdit(
        **rows.edit_row(session, infusion_id, body.edit_id, body.items, body.reason),
        said_by=member.account.id,
        edited_at=body.edited_at,
        received_at=now,
        counted_at=counted_at(body.edited_at, now),
    )


def _new(
    session: Session, infusion_id: UUID, member: Member, patient: Enrolled, now: datetime
) -> Infusion:
    infusion = Infusion(
        id=infusion_id,
        clinic_id=member.clinic.id,
        patient_id=patient.id,
        recorded_by=member.account.id,
        recorded_at=now,
    )
    session.add(infusion)
    return infusion


def _edits(session: Session, infusion: Infusion | None, zone: str) -> list[InfusionEdit]:
    """Its edits; one that was recorded without any is given what it says as its first."""
    if infusion is None:
        return []
    kept = session.scalars(_edits_of(infusion)).all()
    return [*kept] if kept else [_first_said(session, infusion, zone)]


def _first_said(session: Session, infusion: Infusion, zone: str) -> InfusionEdit:
    said = rows.items_of(session, infusion, zone)
    first = InfusionEdit(
        **rows.edit_row(session, infusion.id, infusion.id, said, None),
        said_by=infusion.recorded_by,
        edited_at=infusion.recorded_at,
        received_at=infusion.recorded_at,
        counted_at=infusion.recorded_at,
    )
    session.add(first)
    return first


def _check_edit(
    session: Session,
    edits: Sequence[InfusionEdit],
    edit: InfusionEdit,
    said: Items,
    beside: Others,
    zone: str,
) -> None:
    """Raise Invalid where a correction says no reason, or something odd was not looked at again."""
    told, reason = rows.said_in(session, edit)
    today = diary_day(judged_at(edit.counted_at, edit.received_at), zone)
    if reason is None and needs_reason(told, _given_first(edits, zone), today):
        raise Invalid(
            words("Please say in a few words why you are correcting it."),
            code="reason_needed",
            field="reason",
        )
    if "given_at" in told:
        check_clock(said, zone)
    before = fold(rows.told(session, one) for one in edits)
    odd = doubts(told, said, edit.received_at, zone)
    odd += doubts_around(told, said, before, beside.given)
    if odd and not told.get("sure"):
        asked = " ".join(gettext(one) for one in odd)
        raise Invalid("%(asked)s", code="doubtful", field="sure", asked=asked, doubts=odd)


def _refuse_unseen(body: EditBody, before: Items) -> None:
    """Raise Conflict where someone else changed what this one changes, and it was not shown."""
    if unseen := changed_meanwhile(body.items, body.shown or {}, before):
        raise Conflict(
            words(
                "Someone changed it meanwhile. It says now: %(now)s. "
                "What you typed is still here: if it is right, record it once more."
            ),
            code="changed",
            field=f"was_{unseen[0]}",
            now="",
            items={name: before.get(name) for name in unseen},
        )


def _given_first(edits: Sequence[InfusionEdit], zone: str) -> date | None:
    """The diary day on which it was first said to be given."""
    given = [one.counted_at for one in edits if one.numbers.get("standing") == Standing.GIVEN]
    return diary_day(min(given), zone) if given else None


def _said(session: Session, edit: InfusionEdit, name: str | None) -> Said:
    told, reason = rows.said_in(session, edit)
    belated = is_belated(edit.counted_at, edit.received_at)
    return Said(name, edit.counted_at, edit.received_at if belated else None, told, reason)


def _edits_of(infusion: Infusion) -> Select[InfusionEdit]:
    return select(InfusionEdit).where(InfusionEdit.infusion_id == infusion.id)


def _same(session: Session, infusion_id: UUID, body: EditBody) -> Infusion:
    edit = session.get_one(InfusionEdit, (infusion_id, body.edit_id))
    said, reason = rows.said_in(session, edit)
    # A plain form that is sent twice says so at two moments.
    if (edit.said_by, reason, said) != (body.account, body.reason, dict(body.items)):
        raise Conflict(words("This edit was already used for something else."), code="edit_reused")
    return session.get_one(Infusion, infusion_id)


def _action(infusion: Infusion | None, standing: str) -> str:
    before = infusion.standing if infusion else None
    if standing == Standing.GIVEN and before != Standing.GIVEN:
        return "infusion.recorded"
    return "infusion.planned" if before is None else "infusion.changed"


def _ours(member: Member, patient: Enrolled) -> Select[Infusion]:
    return select(Infusion).where(
        Infusion.clinic_id == member.clinic.id, Infusion.patient_id == patient.id
    )


def _given(member: Member, patient: Enrolled) -> Select[Infusion]:
    return _ours(member, patient).where(
        Infusion.struck_at.is_(None), Infusion.standing == Standing.GIVEN
    )


def _refuse_second(said: Items, beside: Others) -> None:
    at = str(said["given_at"])
    if said["standing"] == Standing.GIVEN and at in beside.planned:
        raise Conflict(
            words("One is planned for that minute."),
            code="planned",
            field="given_at",
            planned=beside.planned[at],
        )
    if at in beside.planned or at in beside.given:
        raise Conflict(words("An infusion at that minute is recorded already."), field="given_at")


def _wall(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def _happened(action: str, member: Member, patient: Enrolled) -> Happened:
    about = {"name": member.account.name, "clinic": member.clinic.name}
    return Happened(action, member.account.id, patient.id, member.clinic.id, about)
