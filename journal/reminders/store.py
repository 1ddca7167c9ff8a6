"""What a patient wants of her reminders: when, when not, and what instead."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.accounts.sign_ins import hash_of
from journal.clock import diary_day, zone_named
from journal.db import seal, unseal
from journal.errors import Invalid, words
from journal.infusions.days import USUAL_QUIET_HOURS
from journal.infusions.models import InfusionDay
from journal.push.models import DEAF, Delivery, Device
from journal.push.store import alive
from journal.reminders import reckoning
from journal.reminders.known import USUAL_QUIET
from journal.reminders.letters import email_name
from journal.reminders.models import Asks, Due, Kind, ReminderSettings, Rule
from journal.reminders.schedule import Quiet
from journal.sharing.models import Enrolment

AN_HOUR = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True)
class Wanted:
    """When to ask: a time on the wall, on days of the week (0 is Monday), once more or not."""

    at: time
    days: frozenset[int]
    on: bool
    nudge: bool


def rule_of(session: Session, account_id: UUID, asks: Asks = Asks.DAY) -> Rule | None:
    """Someone's rule for that, once she made one."""
    return session.scalars(
        select(Rule).where(Rule.account_id == account_id, Rule.kind == asks)
    ).first()


def rules_of(session: Session, account_id: UUID) -> Mapping[Asks, Rule | None]:
    """Someone's rule for each of what can be asked."""
    rules = session.scalars(select(Rule).where(Rule.account_id == account_id)).all()
    made = {Asks(rule.kind): rule for rule in rules}
    return {asks: made.get(asks) for asks in Asks}


def change(
    session: Session, account: Account, wanted: Wanted, now: datetime, asks: Asks = Asks.DAY
) -> Rule:
    """Ask as she wants from now on."""
    rule = rule_of(session, account.id, asks)
    if rule is None:
        rule = Rule(account_id=account.id, kind=asks, paused_until=_paused(session, account.id))
        session.add(rule)
    rule.at, rule.days, rule.on, rule.nudge = (
        wanted.at, sorted(wanted.days), wanted.on, wanted.nudge,
    )  # fmt: skip
    session.flush()
    reckoning.expect(session, rule, account.zone, now)
    return rule


def pause(session: Session, account: Account, until: date, now: datetime) -> None:
    """Say nothing until that day. Raises Invalid for one that is past or over a year away."""
    today = diary_day(now, account.zone)
    if not today < until <= today + LONGEST_PAUSE:
        raise Invalid(words("Choose a day after today, within a year."), field="until")
    session.execute(update(Rule).where(Rule.account_id == account.id).values(paused_until=until))


def end_pause(session: Session, account: Account) -> None:
    """Ask again."""
    session.execute(update(Rule).where(Rule.account_id == account.id).values(paused_until=None))


def later(session: Session, account: Account, now: datetime) -> datetime | None:
    """Ask in an hour; None for someone who has no reminders."""
    rule = rule_of(session, account.id)
    if rule is None or not rule.on:
        return None
    reckoning.put_off(session, rule.id, account.zone, now + AN_HOUR)
    return now + AN_HOUR


def later_on_phone(session: Session, delivery_id: UUID, now: datetime) -> None:
    """The phone that shows this delivery says "in an hour"; only the first time counts."""
    found = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.later_at.is_(None), Delivery.day.is_not(None))
        .values(later_at=now)
        .returning(Delivery.account_id, Delivery.subject_id)
    ).first()
    rule = session.get(Rule, found.subject_id) if found and found.subject_id else None
    if found and rule and rule.on:
        zone = session.get_one(Account, found.account_id).zone
        reckoning.put_off(session, rule.id, zone, now + AN_HOUR)


def move(session: Session, account: Account, zone: str, now: datetime) -> None:
    """She is in another zone now. Raises Invalid for one that there is not."""
    try:
        account.zone = zone_named(zone).key
    except ValueError as error:
        raise Invalid(words("We do not know that time zone."), field="zone") from error
    for rule in session.scalars(select(Rule).where(Rule.account_id == account.id)).all():
        reckoning.expect(session, rule, account.zone, now)


def settings_of(session: Session, account_id: UUID) -> ReminderSettings:
    """Someone's settings; as usual where she changed nothing."""
    found = session.get(ReminderSettings, account_id)
    if found is None:
        found = ReminderSettings(
            account_id=account_id,
            quiet_begins=USUAL_QUIET.begins,
            quiet_ends=USUAL_QUIET.ends,
            email=None,
            calendar_hash=None,
        )
    return found


def keep_quiet(session: Session, account_id: UUID, quiet: Quiet) -> None:
    """Change someone's quiet hours."""
    settings = _writable(session, account_id)
    settings.quiet_begins, settings.quiet_ends = quiet.begins, quiet.ends


def keep_email(session: Session, account_id: UUID, email: str | None) -> None:
    """Where to write when no phone shows our reminders; None for nowhere."""
    sealed = seal(session, email, email_name(account_id)) if email else None
    _writable(session, account_id).email = sealed


def email_of(session: Session, account_id: UUID) -> str | None:
    """That address."""
    sealed = settings_of(session, account_id).email
    return unseal(session, sealed, email_name(account_id)) if sealed else None


def new_calendar(session: Session, account_id: UUID) -> str:
    """The secret of a calendar feed; an earlier one opens nothing any more."""
    secret = secrets.token_urlsafe(24)
    _writable(session, account_id).calendar_hash = hash_of(secret)
    return secret


def end_calendar(session: Session, account_id: UUID) -> None:
    """Close the calendar feed."""
    _writable(session, account_id).calendar_hash = None


def of_calendar(session: Session, secret: str) -> Account | None:
    """Whose calendar that secret opens."""
    return session.scalars(
        select(Account)
        .join(ReminderSettings, ReminderSettings.account_id == Account.id)
        .where(ReminderSettings.calendar_hash == hash_of(secret))
    ).first()


def next_at(session: Session, account_id: UUID) -> datetime | None:
    """When she is asked for her day next, if nothing comes between."""
    return session.scalars(
        select(Due.at)
        .join(Rule, Rule.id == Due.rule_id)
        .where(Rule.account_id == account_id, Rule.kind == Asks.DAY, Due.kind != Kind.NUDGE)
        .order_by(Due.at)
    ).first()


def quiet_after(session: Session, account_id: UUID) -> int:
    """For how many hours after an infusion her clinic, or the quietest of them, sends nothing."""
    wanted = func.coalesce(InfusionDay.quiet_hours, USUAL_QUIET_HOURS)
    most = session.scalar(
        select(func.max(wanted))
        .select_from(Enrolment)
        .outerjoin(InfusionDay, InfusionDay.clinic_id == Enrolment.clinic_id)
        .where(Enrolment.patient_id == account_id, Enrolment.until.is_(None))
    )
    return USUAL_QUIET_HOURS if most is None else most


def unheard(session: Session, account_id: UUID) -> bool:
    """Whether she wants reminders and no device of hers shows them; one question."""
    wanted = exists().where(Rule.account_id == account_id, Rule.on)
    heard = exists().where(Device.account_id == account_id, Device.unanswered < DEAF, alive())
    return bool(session.scalar(select(wanted & ~heard)))


def _paused(session: Session, account_id: UUID) -> date | None:
    """A pause holds for everything, and so for what is asked anew."""
    return session.scalar(select(func.max(Rule.paused_until)).where(Rule.account_id == account_id))


def _writable(session: Session, account_id: UUID) -> ReminderSettings:
    return session.merge(settings_of(session, account_id))
