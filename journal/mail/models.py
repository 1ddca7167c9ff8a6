"""E-mails that wait to be sent."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class OutgoingMail(Base):
    """One e-mail. Address, subject and text are sealed; the row goes when it is sent."""

    __tablename__ = "outgoing_mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    next_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
