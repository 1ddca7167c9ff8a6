"""The mark that says: everyone in this database is made up."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from journal.db import Base


class DemoMark(Base):
    __tablename__ = "demo_marks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
