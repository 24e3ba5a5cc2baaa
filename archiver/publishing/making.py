"""Making a snapshot, from the copy to the link that readers follow; a kill at any moment leaves the last one served."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from archiver.clock import Clock
from archiver.portals import PORTALS
from archiver.publishing.notes import citation, licence
from archiver.publishing.package import data_package
from archiver.publishing.payloads import copy_payloads
from archiver.site.public.metadata import metadata_of_snapshot
from archiver.store.databases.opening import open_captures
from archiver.store.ground.errors import DataFolderError
from archiver.store.sharing.copying import Copy, copy_archive, faults_of, finished_copy, undecided
from archiver.store.sharing.snapshots import (
    PACKAGE,
    PAYLOADS,
    Snapshot,
    archive_name,
    digest_of_file,
    forget_old,
    free_name,
    making,
    publish,
    write_manifest,
)

Progress = Callable[[str, str, int, int], None]  # what is done, in which unit, how much of it is, how much there is


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a snapshot."""

    data: Path  # the folder of the archive
    folder: Path  # where snapshots stand
    masks: bool = True
    with_payloads: bool = False
    keep: int = 7  # snapshots, this one included
    contact: str | None = None  # whom readers may ask


@dataclass(slots=True)
class Made:
    """A snapshot that was made, or what was wrong with it: then the last one is still served."""

    snapshot: Snapshot | None
    faults: list[str] = field(default_factory=list)
    masked: Counter[str] = field(default_factory=Counter)
    masked_rows: int = 0
    payloads: Counter[str] = field(default_factory=Counter)
    removed: list[str] = field(default_factory=list)  # older ones that may show what is withheld by now

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.stat().st_size for file in self.snapshot.folder.iterdir()) if self.snapshot else 0

    def as_values(self) -> dict[str, object]:
        """For programs."""
        return {
            "snapshot": self.snapshot.name if self.snapshot else None,
            "folder": str(self.snapshot.folder) if self.snapshot else None,
            "faults": len(self.faults),
            "bytes": self.size,
            "masked": dict(self.masked),
            "masked_rows": self.masked_rows,
            "payloads": dict(self.payloads),
            "removed": self.removed,
        }

    def in_words(self) -> str:
        """For people."""
        if self.snapshot is None:
            return f"No snapshot was made, {len(self.faults):,} faults; readers still see the last one"
        numbers = f"{sum(self.masked.values()):,} numbers in {self.masked_rows:,} rows"
        return "\n".join(
            [
                f"{self.snapshot.folder}: {self.size:,} bytes, checked",
                f"masked: {numbers if self.masked_rows else 'none'}",
                *(f"{PAYLOADS}: {count:,} captures {how}" for how, count in sorted(self.payloads.items())),
                *(f"removed, because it shows what is withheld, or is damaged: {name}" for name in self.removed),
            ]
        )


def make_snapshot(wanted: Wanted, clock: Clock, program: str, progress: Progress) -> Made:
    """Copy, mask, check, describe and publish. Raises DataFolderError where there is nothing to copy, or no room."""
    if not (wanted.data / "archive.db").exists():
        raise DataFolderError(f"there is no archive.db in {wanted.data} yet; a crawl makes it: archiver crawl myhao")
    captures = open_captures(wanted.data) if (wanted.data / "captures.db").exists() else None
    if wanted.with_payloads and captures is None:
        raise DataFolderError(f"there is no captures.db in {wanted.data}, from which payloads could be copied")
    try:
        with making(wanted.folder) as place:
            return _make(wanted, place, captures, clock, program, progress)
    except (OSError, sqlite3.DatabaseError) as error:
        raise DataFolderError(f"no snapshot could be made in {wanted.folder}: {error}") from error


def _make(
    wanted: Wanted, place: Path, captures: Database | None, clock: Clock, program: str, progress: Progress
) -> Made:
    name = free_name(wanted.folder, f"{clock.now():%Y-%m-%d}")
    file = place / archive_name(name)
    copy = copy_archive(wanted.data / "archive.db", file, clock, program, progress, masks=wanted.masks)
    made = Made(None, masked=copy.masked.counts, masked_rows=copy.masked.rows)
    progress("check", "bytes", 0, file.stat().st_size)
    made.faults = list(copy.faults) or faults_of(file)
    if made.faults:
        return made
    with finished_copy(file) as db:
        if wanted.with_payloads and captures is not None:
            made.payloads = _copy_payloads(wanted, db, captures, place, copy, progress)
        withheld = _describe(wanted, db, place, name, copy)
    write_manifest(place)
    if captures is not None:  # decided until now
        made.faults = list(undecided(file, captures, PORTALS.values()))
    if not made.faults:
        made.snapshot = publish(wanted.folder, place, name)
        made.removed = forget_old(wanted.folder, wanted.keep, withheld)
    return made


def _copy_payloads(
    wanted: Wanted, db: Database, captures: Database, place: Path, copy: Copy, progress: Progress
) -> Counter[str]:
    def tell(done: int, total: int) -> None:
        progress("payloads", "captures", done, total)

    return copy_payloads(db, captures, place, copy.masked.known, tell, masks=wanted.masks).counts


def _describe(wanted: Wanted, db: Database, place: Path, name: str, copy: Copy) -> set[str]:
    """Write what goes with the databases. Returns the keys of what is withheld."""
    portals = [dict(row) for row in db.query("SELECT name, url FROM portals ORDER BY name")]
    title = metadata_of_snapshot()["title"]
    digest = digest_of_file(place / archive_name(name))
    texts = {
        PACKAGE: data_package(db, name, copy, portals),
        "CITATION.cff": citation(name, title, copy, digest, portals, wanted.contact),
        "LICENSE.txt": licence(copy),
    }
    for file, text in texts.items():
        (place / file).write_text(text, encoding="utf-8")
    return {key for (key,) in db.execute("SELECT article_key FROM withheld")}
