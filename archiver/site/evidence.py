"""captures.db, beside the archive: opened for reading, one question at a time, never a database of Datasette.

Where it is not there, as beside a published copy of the archive, questions get null in its place and pages say so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlite_utils import Database

from archiver.site.pages.answering import ARCHIVE, ask
from archiver.store.databases.opening import read_captures

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

T = TypeVar("T")


async def ask_both(datasette: Datasette, question: Callable[[sqlite3.Connection, Database | None], T]) -> T:
    """What a function finds in the archive and in the evidence beside it; it is run beside the server."""
    folder = _folder(datasette)

    def asked(archive: sqlite3.Connection) -> T:
        evidence = read_captures(folder) if folder else None
        if evidence is None:
            return question(archive, None)
        with closing(evidence):
            return question(archive, evidence)

    return await ask(datasette, asked)


def has_evidence(datasette: Datasette) -> bool:
    """Whether the evidence lies beside the archive."""
    folder = _folder(datasette)
    return folder is not None and (folder / "captures.db").exists()


def _folder(datasette: Datasette) -> Path | None:
    path = datasette.get_database(ARCHIVE).path
    return Path(path).parent if path else None
