"""One query of one reader, asked within limits, and its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import sqlite_timelimit

Params = Mapping[str, Any] | Sequence[Any]


class Interrupted(QueryInterrupted):  # type: ignore[misc]  # Datasette has no types
    """A query took too long. Its text is shown to whoever asked it, and says nothing wherever errors are written."""

    def __init__(self, sql: str, params: Params) -> None:
        super().__init__(sqlite3.OperationalError("interrupted"), sql, params)
        self.args = ("the query took too long",)


class TooMuchError(sqlite3.OperationalError):
    """A query would have given, or needed, more than is allowed; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how much it may give."""

    sql: str
    params: Params
    rows: int | None  # at most; null for all
    milliseconds: int
    characters: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, whether there are more, and the names of their columns as sqlite3 describes them."""

    rows: Sequence[Any]
    is_cut: bool
    description: Sequence[tuple[Any, ...]]


def ask(connection: sqlite3.Connection, question: Question) -> Answer:
    """Raises Interrupted, TooMuchError, or what SQLite says is wrong with the query."""
    with sqlite_timelimit(connection, question.milliseconds):
        cursor = connection.cursor()
        try:
            return _fetched(cursor.execute(question.sql, question.params), question)
        except MemoryError as error:
            raise TooMuchError("the query needs more memory than is allowed") from error
        except sqlite3.Warning as error:  # Python 3.11's word for a second statement behind the first
            raise sqlite3.OperationalError(str(error)) from error
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise Interrupted(question.sql, question.params) from error
            raise
        finally:
            cursor.close()


def _fetched(cursor: sqlite3.Cursor, question: Question) -> Answer:
    rows: list[Any] = []
    size = 0
    for row in cursor:
        if len(rows) == question.rows:
            return Answer(rows, True, cursor.description)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > question.characters:
            raise TooMuchError(f"the rows hold more than {question.characters:,} characters; ask for fewer at a time")
        rows.append(row)
    return Answer(rows, False, cursor.description or ())
