"""Reading backups back: every file against its digest, and what is packed in it against what it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archiver.backups.disk import Progress, UnpackingError, digest_on_disk, digest_unpacked
from archiver.backups.places import RECORD, Backup, increment_file
from archiver.store.ground.errors import DataFolderError
from archiver.store.verify.verifying import faults_of_rows


def faults_of_backups(
    backups: Iterable[Backup], progress: Progress, read: dict[Path, str | None]
) -> dict[str, list[str]]:
    """What is wrong with each of several backups, by name, in sentences; files that they share are read once."""
    wanted = list(backups)
    found = {}
    for count, backup in enumerate(wanted, 1):
        progress("read back", "backups", count, len(wanted))
        found[backup.name] = list(faults_of_backup(backup, read))
    return found


def faults_of_backup(backup: Backup, read: dict[Path, str | None], leaving_out: Collection[str] = ()) -> Iterator[str]:
    """What is wrong with a backup, in sentences; some of its files may be left out.

    `read` holds the digests of files that were read already.
    """
    try:
        record, digests = backup.record(), backup.digests()
    except DataFolderError as error:
        yield str(error)
        return
    wanted = {RECORD, *record.unpacked, *(f"../{backup.increments.name}/{increment_file(d)}" for d in record.needed)}
    for name in sorted((wanted | set(digests)) - set(leaving_out)):
        yield from _faults_of_file(backup.folder / name, digests.get(name), read)
    for name in sorted(set(record.unpacked) - set(leaving_out)):
        yield from _faults_of_packed(backup.folder / name, record.unpacked[name])


def faults_of_increment(file: Path, progress: Progress) -> list[str]:
    """What is wrong with the rows of an increment: each payload against its digest, each capture against its name."""

    def looked(done: int, total: int) -> None:
        progress("read back", "payloads", done, total)

    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        return list(faults_of_rows(Database(connection), "the increment", looked))


def _faults_of_file(file: Path, digest: str | None, read: dict[Path, str | None]) -> Iterator[str]:
    place = file.resolve()
    if place not in read:
        read[place] = digest_on_disk(place) if place.is_file() else None
    if read[place] is None:
        yield f"{place} is not there"
    elif read[place] != digest:
        yield f"{place} has other bytes than its backup says"


def _faults_of_packed(file: Path, digest: str) -> Iterator[str]:
    if not file.is_file():
        return
    try:
        if digest_unpacked(file) != digest:
            yield f"{file} holds something else than its backup says"
    except UnpackingError as error:
        yield str(error)
