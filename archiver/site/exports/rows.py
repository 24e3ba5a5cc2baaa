"""All rows of what a page of Datasette shows: of a table as its filters say, of a query as its parameters do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request

from archiver.tabular.columns import Column, declared, met

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_AT_ONCE = 1_000  # rows that have to come within the site's time limit, as a page has to
_MEGABYTE = 1024 * 1024
# A table's statement ends so. Its pages are no way to all rows: the first is not sorted like those after it.
_LIMIT = re.compile(r"\s+limit \d+(?:\s+offset \d+)?\s*$", re.IGNORECASE)

Rows = Sequence[Sequence[Any]]
Batches = Iterator[Rows]
T = TypeVar("T")


class TooMuchError(Exception):
    """More than the site is set to hand out; the message says so."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of Datasette shows: what an output renderer is told."""

    datasette: Datasette
    request: Request
    database: str
    table: str | None
    view_name: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return str(self.table or self.data.get("query_name") or "query")

    @property
    def is_whole(self) -> bool:
        """Whether all rows are meant, and not a page of a size that was asked for or that is all that may be had."""
        may = self.datasette.setting("allow_csv_stream") or self.view_name != "table"
        return bool(may) and "_size" not in self.request.args and self.data.get("query") is not None

    @property
    def statement(self) -> str:
        """What all rows are asked for with. What a query says itself of how many it wants, it means."""
        sql = str(self.data["query"]["sql"])
        return _LIMIT.sub("", sql) if self.table else sql

    @property
    def values(self) -> Any:
        """What the statement is asked with."""
        return self.data["query"]["params"]

    @property
    def holds_sql(self) -> bool:
        """Whether a reader wrote SQL into the address."""
        return "sql" in self.request.args or "_where" in self.request.args

    @property
    def next_page(self) -> str | None:
        """Where more rows are, if not all are handed out."""
        return None if self.is_whole else self.data.get("next_url")


async def take(shown: Shown, use: Callable[[list[Column], Batches], T]) -> T:
    """Hand the columns and all rows to a function, beside the server's own work.

    Raises TooMuchError, and sqlite3.OperationalError or QueryInterrupted for a query that takes too long.
    """
    limit = shown.datasette.setting("max_csv_mb")
    milliseconds = shown.datasette.setting("sql_time_limit_ms")
    database = shown.datasette.get_database(shown.database)
    asked = await _asked(database, shown) if shown.is_whole and shown.holds_sql else None

    def taken(db: sqlite3.Connection) -> T:
        if asked is not None:
            batches: Batches = iter([asked])
        else:
            batches = (
                whole(db, shown.statement, shown.values, milliseconds) if shown.is_whole else iter([shown.data["rows"]])
            )
        return use(*_with_columns(db, shown, up_to(limit, batches)))

    found: T = await database.execute_fn(taken)
    return found


async def _asked(database: Any, shown: Shown) -> Rows:
    """All rows of what a reader wrote, asked as the page of it was: a public site asks it in a process of its own."""
    found = await database.execute(shown.statement, shown.values)
    return [tuple(row) for row in found.rows]


def whole(db: sqlite3.Connection, sql: str, params: Any, milliseconds: int) -> Batches:
    """All rows of a statement, a thousand at a time, each thousand within the site's time limit for a page."""
    with sqlite_timelimit(db, milliseconds):
        cursor = db.execute(sql, params)
        rows = cursor.fetchmany(_AT_ONCE)
    while rows:
        yield [tuple(row) for row in rows]
        with sqlite_timelimit(db, milliseconds):
            rows = cursor.fetchmany(_AT_ONCE)


def _with_columns(db: sqlite3.Connection, shown: Shown, batches: Batches) -> tuple[list[Column], Batches]:
    """A table declares its columns. A query does not: what they are is known once all its rows are."""
    names = list(shown.data["columns"])
    if not shown.table:
        rows = [row for batch in batches for row in batch]
        return met(names, rows), iter([rows])
    types = dict(db.execute("SELECT name, upper(type) FROM pragma_table_info(?)", (shown.table,)).fetchall())
    return [declared(name, types.get(name, "")) for name in names], batches


def up_to(limit: int, batches: Batches) -> Batches:
    """The same rows, as long as they hold no more than so many megabytes of letters (0: any); else TooMuchError."""
    size = 0
    for rows in batches:
        size += sum(len(str(value)) for row in rows for value in row)
        if limit and size > limit * _MEGABYTE:
            raise TooMuchError(f"this is more than {limit} MB: ask for less, or export the archive's tables")
        yield rows
