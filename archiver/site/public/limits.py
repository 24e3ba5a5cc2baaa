"""How much a reader may ask of SQLite: what functions are called, and how long anything may become.

A time limit alone does not hold: SQLite looks at the clock between its operations, and `printf('%.*c', 900000000, 'x')`
is one operation. So what makes much of little is refused, and everything has a greatest length.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a public site. That of memory is kept for free SQL, which has a process of its own."""

    milliseconds: int = 2000  # of one query that a reader wrote
    own_milliseconds: int = 3000  # of one that is ours: a name that most of 100,000 articles print takes 2,200
    rows: int = 1000  # that one query gives
    characters: int = 10_000_000  # that they may hold altogether
    memory: int = 256 * MEGABYTE  # bytes that a free query may need
    at_once: int = 2  # free queries; there are twice as many threads for everything else
    waiting: int = 20  # free queries that wait; beyond, a reader is asked to come back


LIMITS = Limits()

_LONGEST = {
    sqlite3.SQLITE_LIMIT_LENGTH: 20_000_000,  # bytes of a value, a row; the longest texts of documents have 15 million
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 50_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,  # comparing takes the pattern's length times the text's
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_REFUSED_FUNCTIONS = frozenset(
    ("edit", "format", "fts3_tokenizer", "json_patch", "load_extension", "printf", "randomblob", "readfile",
     "writefile", "zeroblob")
)  # fmt: skip
_REFUSED_ACTIONS = frozenset((sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH))
_READING = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
     sqlite3.SQLITE_PRAGMA)
)  # fmt: skip
# Those that Datasette needs and offers; none names a file of this machine, as database_list does.
_PRAGMAS = frozenset(
    ("data_version", "foreign_key_list", "function_list", "index_info", "index_list", "index_xinfo", "page_count",
     "page_size", "schema_version", "table_info", "table_list", "table_xinfo")
)  # fmt: skip


def restrain(connection: sqlite3.Connection) -> None:
    """Keep a connection that answers what the site asks within limits."""
    _shorten(connection)
    connection.set_authorizer(_refuse_excess)


def restrain_strictly(connection: sqlite3.Connection) -> None:
    """The same for one that runs what readers write: it reads tables, and does nothing else."""
    _shorten(connection)
    connection.set_authorizer(_allow_reading)


def _shorten(connection: sqlite3.Connection) -> None:
    for what, length in _LONGEST.items():
        connection.setlimit(what, length)


def _refuse_excess(action: int, _: str | None, name: str | None, *__: str | None) -> int:
    is_refused = action in _REFUSED_ACTIONS or (
        action == sqlite3.SQLITE_FUNCTION and (name or "").lower() in _REFUSED_FUNCTIONS
    )
    return sqlite3.SQLITE_DENY if is_refused else sqlite3.SQLITE_OK


def _allow_reading(action: int, what: str | None, name: str | None, *others: str | None) -> int:
    if action == sqlite3.SQLITE_UPDATE and what == "sqlite_master":
        return sqlite3.SQLITE_OK  # how SQLite declares json_each and the like to itself; the file is open for reading
    if action not in _READING or (action == sqlite3.SQLITE_PRAGMA and (what or "").lower() not in _PRAGMAS):
        return sqlite3.SQLITE_DENY
    return _refuse_excess(action, what, name, *others)
