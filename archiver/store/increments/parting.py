"""One state of captures.db in two files: the tables that change, and the rows of the others that are not kept yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archiver.store.ground.errors import DataFolderError
from archiver.store.verify.verifying import faults_of_links

GROWING = {"payloads": "sha256", "captures": "capture_key", "decisions": "decision_key"}
"""The tables of which rows are neither changed nor deleted, and what names a row."""
_PATIENCE = 30.0  # seconds
_OPERATIONS = 50_000  # of SQLite between two looks at how far it is

Progress = Callable[[int], None]  # bytes written


@dataclass(frozen=True, slots=True)
class Parted:
    """What was written, and of what."""

    rows: dict[str, int]  # of each growing table, as captures.db has them
    added: dict[str, int]  # of these, how many were not kept yet and are in the increment now
    shapes: dict[str, str]  # of each growing table, the SQL that made it
    migrations: tuple[str, ...]  # that captures.db went through
    faults: tuple[str, ...]


def shapes_of(captures: Path) -> dict[str, str]:
    """How each growing table was made: rows that were kept of one of another shape are not those of now."""
    with closing(_connect(":memory:")) as db:
        _attach(db, captures, "source")
        return _shapes(db)


def part(
    captures: Path, state: Path, increment: Path, kept: Mapping[str, Sequence[Path]], progress: Progress
) -> Parted:
    """Write one state of captures.db, whatever is written to it meanwhile, into two new files.

    `kept` are the increments, by table, whose rows need not be written again. Raises DataFolderError where they hold
    rows that captures.db has not: evidence does not shrink, so they are of another archive, or some of it was lost.
    """

    def tell() -> int:
        progress(sum(file.stat().st_size for file in (state, increment) if file.exists()))
        return 0

    with closing(_connect(state)) as db:
        db.set_progress_handler(tell, _OPERATIONS)
        _attach(db, captures, "source")
        (page_size,) = db.execute("PRAGMA source.page_size").fetchone()
        db.execute(f"PRAGMA main.page_size = {page_size}")
        db.execute("ATTACH ? AS increment", (str(increment),))
        for schema in ("main", "increment"):  # made anew if anything goes wrong
            db.execute(f"PRAGMA {schema}.journal_mode = OFF")
            db.execute(f"PRAGMA {schema}.synchronous = OFF")
        for table in GROWING:
            _note_kept(db, table, kept.get(table, ()))
        db.execute("BEGIN")
        _refuse_others(db, captures)
        parted = Parted(
            {table: _count(db, f"source.{table}") for table in GROWING},
            {table: _copy_new(db, table) for table in GROWING},
            _shapes(db),
            tuple(name for (name,) in db.execute("SELECT name FROM source._sqlite_migrations ORDER BY id")),
            tuple(faults_of_links(Database(db))),  # main has no rows yet: names mean those of the source
        )
        _copy_state(db)
        db.execute("COMMIT")
    return parted


def join(captures: Path, increments: Mapping[str, Sequence[Path]]) -> dict[str, int]:
    """Put the rows of increments, by table, back into a state; returns how many rows each table has then."""
    with closing(_connect(captures)) as db:
        db.execute("PRAGMA synchronous = OFF")  # whoever calls sees to it that the finished file is on the disk
        for table, files in increments.items():
            for file in files:
                _attach(db, file, "piece", immutable=True)
                db.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM piece.{table} ORDER BY rowid")
                db.execute("DETACH piece")
        return {table: _count(db, f"main.{table}") for table in GROWING}


def _connect(file: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, uri=True)


def _attach(db: sqlite3.Connection, file: Path, name: str, *, immutable: bool = False) -> None:
    db.execute(f"ATTACH ? AS {name}", (f"{file.resolve().as_uri()}?{'immutable=1' if immutable else 'mode=ro'}",))


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _shapes(db: sqlite3.Connection) -> dict[str, str]:
    marks = ", ".join("?" * len(GROWING))
    rows = db.execute(f"SELECT name, sql FROM source.sqlite_master WHERE name IN ({marks})", tuple(GROWING))
    return dict(rows.fetchall())


def _note_kept(db: sqlite3.Connection, table: str, files: Sequence[Path]) -> None:
    """The names of all rows that need not be written again; they may be many, and lie on the disk if they do."""
    db.execute(f"CREATE TEMP TABLE kept_{table} (name TEXT PRIMARY KEY) WITHOUT ROWID")
    for file in files:
        _attach(db, file, "piece", immutable=True)
        db.execute(f"INSERT OR IGNORE INTO temp.kept_{table} SELECT {GROWING[table]} FROM piece.{table}")
        db.execute("DETACH piece")


def _refuse_others(db: sqlite3.Connection, captures: Path) -> None:
    for table, name in GROWING.items():
        missing = _count(db, f"temp.kept_{table} WHERE name NOT IN (SELECT {name} FROM source.{table})")
        if missing:
            raise DataFolderError(
                f"{missing:,} {table} of the newest backup are not in {captures}: that backup is of another archive, or"
                " evidence was lost here; name another folder for the backups of this one, or restore that backup"
            )


def _copy_new(db: sqlite3.Connection, table: str) -> int:
    shape = _shapes(db)[table]
    db.execute(shape.replace("CREATE TABLE ", "CREATE TABLE increment.", 1))
    done = db.execute(
        f"INSERT INTO increment.{table} SELECT * FROM source.{table}"
        f" WHERE {GROWING[table]} NOT IN (SELECT name FROM temp.kept_{table}) ORDER BY rowid"
    )
    return done.rowcount


def _copy_state(db: sqlite3.Connection) -> None:
    """Everything of captures.db but the rows of growing tables; rows in the order in which they were written."""
    made = "SELECT name, sql FROM source.sqlite_master WHERE sql IS NOT NULL AND type {} 'table'"
    for name, sql in db.execute(made.format("=")).fetchall():
        db.execute(sql)
        if name not in GROWING:
            db.execute(f'INSERT INTO main."{name}" SELECT * FROM source."{name}"')
    for _, sql in db.execute(made.format("!=")).fetchall():
        db.execute(sql)
