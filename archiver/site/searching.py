"""Datasette's side of the search: its own search box, and saved queries, by the rules of `search_query`.

It touches no other file that is served beside an archive.
"""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from typing import Any

from archiver.site.described import metadata
from archiver.store.search.functions import register, typed_as_expression


def register_search(conn: sqlite3.Connection) -> None:
    """The functions of the index. Datasette asks `escape_fts` what is meant by what is typed into its search box."""
    if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_fts_entries'").fetchone():
        register(conn)
        conn.create_function("escape_fts", 1, typed_as_expression, deterministic=True)


def about_search() -> dict[str, Any]:
    """What Datasette has to know to search an archive, where it was started without our metadata.

    Datasette asks for it several times a page, and changes what it is given: a copy each time, by way of its text.
    """
    found: dict[str, Any] = json.loads(_about_search())
    return found


@cache
def _about_search() -> str:
    """Of the site's metadata: where the index of articles is, what of it nobody has to see, and the saved search."""
    described = metadata()["databases"]["archive"]
    tables = {name: about for name, about in described["tables"].items() if name.startswith("articles_fts")}
    box = {name: described["tables"]["articles"][name] for name in ("fts_table", "fts_pk")}
    queries = {"search": described["queries"]["search"]}
    return json.dumps({"databases": {"archive": {"tables": tables | {"articles": box}, "queries": queries}}})
