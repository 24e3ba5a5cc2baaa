"""Functions of our own in the site's SQL. Saved queries that use none of them run in any SQLite."""

from __future__ import annotations

import json
import sqlite3

from archiver.vietnamese.spellings import any_marks, spellings


def register_functions(connection: sqlite3.Connection) -> None:
    """`any_marks(name)` for LIKE … ESCAPE '\\', and `spellings(name, text, …)`, a JSON array of how texts print it."""
    connection.create_function("any_marks", 1, _any_marks, deterministic=True)
    connection.create_function("spellings", -1, _spellings, deterministic=True)


def _any_marks(name: object) -> str:
    return any_marks("" if name is None else str(name))


def _spellings(name: object = None, *texts: str | None) -> str:
    return json.dumps(spellings("" if name is None else str(name), *texts), ensure_ascii=False)
