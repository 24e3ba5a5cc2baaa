"""Making a backup while a crawl writes; a kill or a full disk at any moment leaves the earlier ones as they are.

archive.db is copied before captures.db: it may lag behind the evidence, and never knows of what that copy has not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from archiver.backups.archive_copy import copy_archive
from archiver.backups.checking import faults_of_backup, faults_of_backups, faults_of_increment
from archiver.backups.disk import Progress, digest_on_disk, pack
from archiver.backups.places import (
    ARCHIVE,
    INCREMENTS,
    STATE,
    Backup,
    Record,
    backups_in,
    describe,
    forget,
    increment_file,
    making,
    name_it,
    next_name,
)
from archiver.backups.retention import AS_DESIGNED, Retention, to_keep
from archiver.clock import Clock, moment, stamp
from archiver.store.databases.opening import open_captures
from archiver.store.ground.errors import DataFolderError, NewerVersionError, trouble
from archiver.store.ground.locks import beside_crawls
from archiver.store.ground.unfinished import sync
from archiver.store.increments.parting import GROWING, Parted, part, shapes_of
from archiver.store.verify.verifying import faults_of_state

DEEPLY_EVERY = timedelta(days=7)
"""So often all of a folder of backups is read back, asked for or not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a backup."""

    data: Path  # the folder of the archive
    folder: Path  # where backups stand
    deep: bool = False  # read all backups back, not the new one alone
    despite_damage: bool = False  # of the evidence
    retention: Retention = AS_DESIGNED


@dataclass(slots=True)
class Made:
    """A backup that was made, or what was wrong with the evidence: then the earlier ones stay as they are."""

    backup: Backup | None = None
    faults: list[str] = field(default_factory=list)  # of the evidence, or of what was written
    notes: list[str] = field(default_factory=list)  # what is not in it
    damaged: dict[str, list[str]] = field(default_factory=dict)  # earlier backups and what is wrong with them
    added: dict[str, int] = field(default_factory=dict)  # rows, by table
    rows: dict[str, int] = field(default_factory=dict)
    written: int = 0  # bytes
    removed: list[str] = field(default_factory=list)
    deep: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing in it, and nothing is wrong with earlier ones."""
        return not (self.notes or self.damaged or self.faults)


def make_backup(wanted: Wanted, clock: Clock, program: str, progress: Progress) -> Made:
    """Copy, read back, name, and remove what is old.

    Raises DataFolderError where there is nothing to copy or no room, LockedError where the archive is being rebuilt or
    another backup made.
    """
    if not (wanted.data / "captures.db").exists():
        raise DataFolderError(f"there is no captures.db in {wanted.data} yet; a crawl makes it: archiver crawl myhao")
    open_captures(wanted.data).close()  # one of an older version is brought up to date, one of a newer is refused
    try:
        with beside_crawls(wanted.data), making(wanted.folder) as place:
            return _Making(wanted, place, clock, program, progress).run()
    except (OSError, sqlite3.DatabaseError) as error:
        raise DataFolderError(
            f"no backup could be made in {wanted.folder}: {trouble(error) or error}; earlier ones stay as they are"
        ) from error


