"""Rules about when to ask, the next time each is due, and what silences them."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class Kind(StrEnum):
    """Why something is due: at the chosen time, once more that evening, or put off for an hour."""

    CHOSEN = "chosen"
    NUDGE = "nudge"
    LATER = "later"


class Asks(StrEnum):
    """What a rule asks for: the diary; how she is on the day of an infusion; what she noticed,
    the morning after one."""

    DAY = "day"
    INFUSION = "infusion"
    MORNING = "morning"


class Rule(Base):
    """When somebody wants to be asked for what: a time on her wall, on days of the week.

    `kind` is one of Asks; what is asked around infusions has its days from them as well. `days`
    lists 0 (Monday) to 6.
    """

    __tablename__ = "rules"
    __table_args__ = (Index("uq_rules_account_id_kind", "account_id", "kind", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str]
    at: Mapped[time]
    days: Mapped[list[int]] = mapped_column(JSON)
    on: Mapped[bool]
    nudge: Mapped[bool]
    paused_until: Mapped[date | None]


class Due(Base):
    """The next instant at which a rule asks.

    `for_at` is the due time whose day it asks for: a nudge asks for that of what it repeats;
    `reckoned_in` is the zone and the edition of its rules by which `at` was reckoned, so that
    either may change.
    """

    __tablename__ = "dues"
    __table_args__ = (
        Index("ix_dues_at", "at"),
        Index(
            "ix_dues_fault",
            "fault",
            sqlite_where=text("fault IS NOT NULL"),
            postgresql_where=text("fault IS NOT NULL"),
        ),
    )

    rule_id: Mapped[UUID] = mapped_column(
        ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    for_at: Mapped[datetime]
    reckoned_in: Mapped[str]
    fault: Mapped[str | None]


class ReminderSettings(Base):
    """What holds for all of someone's reminders; `email` is sealed, for when her phone is deaf."""

    __tablename__ = "reminder_settings"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    quiet_begins: Mapped[time]
    quiet_ends: Mapped[time]
    email: Mapped[bytes | None]
    calendar_hash: Mapped[str | None] = mapped_column(unique=True)


class MessageStop(Base):
    """A clinic wants nothing sent to a patient: admission, transfer, death."""

    __tablename__ = "message_stops"
    __table_args__ = (
        Index(
            "uq_message_stops_current",
            "account_id",
            "clinic_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    since: Mapped[datetime]
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    until: Mapped[datetime | None]
