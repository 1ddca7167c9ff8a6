"""People who sign in, how to reach them, and where they are signed in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from journal.db import Base


class Kind(StrEnum):
    PATIENT = "patient"
    MEMBER = "member"


class Account(Base):
    """Someone who signs in. `began` is the first diary day; `revision` counts saved edits;
    `insights_hidden_at` says since when she has not wanted to see what her days show."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    locale: Mapped[str]
    zone: Mapped[str]
    began: Mapped[date]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    insights_hidden_at: Mapped[datetime | None]


class Contact(Base):
    """How the clinic may reach a patient; each part is hers to give or leave out."""

    __tablename__ = "contacts"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    telephone: Mapped[str | None]
    may_leave_message: Mapped[bool] = mapped_column(default=False)
    emergency: Mapped[bytes | None]
    born: Mapped[date | None]


class SignIn(Base):
    """One browser in which someone is signed in. The cookie holds the token, we its hash."""

    __tablename__ = "sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_person: Mapped[bool] = mapped_column(default=False)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Attempt(Base):
    """A failed try at something guessable, counted for the throttle."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class Recovery(Base):
    """A way back in: works once, from `starts_at` until `expires_at`, unless stopped."""

    __tablename__ = "recoveries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
