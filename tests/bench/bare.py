"""The reference: Flask and SQLAlchemy Core doing the bare work of a page, and nothing else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask, request
from sqlalchemy import Engine, Select, func, insert, select

from journal.entries.models import Day, Edit


def bare_app(engine: Engine) -> Flask:
    """One insert, one row, one grouping, one range: each as a route of its own."""
    app = Flask("bare")

    @app.put("/save/<uuid:account>/<uuid:edit>")
    def save(account: UUID, edit: UUID) -> dict[str, bool]:
        body = request.get_json()
        at = datetime.fromisoformat(body["edited_at"])
        row = {
            "account_id": account, "edit_id": edit, "day": at.date(), "zone": body["zone"],
            "edited_at": at, "received_at": at, "counted_at": at, "how": "live",
            "numbers": body["items"], "sealed": None, "sign_in_id": None,
        }  # fmt: skip
        with engine.execution_options(writing=True).begin() as connection:
            connection.execute(insert(Edit), row)
        return {"ok": True}

    @app.get("/days/<uuid:account>/<first>")
    def days(account: UUID, first: str) -> str:
        wanted = Day.account_id == account, Day.day >= date.fromisoformat(first)
        return _said(engine, select(Day.__table__).where(*wanted))

    @app.get("/panel/<first>")
    def panel(first: str) -> str:
        recent = Day.day >= date.fromisoformat(first)
        columns = Day.account_id, func.max(Day.day), func.avg(Day.pain_avg), func.avg(Day.mood)
        return _said(engine, select(*columns).where(recent).group_by(Day.account_id))

    return app


def _said(engine: Engine, query: Select[Any]) -> str:
    with engine.connect() as connection:
        return "\n".join(str(tuple(row)) for row in connection.execute(query))
