"""Clinics, membership, enrolment, invitations, and grants (consent)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from journal.accounts.models import Account
from journal.db import Base


class Role(StrEnum):
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    NUMBERS = "numbers"
    NOTES = "notes"
    MEDICINES = "medicines"
    SIDE_EFFECTS = "side_effects"


class Clinic(Base):
    """A clinic. `crisis_lines` is a list of {label, call, text_to, text_body, note}; on
    `reckoned_on`, a diary day, it was last reckoned what its series did."""

    __tablename__ = "clinics"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    zone: Mapped[str]
    telephone: Mapped[str | None]
    hours: Mapped[str | None]
    crisis_lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    reckoned_on: Mapped[date | None]


class Membership(Base):
    """Someone works at a clinic, in a role, until she does not."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_current",
            "account_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    role: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise")
    clinic: Mapped[Clinic] = relationship(lazy="raise")


class Enrolment(Base):
    """A patient of a clinic; `number` is the clinic's own for her."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index("uq_enrolments_clinic_patient", "clinic_id", "patient_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[str | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Invitation(Base):
    """A link that lets one person join, once, until it expires or is taken back."""

    __tablename__ = "invitations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    label: Mapped[str]
    number: Mapped[str | None]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    clinic: Mapped[Clinic] = relationship(lazy="raise")


class Grant(Base):
    """A patient's consent: what a clinic may read, from which day on, until when."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_current",
            "clinic_id",
            "patient_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    first_day: Mapped[date | None]
    expires_at: Mapped[datetime | None]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    clinic: Mapped[Clinic] = relationship(lazy="raise")


class Wish(Base):
    """Something a patient asked for within a day of an infusion that waits until she says so again.

    `kind` is "consent"; `about` is what she wished for, as the form would have sent it. Asked
    again from `ask_from` on; after `until` it has lapsed. `became` is "done", "dropped" or None.
    """

    __tablename__ = "wishes"
    __table_args__ = (Index("ix_wishes_account_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str]
    about: Mapped[dict[str, Any]]
    wished_at: Mapped[datetime]
    ask_from: Mapped[datetime]
    until: Mapped[datetime]
    became: Mapped[str | None]
    ended_at: Mapped[datetime | None]
