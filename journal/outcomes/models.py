"""What each series did, kept so that no page has to reckon it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class SeriesOutcome(Base):
    """One series of one patient of one clinic, for pain or mood, as it stood at `reckoned_at`.

    Fields are those of `insights.relief.Durability`; `responded_after` is the infusion (from 1)
    up to which the week first was better by the threshold, None where it never was.
    """

    __tablename__ = "series_outcomes"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    measure: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    series_start: Mapped[date]
    last_infusion: Mapped[date]
    infusions: Mapped[int]
    next_start: Mapped[date | None]
    baseline: Mapped[float | None]
    baseline_set: Mapped[bool]
    onset_date: Mapped[date | None]
    best_improvement_pct: Mapped[float | None]
    durability_days: Mapped[int | None]
    durability_upper_days: Mapped[int | None]
    loss_date: Mapped[date | None]
    responded_after: Mapped[int | None]
    diary_days: Mapped[int]
    diary_expected: Mapped[int]
    fading: Mapped[bool]
    reckoned_at: Mapped[datetime]


class NoticedMonth(Base):
    """Which side effects one patient of one clinic noticed in a month, at least once; `effects`
    are their ids, and empty where she said that there was none. `month` is its first day."""

    __tablename__ = "noticed_months"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    effects: Mapped[list[str]] = mapped_column(JSON)
    reckoned_at: Mapped[datetime]