class _Making:
    """The course of one backup."""

    def __init__(self, wanted: Wanted, place: Path, clock: Clock, program: str, progress: Progress) -> None:
        self.wanted, self.place, self.clock, self.program, self.progress = wanted, place, clock, program, progress
        self.made = Made()
        self.read: dict[Path, str | None] = {}  # digests of files that were read
        self.earlier = backups_in(wanted.folder)
        self.last = _newest_record(self.earlier)

    def run(self) -> Made:
        self._read_earlier()
        self.made.notes += copy_archive(self.wanted.data, self.place / "archive.db", self.progress)
        kept = self._kept()
        parted = self._part(kept)
        if self.made.faults and not self.wanted.despite_damage:
            return self.made
        describe(self.place, self._record(parted, kept))
        check = faults_of_backup(Backup(self.place), self._read_already(kept))
        unreadable = list(check)
        if unreadable:
            self.made.faults += unreadable
            return self.made
        self.made.written = sum(file.stat().st_size for file in self._new_files())
        self.made.backup = name_it(self.place, next_name(self.wanted.folder, self.clock.now()))
        self._forget_old()
        return self.made

    def _read_earlier(self) -> None:
        """All that there is, where it is asked for or was not read for long."""
        now = self.clock.now()
        due = self.last is not None and abs(now - moment(self.last.checked_deeply_at)) >= DEEPLY_EVERY
        self.made.deep = self.wanted.deep or due
        if self.made.deep:
            found = faults_of_backups(self.earlier, self.progress, self.read)
            self.made.damaged = {name: faults for name, faults in found.items() if faults}

    def _kept(self) -> dict[str, list[str]]:
        """The increments of the last backup, by table, whose rows need not be written again."""
        shapes = shapes_of(self.wanted.data / "captures.db")
        last = self.last
        if last is None:
            return {table: [] for table in GROWING}
        return {
            table: [each for each in last.increments[table] if self._is_sound(each, last.sizes[each])]
            if last.shapes[table] == shapes[table]
            else []
            for table in GROWING
        }

    def _is_sound(self, digest: str, size: int) -> bool:
        """Whether an increment is there and, as far as it was looked at, as it was: else its rows are written anew."""
        file = self._increment(digest)
        if not file.is_file() or file.stat().st_size != size:
            return False
        return self.read.get(file.resolve(), digest) == digest

    def _increment(self, digest: str) -> Path:
        return self.wanted.folder / INCREMENTS / increment_file(digest)

    def _part(self, kept: dict[str, list[str]]) -> Parted:
        source = self.wanted.data / "captures.db"
        state, increment = self.place / "state.db", self.place / "increment.db"
        files = {table: [self._increment(each) for each in digests] for table, digests in kept.items()}
        size = source.stat().st_size

        def tell(done: int) -> None:
            self.progress("copy captures.db", "bytes", min(done, size), size)

        parted = part(source, state, increment, files, tell)
        self.made.added, self.made.rows = parted.added, parted.rows
        self.made.faults += [*parted.faults, *faults_of_state(state), *faults_of_increment(increment, self.progress)]
        return parted

    def _record(self, parted: Parted, kept: dict[str, list[str]]) -> Record:
        """Pack what is to be packed, put the increment where it belongs, and say all that."""
        now = stamp(self.clock.now())
        packed = {"state.db": STATE, "archive.db": ARCHIVE}
        unpacked = {packed[name]: self._pack(name, packed[name]) for name in packed if (self.place / name).exists()}
        increments = self._with_new_increment(parted, kept)
        return Record(
            now,
            self.program,
            list(parted.migrations),
            parted.shapes,
            increments,
            {each: self._increment(each).stat().st_size for digests in increments.values() for each in digests},
            parted.rows,
            unpacked,
            list(self.made.faults),
            now if self.made.deep or self.last is None else self.last.checked_deeply_at,
        )

    def _pack(self, name: str, packed: str) -> str:
        digest = pack(self.place / name, self.place / packed, self.progress)
        (self.place / name).unlink()
        return digest

    def _with_new_increment(self, parted: Parted, kept: dict[str, list[str]]) -> dict[str, list[str]]:
        file = self.place / "increment.db"
        if not any(parted.added.values()):
            file.unlink()
            return kept
        file.chmod(0o600)
        sync(file)
        digest = digest_on_disk(file)
        file.replace(self._increment(digest))
        sync(self.wanted.folder / INCREMENTS)
        return {table: [*kept[table], *([digest] if parted.added[table] else [])] for table in GROWING}

    def _read_already(self, kept: dict[str, list[str]]) -> dict[Path, str | None]:
        """What need not be read back now: increments of earlier backups. They were when they were made, and weekly."""
        return {self._increment(each).resolve(): each for digests in kept.values() for each in digests}

    def _new_files(self) -> list[Path]:
        known = {each for digests in (self.last.increments.values() if self.last else ()) for each in digests}
        record = Backup(self.place).record()
        return [*self.place.iterdir(), *(self._increment(each) for each in record.needed - known)]

    def _forget_old(self) -> None:
        """Of backups that are whole, as far as is known: damaged ones count for nothing, and stay to be looked at.

        Those that stay in the stead of what goes are read once more before it does.
        """
        whole = [each for each in backups_in(self.wanted.folder) if self._is_whole(each)]
        while going := self._too_old(whole):
            damaged = {each.name: faults for each in _in_their_stead(going, whole) if (faults := self._faults_of(each))}
            if not damaged:
                break
            self.made.damaged |= damaged
            whole = [each for each in whole if each.name not in damaged]
        self.made.removed = forget(self.wanted.folder, going)

    def _too_old(self, whole: Sequence[Backup]) -> list[Backup]:
        """What none of the last days, weeks and months needs. One that lacks something takes no better one's place."""
        records = {backup: backup.record() for backup in whole}
        made_at = {
            backup: moment(record.made_at) for backup, record in records.items()
        }  # names run on from wrong clocks
        sound = [made_at[backup] for backup, record in records.items() if record.is_sound]
        keep = to_keep(made_at.values(), self.wanted.retention) | to_keep(sound, self.wanted.retention)
        return [each for each in whole[:-1] if made_at[each] not in keep]

    def _faults_of(self, backup: Backup) -> list[str]:
        """What is wrong with a backup's own files; that of today was just read back, and increments are weekly."""
        if self.made.backup is not None and backup.name == self.made.backup.name:
            return []
        increments: dict[Path, str | None] = {self._increment(each).resolve(): each for each in backup.record().needed}
        return list(faults_of_backup(backup, increments | self.read))

    def _is_whole(self, backup: Backup) -> bool:
        try:
            record = backup.record()
        except DataFolderError:
            return False
        return backup.name not in self.made.damaged and all(
            self._is_sound(digest, size) for digest, size in record.sizes.items()
        )


def _in_their_stead(going: Collection[Backup], whole: Sequence[Backup]) -> list[Backup]:
    """Of each that goes, the next younger one that stays."""
    staying = [each for each in whole if each not in going]
    return list(dict.fromkeys(next(each for each in staying if each.name > gone.name) for gone in going))


def _newest_record(backups: Collection[Backup]) -> Record | None:
    """What the newest backup that can be read says; null where there is none. One of a newer version is refused."""
    for backup in reversed(list(backups)):
        try:
            return backup.record()
        except NewerVersionError:
            raise
        except DataFolderError:
            continue
    return None
