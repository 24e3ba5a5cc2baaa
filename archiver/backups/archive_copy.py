"""The copy of archive.db in a backup: it can be made anew, so its damage keeps no evidence from being backed up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archiver.backups.disk import Progress
from archiver.store.databases.opening import open_archive
from archiver.store.ground.errors import DataFolderError, NewerVersionError, is_damage
from archiver.store.sharing.copying import open_to_read, vacuum_into
from archiver.store.verify.verifying import faults_of_file


def copy_archive(data: Path, target: Path, progress: Progress) -> list[str]:
    """Copy archive.db to a new file; returns why there is none, if there is none.

    Raises NewerVersionError where a newer version made it, sqlite3.DatabaseError where there is no room for a copy.
    """
    if not (data / "archive.db").exists():
        return ["there is no archive.db to back up; `archiver reparse` makes it from captures.db"]
    faults = _faults_of_opening(data) or _faults_of_copying(data / "archive.db", target, progress)
    if not faults:
        return []
    target.unlink(missing_ok=True)
    return [*faults, "archive.db is not in the backup; `archiver reparse` makes it anew"]


def _faults_of_opening(data: Path) -> list[str]:
    try:
        open_archive(data).close()
    except NewerVersionError:
        raise
    except DataFolderError as error:
        return [str(error)]
    return []


def _faults_of_copying(source: Path, target: Path, progress: Progress) -> list[str]:
    """What is wrong with archive.db; that the disk has no room for a copy of it is no fault of its own."""
    try:
        with closing(open_to_read(source)) as db:
            vacuum_into(db, target, "copy archive.db", progress)
    except DataFolderError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and not is_damage(error.__cause__):
            raise error.__cause__ from None
        return [str(error)]
    return faults_of_file(target)
