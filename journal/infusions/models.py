"""Infusions as the clinic recorded them."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class Infusion(Base):
    """One infusion: `day` is its date at the clinic, dose in mg, length in minutes.

    One recorded in error is struck, not deleted.
    """

    __tablename__ = "infusions"
    __table_args__ = (
        Index("ix_infusions_clinic_id_patient_id_day", "clinic_id", "patient_id", "day"),
        Index("ix_infusions_patient_id_day", "patient_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID]
    given_at: Mapped[datetime]
    day: Mapped[date]
    dose_mg: Mapped[float]
    minutes: Mapped[int]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]
