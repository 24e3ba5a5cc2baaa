"""Putting a backup in the place of an archive: all of it is read and checked before anything is touched.

What stood there is kept aside, in a folder of its own beside it. An archive.db that is damaged in the backup is left
out: it can be made anew from the evidence.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archiver.backups.checking import faults_of_backup
from archiver.backups.disk import Progress, UnpackingError, unpack
from archiver.backups.places import ARCHIVE, STATE, Backup, Record, increment_file
from archiver.clock import Clock
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.errors import DataFolderError, NewerVersionError, trouble
from archiver.store.ground.locks import REBUILDING, whole_folder
from archiver.store.ground.unfinished import sync
from archiver.store.increments.parting import join
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence

_FILES = ("archive.db", "captures.db")  # in the order in which they go
_SIDES = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of restoring."""

    backup: Backup
    data: Path  # the folder of the archive
    force: bool = False  # an archive that is there may be put aside
    despite_damage: bool = False  # of the backup: what can be read of it is better than nothing


@dataclass(slots=True)
class Restored:
    """What was put in place, or what was wrong with it: then nothing was touched."""

    rows: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # of the evidence
    notes: list[str] = field(default_factory=list)  # why archive.db is left out
    is_done: bool = False
    aside: Path | None = None  # where what stood there is now


def restore_backup(order: Order, clock: Clock, progress: Progress) -> Restored:
    """Make a data folder what it was when a backup was made.

    Raises DataFolderError where an archive is there and `force` does not say that it may be put aside, where the disk
    is full, or a newer version made the backup; LockedError while something is at work in the folder.
    """
    record = order.backup.record()
    _refuse_to_replace(order)
    try:
        with whole_folder(order.data), tempfile.TemporaryDirectory(prefix=REBUILDING, dir=order.data) as place:
            _refuse_to_replace(order)  # now that nobody else can put one there
            return _restore(order, record, Path(place), clock, progress)
    except (OSError, sqlite3.DatabaseError) as error:
        raise DataFolderError(f"{order.backup.folder} was not restored: {trouble(error) or error}") from error


def _restore(order: Order, record: Record, place: Path, clock: Clock, progress: Progress) -> Restored:
    restored = Restored()
    progress("read the backup", "files", 0, len(record.needed) + len(record.unpacked))
    restored.faults += faults_of_backup(order.backup, {}, {ARCHIVE})
    if restored.faults and not order.despite_damage:
        return restored
    restored.rows = _put_together(order.backup, record, place / "captures.db")
    restored.faults += _faults_of(place, record, restored.rows, progress)
    if restored.faults and not order.despite_damage:
        return restored
    restored.notes += _unpack_archive(order.backup, record, place)
    for file in place.iterdir():
        file.chmod(0o600)
        sync(file)
    restored.aside = _put_aside(order.data, f"replaced-{clock.now():%Y-%m-%dT%H%M%SZ}")
    _put_in_place(place, order.data)
    restored.is_done = True
    return restored


def _put_together(backup: Backup, record: Record, captures: Path) -> dict[str, int]:
    """The evidence as it was; returns how many rows each table that grows has."""
    unpack(backup.folder / STATE, captures)
    return join(
        captures,
        {
            table: [backup.increments / increment_file(each) for each in digests]
            for table, digests in record.increments.items()
        },
    )


def _faults_of(place: Path, record: Record, rows: dict[str, int], progress: Progress) -> list[str]:
    """What is wrong with what was put together, and was not when it was backed up.

    Opening it brings it up to date, or refuses what a newer version made.
    """

    def looked(done: int, total: int) -> None:
        progress("check", "payloads", done, total)

    counts = [
        f"{rows[table]:,} {table} came together where the backup says {count:,}"
        for table, count in record.rows.items()
        if rows[table] != count
    ]
    with closing(open_captures(place)) as captures:
        return counts + [fault for fault in faults_of_evidence(captures, looked) if fault not in record.faults]


def _unpack_archive(backup: Backup, record: Record, place: Path) -> list[str]:
    """archive.db beside the evidence; returns why it is left out, if it is."""
    if ARCHIVE not in record.unpacked:
        return ["the backup has no archive.db"]
    try:
        if unpack(backup.folder / ARCHIVE, place / "archive.db") == record.unpacked[ARCHIVE]:
            with closing(open_captures(place)) as captures, closing(open_archive(place)) as archive:
                faults = list(faults_of_archive(archive, captures))
        else:
            faults = [f"{backup.folder / ARCHIVE} holds something else than its backup says"]
    except NewerVersionError:
        raise
    except (DataFolderError, FileNotFoundError, UnpackingError) as error:
        faults = [str(error)]
    if faults:
        for file in place.glob("archive.db*"):
            file.unlink()
    return faults


def _put_in_place(place: Path, data: Path) -> None:
    for name in reversed(_FILES):  # captures.db first: nothing is missed where an archive lags behind its evidence
        if (place / name).exists():
            (place / name).replace(data / name)
    sync(data)


def _refuse_to_replace(order: Order) -> None:
    there = [name for name in _FILES if (order.data / name).exists()]
    if there and not order.force:
        raise DataFolderError(
            f"{' and '.join(sorted(there))} of an archive are in {order.data}; name an empty folder with --data, or put"
            " them aside with --force"
        )


def _put_aside(data: Path, name: str) -> Path | None:
    """Move an archive away, file by file, with what belongs to it; null where there is nothing.

    A log that stays behind would be taken for one of the new file. What is in it is folded in first, where the file
    can be opened at all.
    """
    for each in _FILES:
        _fold_in(data / each)
    files = [data / f"{each}{side}" for each in _FILES for side in ("", *_SIDES)]
    if not any(file.exists() for file in files):
        return None
    aside = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=data))
    for file in files:
        if file.exists():
            file.replace(aside / file.name)
    sync(aside)
    sync(data)
    return aside


def _fold_in(file: Path) -> None:
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:  # it is damaged, which may be why it is replaced: its log goes with it as it is
        return
