"""The functions that an archive's search index is made and asked with, for any connection to archive.db.

A program that has not registered them cannot change a text that is indexed: SQLite refuses, and nothing is spoiled.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable

from archiver.store.search.columns import expression
from archiver.vietnamese.search_forms import exact, folded
from archiver.vietnamese.search_query import read_query

_LONGEST = 10_000  # characters of what is typed


def register(connection: sqlite3.Connection) -> None:
    """Make `vi_exact`, `vi_folded`, `vi_digest` and `vi_query` known to a connection."""
    for name, arguments, function in (
        ("vi_exact", 1, _of_text(exact)),
        ("vi_folded", 1, _of_text(folded)),
        ("vi_digest", -1, digest),
        ("vi_query", -1, typed_as_expression),
    ):
        connection.create_function(name, arguments, function, deterministic=True)


def digest(*texts: object) -> str:
    """Sixteen hexadecimal digits that tell the texts of one article from any others.

    >>> digest("Thị xã họp", None) == digest("Thị xã họp", ""), digest("a", "b") == digest("ab", "")
    (True, False)
    """
    joined = "\0".join("" if text is None else str(text) for text in texts)
    return hashlib.blake2b(joined.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def typed_as_expression(typed: object = None, abbreviations: object = None) -> str:
    """What was typed into a search box, in the language of FTS5; with "off", abbreviations mean just themselves.

    It is read up to a length that nobody types: SQLite, which may call this with megabytes, does not end it in time.
    """
    return expression(
        read_query(("" if typed is None else str(typed))[:_LONGEST], abbreviations=abbreviations != "off")
    )


def _of_text(form: Callable[[str], str]) -> Callable[[object], str | None]:
    """For SQL: null stays null, numbers are read as text."""
    return lambda value: None if value is None else form(str(value))
