"""The audit log, and the end of its hash chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base

GENESIS = "0" * 64


class AuditEvent(Base):
    """One thing done. `about` holds no health data: it outlives the record it speaks of."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_looks", "patient_id", "actor_id", "action", "at"),
        Index("ix_audit_events_patient_id_at", "patient_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str]
    actor_id: Mapped[UUID | None]
    patient_id: Mapped[UUID | None]
    clinic_id: Mapped[UUID | None] = mapped_column(index=True)
    about: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The newest event's number and hash: one row, which also makes writers take turns."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    last_hash: Mapped[str]
