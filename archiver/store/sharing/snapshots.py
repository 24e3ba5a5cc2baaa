"""A folder of published copies: each in a folder of its own, dated and complete, and `current`, a link to the newest.

A copy is made in a folder that nobody looks at, named when it is whole, and pointed at by renaming a link over the old
one: whoever looks sees the old or the new, whenever the work ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archiver.store.ground.errors import DataFolderError
from archiver.store.ground.manifests import MANIFEST, digests_in, write_digests
from archiver.store.ground.unfinished import sync, take_away, unfinished_in
from archiver.store.sharing.copying import finished_copy

CURRENT = "current"
PACKAGE = "datapackage.json"
ROWS = "rows"  # of a table, in its resource of the package
PAYLOADS = "captures.db"  # named as the evidence is: what reads that beside an archive, reads this
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published copy."""

    folder: Path

    @property
    def name(self) -> str:
        """Its day, and which of that day it is: 2026-11-25, 2026-11-25.2."""
        return self.folder.name

    @property
    def archive(self) -> Path:
        """The copy of archive.db."""
        return self.folder / archive_name(self.name)

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each of its files, as its manifest says. Raises DataFolderError."""
        return digests_in(self.folder)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each of its tables and views has, as its package says."""
        package = json.loads((self.folder / PACKAGE).read_text(encoding="utf-8"))
        return {each["dialect"]["table"]: each[ROWS] for each in package["resources"]}


def archive_name(name: str) -> str:
    """What the database of a snapshot is called."""
    return f"archive-{name}.db"


def current(folder: Path) -> Snapshot | None:
    """The snapshot to serve; null where there is none yet."""
    try:
        name = os.readlink(folder / CURRENT)  # noqa: PTH115  the name alone; the folder may be reached by any way
    except OSError:
        return None
    return Snapshot(folder / name) if _NAME.fullmatch(name) else None


def snapshots_in(folder: Path) -> list[Snapshot]:
    """All snapshots, oldest first."""
    names = [each.name for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
    return [Snapshot(folder / name) for name in sorted(filter(_NAME.fullmatch, names), key=_place)]


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """A folder in which to make a snapshot, with `folder` to oneself; what is left of it, or was by a kill, goes."""
    with unfinished_in(folder, f"another snapshot is being made in {folder}") as place:
        place.chmod(0o755)  # it is for others
        yield place


def free_name(folder: Path, day: str) -> str:
    """The name of the next snapshot of a day (YYYY-MM-DD)."""
    taken = [_place(each.name)[1] for each in snapshots_in(folder) if each.name.startswith(day)]
    return f"{day}.{max(taken) + 1}" if taken else day


def write_manifest(folder: Path) -> None:
    """Note the SHA-256 of every file. What is noted is on the disk."""
    write_digests(folder, {file.name: digest_of_file(file) for file in sorted(folder.iterdir())})
    for place in (*folder.iterdir(), folder):
        _sync(place)


def publish(folder: Path, made: Path, name: str) -> Snapshot:
    """Give a finished snapshot its name, and point at it."""
    made.rename(folder / name)
    link = folder / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(folder / CURRENT)
    _sync(folder)
    return Snapshot(folder / name)


def forget_old(folder: Path, keep: int, withheld: Collection[str]) -> list[str]:
    """Delete all but the newest `keep`, and those that may show what is withheld by now. Returns the names of these."""
    *older, _ = snapshots_in(folder)
    telling = [each for each in older if _shows(each, withheld)]
    kept = [each for each in older if each not in telling]
    for each in [*telling, *kept[: max(0, len(kept) - keep + 1)]]:
        take_away(each.folder)
    return [each.name for each in telling]


def faults_of_manifest(snapshot: Snapshot) -> list[str]:
    """Which files of a snapshot are not what its manifest says. Raises DataFolderError where it has none."""
    digests = snapshot.digests
    faults = [] if snapshot.archive.name in digests else [f"{snapshot.archive.name} is not in {MANIFEST}"]
    for name, digest in digests.items():
        file = snapshot.folder / name
        if not file.exists():
            faults.append(f"{name} is not there")
        elif digest_of_file(file) != digest:
            faults.append(f"{name} has other bytes than {MANIFEST} says")
    return faults


def digest_of_file(file: Path) -> str:
    """Its SHA-256 in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _place(name: str) -> tuple[str, int]:
    match = _NAME.fullmatch(name)
    return (match[1], int(match[2] or 1)) if match else ("", 0)


def _shows(snapshot: Snapshot, withheld: Collection[str]) -> bool:
    """Whether it shows an article that is withheld, or is too damaged to tell."""
    marks = ", ".join("?" * len(withheld))
    try:
        with finished_copy(snapshot.archive) as db:
            query = f"SELECT 1 FROM articles WHERE article_key IN ({marks})"
            return bool(db.execute(query, tuple(withheld)).fetchone())
    except sqlite3.DatabaseError:
        return True


def _sync(place: Path) -> None:
    try:
        sync(place)
    except OSError as error:
        raise DataFolderError(f"{place} cannot be written: {error.strerror}") from error
