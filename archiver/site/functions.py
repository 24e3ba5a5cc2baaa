"""Functions of our own in the site's SQL. Saved queries that use none of them run in any SQLite."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

from archiver.store.search.columns import name_expression
from archiver.vietnamese.spellings import spellings


def register_functions(connection: sqlite3.Connection) -> None:
    """`name_query(name)` for the search index, and `spellings(name, text, …)`, a JSON array of how texts print it."""
    connection.create_function("name_query", 1, _name_query, deterministic=True)
    connection.create_function("spellings", -1, _spellings, deterministic=True)


def _name_query(name: object) -> str:
    return name_expression("" if name is None else str(name))


def _spellings(name: object = None, *texts: str | None) -> str:
    return _as_json(tuple(spellings("" if name is None else str(name), *texts)))


@lru_cache(maxsize=4096)  # most articles print a name in the same few ways
def _as_json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)
