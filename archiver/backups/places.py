"""A folder of backups: each backup in a folder of its own, dated and whole, and the increments that they share.

    DEST/2026-11-25T020000Z/    backup.json, MANIFEST.sha256, state.db.zst, archive.db.zst
    DEST/increments/            SQLite files, each named by the SHA-256 of its bytes, never written to again

A backup is made under a name that nobody looks at, and gets its own when it is whole and was read back. It says which
increments it needs; one that any backup needs stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archiver.backups.disk import digest_on_disk, make_private_folder
from archiver.store.ground.errors import DataFolderError, NewerVersionError
from archiver.store.ground.manifests import digests_in, write_digests
from archiver.store.ground.unfinished import sync, take_away, unfinished_in

FORMAT = 1
RECORD = "backup.json"
STATE, ARCHIVE = "state.db.zst", "archive.db.zst"
INCREMENTS = "increments"
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")


@dataclass(frozen=True, slots=True)
class Record:
    """What a backup says of itself."""

    made_at: str
    program: str
    migrations: list[str]  # that captures.db went through
    shapes: dict[str, str]  # of tables that grow
    increments: dict[str, list[str]]  # by table, the SHA-256 of each file to take its rows from
    sizes: dict[str, int]  # of increments, in bytes
    rows: dict[str, int]  # of tables that grow, in all
    unpacked: dict[str, str]  # by file of this backup, the SHA-256 of what is packed in it
    faults: list[str]  # of the evidence, which was backed up in spite of them
    checked_deeply_at: str  # when all of the folder was read last, by this backup or one before it

    @property
    def is_sound(self) -> bool:
        """Whether the evidence was, and archive.db is in it."""
        return not self.faults and ARCHIVE in self.unpacked

    @property
    def needed(self) -> set[str]:
        """The increments, by their digests."""
        return {digest for digests in self.increments.values() for digest in digests}


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that is whole, as far as its name tells."""

    folder: Path

    @property
    def name(self) -> str:
        """When it was made, to the second."""
        return self.folder.name

    @property
    def moment(self) -> datetime:
        """The same."""
        return datetime.strptime(self.name, _STAMP).replace(tzinfo=UTC)

    @property
    def increments(self) -> Path:
        """Where the increments lie."""
        return self.folder.parent / INCREMENTS

    def record(self) -> Record:
        """What it says of itself. Raises DataFolderError where that cannot be read, or a newer version wrote it."""
        file = self.folder / RECORD
        try:
            values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            format_ = values.pop("format")
            if format_ == FORMAT:
                return Record(**values)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataFolderError(f"{file} cannot be read: {error}") from error
        raise NewerVersionError(f"{self.folder} was made by a newer version of this program; update the program")

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file it consists of, by its path from the folder. Raises DataFolderError."""
        return digests_in(self.folder)


def increment_file(digest: str) -> str:
    """What an increment is called."""
    return f"{digest}.db"


def backups_in(folder: Path) -> list[Backup]:
    """All backups of a folder, oldest first."""
    if not folder.is_dir():
        return []
    names = sorted(each.name for each in folder.iterdir() if _NAME.fullmatch(each.name) and each.is_dir())
    return [Backup(folder / name) for name in names]


def backup_at(place: Path) -> Backup:
    """The backup that a folder is, or the newest in it. Raises DataFolderError where there is none."""
    if _NAME.fullmatch(place.resolve().name) and (place / RECORD).exists():
        return Backup(place.resolve())
    found = backups_in(place)
    if not found:
        raise DataFolderError(f"{place} is no backup, and holds none; `archiver backup {place}` makes one")
    return found[-1]


def next_name(folder: Path, now: datetime) -> str:
    """A name that comes after those of all backups, although the clock was set back since."""
    found = backups_in(folder)
    moment = max(now, found[-1].moment + timedelta(seconds=1)) if found else now
    return moment.strftime(_STAMP)


def describe(place: Path, record: Record) -> None:
    """Write what a backup says of itself, and the digests of all its files; all of it reaches the disk."""
    text = json.dumps({"format": FORMAT} | asdict(record), ensure_ascii=False, indent=1)
    (place / RECORD).write_text(text + "\n", encoding="utf-8")
    own = {file.name: digest_on_disk(file) for file in sorted(place.iterdir())}
    shared = {f"../{INCREMENTS}/{increment_file(each)}": each for each in sorted(record.needed)}
    write_digests(place, own | shared)
    for file in place.iterdir():
        file.chmod(0o600)
        sync(file)
    sync(place)


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """A folder in which to make a backup, with `folder` to oneself; what is left of it, or was by a kill, goes."""
    make_private_folder(folder)
    with unfinished_in(folder, f"another backup is being made in {folder}") as place:
        make_private_folder(folder / INCREMENTS)
        yield place


def name_it(made: Path, name: str) -> Backup:
    """Give a backup that is whole its name: from now on it is one."""
    made.rename(made.parent / name)
    sync(made.parent)
    return Backup(made.parent / name)


def forget(folder: Path, backups: list[Backup]) -> list[str]:
    """Remove backups, then the increments that no other needs. Returns the names of the backups.

    Where any backup that stays does not say what it needs, no increment goes.
    """
    for backup in backups:
        take_away(backup.folder)
    sync(folder)
    _forget_unneeded(folder)
    return [backup.name for backup in backups]


def _forget_unneeded(folder: Path) -> None:
    try:
        needed = {increment_file(each) for backup in backups_in(folder) for each in backup.record().needed}
    except DataFolderError:
        return
    for file in (folder / INCREMENTS).iterdir():
        if file.name not in needed:
            file.unlink()
