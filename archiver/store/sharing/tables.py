"""The tables and views of an archive as others get them: what they are called, what their columns are, their rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OWN = ("_", "sqlite_", "articles_fts", "same_news_")  # how names begin that are SQLite's, a tool's, or an index's

Progress = Callable[[int, int], None]  # rows, and rows in all


@dataclass(frozen=True, slots=True)
class Declared:
    """A column, and the type that its table declares; "" for an expression of a view."""

    name: str
    sql_type: str


def tables(db: sqlite3.Connection) -> list[str]:
    """The tables that are published, by name."""
    return _named(db, "table")


def views(db: sqlite3.Connection) -> list[str]:
    """The views that are published, by name."""
    return _named(db, "view")


def columns(db: sqlite3.Connection, table: str) -> list[Declared]:
    """The columns of a table or a view, in their order."""
    rows = db.execute("SELECT name, upper(type) FROM pragma_table_info(?)", (table,)).fetchall()
    return [Declared(*row) for row in rows]


def size(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table or a view has."""
    return int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def rows(db: sqlite3.Connection, table: str, progress: Progress, total: int) -> Iterator[tuple[object, ...]]:
    """All rows of a table or a view, one after the other."""
    for count, row in enumerate(db.cursor().execute(f'SELECT * FROM "{table}"'), 1):
        progress(count, total)
        yield row


def _named(db: sqlite3.Connection, kind: str) -> list[str]:
    found = db.execute("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (kind,)).fetchall()
    return [name for (name,) in found if not name.startswith(_OWN)]
