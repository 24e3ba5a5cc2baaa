"""Files of rows: written whole before anything of them is sent, so that none can break off unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO

from datasette.utils.asgi import Response

from archiver.site.exports.rows import Batches
from archiver.tabular.columns import Column
from archiver.tabular.lines import csv_lines, json_lines

_PIECE = 1 << 16  # bytes

Writer = Callable[[IO[bytes], list[Column], Batches], None]


def write_csv(file: IO[bytes], columns: list[Column], batches: Batches) -> None:
    """A header and a line for each row."""
    names = [column.name for column in columns]
    file.writelines(line.encode() for line in csv_lines(names, (row for rows in batches for row in rows)))


def write_lines(file: IO[bytes], columns: list[Column], batches: Batches) -> None:
    """A JSON object on each line."""
    names = [column.name for column in columns]
    for rows in batches:
        file.write("".join(json_lines(names, rows)).encode())


def write_parquet(file: IO[bytes], columns: list[Column], batches: Batches) -> None:
    """A Parquet file with typed columns."""
    from archiver.tabular.parquet import ParquetTable  # it takes longer to load than most tables to write

    with ParquetTable(file, columns) as table:
        for rows in batches:
            table.write(rows)


class File(Response):  # type: ignore[misc]  # Datasette has no types
    """A response whose body is a file. It is closed when it is sent."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str], content_type: str) -> None:
        super().__init__(headers=dict(headers), content_type=content_type)
        self.file = file

    async def asgi_send(self, send) -> None:  # type: ignore[no-untyped-def]
        """Send the file piece by piece."""
        headers = [[name.encode(), value.encode()] for name, value in self.headers.items()]
        headers.append([b"content-type", self.content_type.encode()])
        with self.file:
            await send({"type": "http.response.start", "status": self.status, "headers": headers})
            while piece := self.file.read(_PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
