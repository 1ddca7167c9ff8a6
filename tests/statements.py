"""What a page asks of the database: how often, and whether it reads a whole table to know."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

# The head of the audit chain is one row, and what a query brings along itself is no table.
SMALL = ("audit_head", "reach", "SCAN waiting", "VALUES", "CONSTANT")
PLANNED = ("SELECT", "WITH", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: Any


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """The statements that are sent to this database meanwhile."""
    seen: list[Statement] = []

    def note(_conn: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if not sql.startswith("BEGIN"):  # nothing is asked by it, and PostgreSQL's is not seen
            seen.append(Statement(sql, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans(engine: Engine, statements: list[Statement]) -> list[str]:
    """The lines of their plans that read a table from end to end."""
    asked = [one for one in statements if one.sql.lstrip().upper().startswith(PLANNED)]
    with engine.connect() as connection:
        return [line for one in asked for line in _plan(connection, one) if _reads_all(line)]


def _plan(connection: Any, statement: Statement) -> list[str]:
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement.sql}", statement.parameters
        )
        return [row.detail for row in found]
    # Tables as small as a test's are read whole unless it is made dear.
    connection.exec_driver_sql("SET enable_seqscan = off")
    found = connection.exec_driver_sql(f"EXPLAIN {statement.sql}", statement.parameters)
    return [row[0] for row in found]


def _reads_all(line: str) -> bool:
    said = line.strip().removeprefix("->").strip()
    whole = said.startswith(("SCAN ", "Seq Scan on "))
    return whole and not any(name in said for name in SMALL)
