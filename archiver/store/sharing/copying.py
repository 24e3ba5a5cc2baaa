"""A copy of archive.db for others: one state of it, whatever is written meanwhile, compact, checked, and of one file.

Until it is finished the copy needs the room of two archives beside the live one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archiver.clock import Clock, stamp
from archiver.portals import Portal
from archiver.store.databases.opening import open_archive_file, writing
from archiver.store.evidence.withholding import lags_decisions
from archiver.store.ground.errors import DataFolderError
from archiver.store.search.functions import register
from archiver.store.sharing.masking import Masked, make_notes, mask_archive, unmasked
from archiver.store.twice.linking import clear_away
from archiver.store.verify.verifying import faults_of_copy

Progress = Callable[[str, str, int, int], None]  # what is done, in which unit, how much of it is, how much there is
_OPERATIONS = 50_000  # of SQLite between two looks at how far a copy is


@dataclass(frozen=True, slots=True)
class Copy:
    """What a finished copy is, as it says itself in its table `snapshot`."""

    made_at: str
    program: str
    is_masked: bool
    masked: Masked
    faults: tuple[str, ...]  # of the archive itself, which masking would hide: digests of masked texts are made anew


def copy_archive(
    archive: Path, target: Path, clock: Clock, program: str, progress: Progress, *, masks: bool = True
) -> Copy:
    """Make a copy of an archive, while others may write to it. `target` must not be there yet."""
    made_at = stamp(clock.now())
    work = target.with_name(f"{target.name}.work")
    with closing(open_to_read(archive)) as source:
        vacuum_into(source, work, "copy", progress)
    db = open_archive_file(work)
    db.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is made again
    progress("check", "bytes", 0, work.stat().st_size)
    faults = tuple(faults_of_copy(db))
    with writing(db):
        clear_away(db)
        make_notes(db)
        masked = mask_archive(db, lambda done, total: progress("mask", "rows", done, total)) if masks else Masked()
        _say_what_it_is(db, made_at, program, masks)
        _analyse(db)
    vacuum_into(db.conn, target, "pack", progress)
    db.close()
    for file in target.parent.glob(f"{work.name}*"):
        file.unlink()
    return Copy(made_at, program, masks, masked, faults)


@contextmanager
def finished_copy(file: Path) -> Iterator[Database]:
    """A finished copy, for reading: nobody will ever write to it."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        register(connection)
        yield Database(connection)


def faults_of(file: Path) -> list[str]:
    """What is wrong with a finished copy, in sentences: damage, numbers that were to be masked, withheld texts."""
    with finished_copy(file) as db:
        faults = list(faults_of_copy(db))
        if db.execute("SELECT 1 FROM snapshot WHERE is_masked").fetchone():
            faults += unmasked(db)
    return faults


def undecided(file: Path, captures: Database, portals: Iterable[Portal]) -> Iterator[str]:
    """Of which portals a finished copy shows or hides what people decided otherwise by now, each in a sentence."""
    with finished_copy(file) as db:
        yield from _undecided(db, captures, portals)


def _undecided(db: Database, captures: Database, portals: Iterable[Portal]) -> Iterator[str]:
    shown = {key for (key,) in db.execute("SELECT portal FROM portals").fetchall()}
    for portal in portals:
        if portal.key in shown and lags_decisions(db, captures, portal):
            yield (
                f"the archive of {portal.key} was made before the latest decision to withhold or restore;"
                f" archiver reparse {portal.key} makes it anew"
            )


def open_to_read(archive: Path) -> sqlite3.Connection:
    """An archive that others may write to, as any program opens it."""
    if not archive.exists():
        raise DataFolderError(f"there is no {archive} yet; a crawl makes it: archiver crawl myhao")
    return sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None)


def vacuum_into(source: sqlite3.Connection, target: Path, doing: str, progress: Progress) -> None:
    """One state of a database into a new file, without what was deleted from it. Writers are not kept waiting.

    Raises DataFolderError where that does not come to its end.
    """
    (pages,), (size,) = source.execute("PRAGMA page_count").fetchone(), source.execute("PRAGMA page_size").fetchone()

    def tell() -> int:
        progress(doing, "bytes", target.stat().st_size if target.exists() else 0, pages * size)
        return 0

    source.set_progress_handler(tell, _OPERATIONS)
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:
        raise DataFolderError(f"the archive cannot be copied to {target.parent}: {error}") from error
    finally:
        source.set_progress_handler(None, 0)


def _analyse(db: Database) -> None:
    """What the planner of queries knows of the texts: nothing of how they were before."""
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat_'").fetchall():
        db.execute(f"DELETE FROM {table}")
    db.execute("ANALYZE")


def _say_what_it_is(db: Database, made_at: str, program: str, is_masked: bool) -> None:
    db.execute("CREATE TABLE snapshot (made_at TEXT PRIMARY KEY, program TEXT, is_masked INTEGER)")
    db.execute("INSERT INTO snapshot VALUES (?, ?, ?)", (made_at, program, int(is_masked)))
