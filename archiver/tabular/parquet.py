"""Parquet files with typed columns, written a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from archiver.tabular.columns import Column, Kind
from archiver.tabular.lines import Row

_AT_ONCE = 5_000  # rows; the text of so many articles is some 20 MB

_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "moment": pa.timestamp("us", tz="UTC"),
    "day": pa.date32(),
}
_VALUES: dict[Kind, Callable[[Any], object]] = {
    "text": str,
    "integer": int,
    "real": float,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
}


class ParquetTable:
    """A Parquet file that grows by rows, for who cannot have all of them at once. `with` closes it."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        self._columns = columns
        self._schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows. Raises ValueError where a value is not of its column's kind."""
        self._writer.write_batch(pa.record_batch(_arrays(self._columns, rows), schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()


def write_parquet(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write all rows and return how many there were. Raises ValueError where a value is not of its column's kind."""
    waiting, count = iter(rows), 0
    with ParquetTable(file, columns) as table:
        while batch := list(islice(waiting, _AT_ONCE)):
            table.write(batch)
            count += len(batch)
    return count


def _arrays(columns: Sequence[Column], rows: Sequence[Row]) -> list[pa.Array]:
    return [
        pa.array([_value(column, row[place]) for row in rows], _TYPES[column.kind])
        for place, column in enumerate(columns)
    ]


def _value(column: Column, value: object) -> object:
    if value is None:
        return None
    try:
        return _VALUES[column.kind](value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{column.name}: {value!r} is no {column.kind}") from error
