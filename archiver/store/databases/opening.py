"""Opening the two files, and the one way to write to them."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from sqlite_utils import Database, Migrations

from archiver.store.databases.archive_schema import ARCHIVE
from archiver.store.databases.captures_schema import CAPTURES
from archiver.store.ground.errors import DataFolderError, NewerVersionError
from archiver.store.search.functions import register
from archiver.store.search.index import index_anew, is_indexed, missing_triggers

logger = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds that a writer waits for another
_PAGE_SIZE = 2048  # bytes; a page's payload is some 15 KB, and every row that long leaves half a page unused
Durability = Literal["FULL", "NORMAL"]


def open_captures(folder: Path) -> Database:
    """The evidence. Every commit reaches the disk before the next request is made."""
    return _open(folder, "captures.db", CAPTURES, "FULL")


def open_archive(folder: Path) -> Database:
    """The interpretation. After a power cut its last commits may be missing; they are read anew from the evidence."""
    return _open(folder, "archive.db", ARCHIVE, "NORMAL")


def open_archive_file(file: Path) -> Database:
    """An archive at any place: a copy being rebuilt, or one in a test."""
    return _open(file.parent, file.name, ARCHIVE, "NORMAL")


def read_captures(folder: Path) -> Database | None:
    """The evidence as it is, for reading alone; null where the file is not there, as beside a published copy."""
    file = folder / "captures.db"
    if not file.exists():
        return None
    return Database(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE))


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One short write transaction. It is IMMEDIATE: one that reads before it writes could be refused at once."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.execute("COMMIT")


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """One state of a file, whatever others write to it meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


def insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    """Add one row, within a transaction; returns its number. A tenth of the time that `Table.insert` takes to plan."""
    marks = ", ".join("?" * len(row))
    cursor = db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def keep_searchable(archive: Database) -> None:
    """Make the search index anew where another version made it, or where a trigger is gone that watched for changes."""
    with writing(archive):
        _index(archive)


def checkpoint(db: Database) -> bool:
    """Fold the write-ahead log into the file; it grows without bounds while readers are busy."""
    (busy, *_) = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def copy_into(source: Database, target: Database) -> None:
    """Put a whole database in the place of another, in one transaction, whoever reads the other meanwhile.

    Raises DataFolderError where another program writes to it: SQLite waits for that as long as ever, and Python would
    then begin to wait anew, without end.
    """

    def in_time(status: int, _remaining: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DataFolderError(f"another program is writing to {_file_of(target)}; it stays as it is")

    source.conn.backup(target.conn, progress=in_time)


def _file_of(db: Database) -> str:
    return str(db.execute("PRAGMA database_list").fetchone()[2])


def _open(folder: Path, name: str, migrations: Migrations, durability: Durability) -> Database:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_newer_beside(folder / name)
        connection = sqlite3.connect(folder / name, timeout=PATIENCE, isolation_level=None)
        try:
            return _brought_up_to_date(connection, folder / name, migrations, durability)
        except BaseException:
            connection.close()  # or its log would lie beside the file for as long as anybody looks at the error
            raise
    except (OSError, sqlite3.DatabaseError) as error:
        is_spoiled = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        remedy = "; without it, `archiver reparse` makes it anew" if is_spoiled and migrations is ARCHIVE else ""
        raise DataFolderError(f"{folder / name} cannot be opened: {error}{remedy}") from error


def _brought_up_to_date(
    connection: sqlite3.Connection, file: Path, migrations: Migrations, durability: Durability
) -> Database:
    db = Database(connection)
    _refuse_newer(db, migrations, file)
    connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")  # heeded where the file is new
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {durability}")
    if migrations is ARCHIVE:
        register(connection)
    if migrations.pending(db):
        with writing(db):
            migrations.apply(db)
            if migrations is ARCHIVE:
                _index(db)
    elif migrations is ARCHIVE and not is_indexed(db):
        keep_searchable(db)
    return db


def _index(db: Database) -> None:
    if is_indexed(db) and not missing_triggers(db):
        return
    if db.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
        logger.warning("The search index is made anew; of a hundred thousand articles that takes minutes.")
    index_anew(db)


def _refuse_newer(db: Database, migrations: Migrations, file: Path) -> None:
    """What a newer version has made of a file, this one could spoil."""
    if unknown := {each.name for each in migrations.applied(db)} - set(_names(migrations)):
        raise NewerVersionError(
            f"{file} was made by a newer version of this program ({min(unknown)}); update the program"
        )


def _refuse_newer_beside(file: Path) -> None:
    """The other file of an archive is looked at, too: whoever goes on with the one alone would part them."""
    for name, migrations in (("captures.db", CAPTURES), ("archive.db", ARCHIVE)):
        other = file.with_name(name)
        if other == file or not other.is_file():
            continue
        with closing(sqlite3.connect(f"{other.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as connection:
            try:
                _refuse_newer(Database(connection), migrations, other)
            except sqlite3.DatabaseError:  # it is damaged; whoever opens it is told so
                continue


def _names(migrations: Migrations) -> list[str]:
    """All that a set of migrations consists of: those that an empty database lacks."""
    return [each.name for each in migrations.pending(Database(memory=True))]
