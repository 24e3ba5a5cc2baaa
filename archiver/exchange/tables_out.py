"""Tables of an archive as files: each in the same state of the archive, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archiver.store.databases.opening import reading
from archiver.store.sharing.tables import columns, rows, size, tables, views
from archiver.tabular.columns import declared
from archiver.tabular.files import Format, write_table

Progress = Callable[[int, int, str], None]  # rows, rows in all, and of which table


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    table: str
    path: Path
    rows: int
    size: int  # bytes


def unknown_tables(archive: Database, names: Sequence[str]) -> list[str]:
    """Those of some names that no table and no view bears."""
    known = {*tables(archive.conn), *views(archive.conn)}
    return [name for name in names if name not in known]


def export_tables(
    archive: Database, folder: Path, form: Format, names: Sequence[str], progress: Progress
) -> Iterator[Written]:
    """Write tables or views into a folder, all that are tables if none is named; all in one state of the archive."""
    folder.mkdir(parents=True, exist_ok=True)
    with reading(archive):
        for name in names or tables(archive.conn):
            yield _export(archive, folder / f"{name}.{form}", form, name, progress)


def _export(archive: Database, path: Path, form: Format, name: str, progress: Progress) -> Written:
    own = [declared(column.name, column.sql_type) for column in columns(archive.conn, name)]
    total = size(archive.conn, name)
    lines = rows(archive.conn, name, lambda done, all_rows: progress(done, all_rows, name), total)
    return Written(name, path, total, write_table(path, form, own, lines))
