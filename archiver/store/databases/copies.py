"""A copy of the archive to work on, and the way back: readers go on with the old rows until the new ones are whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archiver.store.databases.opening import checkpoint, copy_into, open_archive_file, writing
from archiver.store.ground.locks import REBUILDING
from archiver.store.search.index import clear_away


@contextmanager
def working_copy(archive: Database, folder: Path) -> Iterator[Database]:
    """A copy of an archive; it goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix=REBUILDING, dir=folder) as place:
        copy = open_archive_file(Path(place) / "archive.db")
        archive.conn.backup(copy.conn)
        copy.execute("PRAGMA synchronous = OFF")  # a copy that a power cut spoils is made again
        try:
            yield copy
        finally:
            copy.close()


def put_in_place(copy: Database, archive: Database) -> bool:
    """Make an archive what a copy has become, with nothing left of what was taken out of it.

    With SQLite's backup interface: renaming the copy over a file with a live write-ahead log would leave readers on
    the old rows.
    """
    with writing(copy):
        clear_away(copy)
    copy.execute("VACUUM")
    checkpoint(copy)
    copy_into(copy, archive)
    return checkpoint(archive)
