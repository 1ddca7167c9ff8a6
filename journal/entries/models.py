"""Edits, which are kept for ever, and days, which are the fold of their edits."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class How(StrEnum):
    """When an edit was made: on its diary day, on the next one, or later."""

    LIVE = "live"
    LATE = "late"
    CORRECTED = "corrected"


class Edit(Base):
    """What the patient said at one moment about one day. Never changed, never deleted.

    `numbers` holds numeric items and flags as sent (null clears); `sealed` holds the words
    (note, medicines, what was seen to, reason) as encrypted JSON.
    """

    __tablename__ = "edits"
    __table_args__ = (Index("ix_edits_account_id_day", "account_id", "day"),)

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    edit_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    edited_at: Mapped[datetime]
    received_at: Mapped[datetime]
    counted_at: Mapped[datetime]
    zone: Mapped[str]
    how: Mapped[str]
    numbers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]
    sign_in_id: Mapped[UUID | None]


class Day(Base):
    """How a day stands now. `told` says, item by item, which edit it comes from and how."""

    __tablename__ = "days"
    __table_args__ = (
        Index("ix_days_account_id_revision", "account_id", "revision"),
        Index("ix_days_panel", "account_id", "day", "answered", "pain_avg", "mood", "sleep_hours"),
        Index(
            "ix_days_more",
            "account_id",
            "day",
            sqlite_where=text("more IS NOT NULL"),
            postgresql_where=text("more IS NOT NULL"),
        ),
    )

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
    answered: Mapped[bool]
    pain_avg: Mapped[int | None] = mapped_column(SmallInteger)
    pain_worst: Mapped[int | None] = mapped_column(SmallInteger)
    interference: Mapped[int | None] = mapped_column(SmallInteger)
    mood: Mapped[int | None] = mapped_column(SmallInteger)
    sleep_hours: Mapped[float | None]
    sleep_quality: Mapped[int | None] = mapped_column(SmallInteger)
    energy: Mapped[int | None] = mapped_column(SmallInteger)
    anxiety: Mapped[int | None] = mapped_column(SmallInteger)
    pain_now: Mapped[int | None] = mapped_column(SmallInteger)
    pain_least: Mapped[int | None] = mapped_column(SmallInteger)
    too_much: Mapped[bool | None]
    # What is not asked of everybody every day: the night in detail, an infusion day, what she
    # noticed after it. None where nothing of it was said.
    more: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sealed: Mapped[bytes | None]
    told: Mapped[dict[str, Any]]


class Goal(Base):
    """What she wants to be able to do again, in her own words (sealed), from a day on."""

    __tablename__ = "goals"
    __table_args__ = (Index("ix_goals_account_id_since", "account_id", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    sealed: Mapped[bytes]
    since: Mapped[date]
    until: Mapped[date | None]
