"""Functions of our own in the site's SQL. Saved queries that use none of them run in any SQLite."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

from archiver.store.search.columns import name_expression
from archiver.vietnamese.spellings import spellings

_LONGEST_NAME = 200  # characters


def register_functions(connection: sqlite3.Connection) -> None:
    """`name_query(name)` for the search index, and `spellings(name, text, …)`, a JSON array of how texts print it."""
    connection.create_function("name_query", 1, _name_query, deterministic=True)
    connection.create_function("spellings", -1, _spellings, deterministic=True)


def _name_query(name: object) -> str:
    return name_expression(_as_name(name))


def _spellings(name: object = None, *texts: str | None) -> str:
    return _as_json(tuple(spellings(_as_name(name), *texts)))


def _as_name(value: object) -> str:
    """What is longer than any name is none: nothing but their own end would end the search for it."""
    name = "" if value is None else str(value)
    return name if len(name) <= _LONGEST_NAME else ""


@lru_cache(maxsize=4096)  # most articles print a name in the same few ways
def _as_json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)
