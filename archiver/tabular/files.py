"""A table as a file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from archiver.tabular.columns import Column
from archiver.tabular.lines import Row, csv_lines, json_lines

Format = Literal["csv", "jsonl", "parquet"]


def write_table(path: Path, form: Format, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write a file in place of any that is there, and return its bytes. One that fails leaves what was there."""
    with _whole(path) as file:
        _WRITERS[form](file, columns, rows)
    return path.stat().st_size


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _csv(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> None:
    file.writelines(line.encode() for line in csv_lines(_names(columns), rows))


def _jsonl(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> None:
    file.writelines(line.encode() for line in json_lines(_names(columns), rows))


def _parquet(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> None:
    from archiver.tabular.parquet import write_parquet  # it takes longer to load than most tables to write

    write_parquet(file, columns, rows)


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


_WRITERS: dict[Format, Callable[[IO[bytes], Sequence[Column], Iterable[Row]], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
