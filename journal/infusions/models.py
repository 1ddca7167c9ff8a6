"""The clinic's own record of treatment: the course, its infusions, what was decided."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base

# The longest that can be recorded: some are given over days.
LONGEST = timedelta(minutes=7200)


class Standing(StrEnum):
    """What became of an infusion. Only what was given reaches any reckoning."""

    PLANNED = "planned"
    GIVEN = "given"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Infusion(Base):
    """One infusion as its edits say it now: `day` is its date at the clinic, dose in mg, length
    in minutes.

    `numbers` holds what else was measured or chosen, `sealed` what was written, as encrypted JSON.
    `new_series` marks one as the first of a new series, whatever lies before it. One recorded in
    error is struck, not deleted.
    """

    __tablename__ = "infusions"
    __table_args__ = (
        Index("ix_infusions_clinic_id_patient_id_day", "clinic_id", "patient_id", "day"),
        Index("ix_infusions_patient_id_day", "patient_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID]
    standing: Mapped[str] = mapped_column(default=Standing.GIVEN)
    given_at: Mapped[datetime]
    day: Mapped[date]
    agent: Mapped[str] = mapped_column(default="racemic")
    dose_mg: Mapped[float | None]
    minutes: Mapped[int | None]
    new_series: Mapped[bool] = mapped_column(default=False)
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]


class InfusionEdit(Base):
    """What a member said at one moment about one infusion. Never changed, never deleted.

    `numbers` and `sealed` hold the items as they came (null clears), the reason among the sealed.
    """

    __tablename__ = "infusion_edits"

    infusion_id: Mapped[UUID] = mapped_column(
        ForeignKey("infusions.id", ondelete="CASCADE"), primary_key=True
    )
    edit_id: Mapped[UUID] = mapped_column(primary_key=True)
    said_by: Mapped[UUID | None]
    edited_at: Mapped[datetime]
    received_at: Mapped[datetime]
    counted_at: Mapped[datetime]
    numbers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]


class Course(Base):
    """Why a patient is treated here, and how: one a patient and clinic.

    `sealed` holds the diagnosis and the treatments beside it, as encrypted JSON, and what was said
    before (`before`: by whom it was changed, at what moment, and what it had said). `plan` is
    {"kind": "induction", "infusions": n, "weeks": n}, {"kind": "maintenance", "days": n},
    {"kind": "as needed"} or empty. A baseline that a clinician set is in severity units (0-10,
    high is bad), with its day.
    """

    __tablename__ = "courses"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes | None]
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    consent_on: Mapped[date | None]
    pain_baseline: Mapped[float | None]
    mood_baseline: Mapped[float | None]
    baseline_by: Mapped[UUID | None]
    baseline_on: Mapped[date | None]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime]


class Decision(Base):
    """What a member decided when relief was fading, and what was known then.

    `measure` is pain or mood; `became` is "book", "wait", "adjust" or "not ketamine"; `known` is
    how the series stood that day; `sealed` is the reason, encrypted.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_clinic_id_patient_id", "clinic_id", "patient_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID]
    measure: Mapped[str]
    last_infusion: Mapped[date]
    became: Mapped[str]
    known: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime]


class InfusionDay(Base):
    """How a clinic wants its infusion days: what to see to before one, and for how many hours
    after one nothing is sent."""

    __tablename__ = "infusion_days"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), primary_key=True)
    checklist: Mapped[list[str]] = mapped_column(JSON)
    quiet_hours: Mapped[int]
