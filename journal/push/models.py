"""Devices that show notifications, and what was delivered to them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base

# After so many due times without a word from it, a device counts as deaf.
DEAF = 3


class Outcome(StrEnum):
    """What became of a delivery."""

    SENT = "sent"
    MAILED = "mailed"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    LATE = "late"
    LOGGED = "logged"
    QUIET = "quiet"
    PAUSED = "paused"
    STOPPED = "stopped"
    OFF = "off"
    RESTING = "resting"
    NO_REASON = "no reason"
    UNREACHABLE = "unreachable"


class Device(Base):
    """A browser that subscribed to push. It belongs to a session and dies when a person ends it.

    `unanswered` counts due times sent since it last confirmed that it showed one.
    """

    __tablename__ = "devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    sign_in_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sign_ins.id", ondelete="SET NULL"), index=True
    )
    endpoint: Mapped[str]
    endpoint_hash: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    auth: Mapped[str]
    browser: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    unanswered: Mapped[int] = mapped_column(default=0)

    @property
    def deaf(self) -> bool:
        """Whether it has been silent for too long to be relied on."""
        return self.unanswered >= DEAF


class Delivery(Base):
    """One notification for one device: what for, when, and what became of it.

    `id` is random and all that a receipt needs. `next_at` is when it may be tried: a claim moves
    it to the end of its lease. `target` is the device's id, "mail", or "nobody".
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subject_id", "due_at", "target", "kind"),
        Index(
            "ix_deliveries_waiting",
            "next_at",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
        Index("ix_deliveries_outcome_ended_at", "outcome", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    device_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("devices.id", ondelete="SET NULL"), index=True
    )
    target: Mapped[str]
    subject_id: Mapped[UUID | None]
    kind: Mapped[str]
    day: Mapped[date | None]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_by: Mapped[str | None]
    outcome: Mapped[str | None]
    cause: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    later_at: Mapped[datetime | None]
