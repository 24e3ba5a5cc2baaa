"""The saved queries of metadata.yaml, for pages that show the very numbers which a query gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

from archiver.site.described import metadata

_DATABASE = "archive"


@cache
def saved_queries() -> dict[str, dict[str, Any]]:
    """Every saved query by its name, as Datasette takes it: sql, title, description."""
    return dict(metadata()["databases"][_DATABASE]["queries"])


def run(db: sqlite3.Connection, name: str, **parameters: object) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns and the rows of a saved query."""
    cursor = db.execute(saved_queries()[name]["sql"], parameters)
    return [column[0] for column in cursor.description], cursor


def rows_of(db: sqlite3.Connection, name: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of a saved query, each by the names of its columns."""
    columns, rows = run(db, name, **parameters)
    return [dict(zip(columns, row, strict=True)) for row in rows]
