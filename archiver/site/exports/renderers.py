"""Output formats of Datasette: .jsonl, .parquet and .ipynb beside its own .json and .csv."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from datasette.utils import path_with_format
from datasette.utils.asgi import BadRequest, Request, Response

from archiver.site.exports.notebook import notebook
from archiver.site.exports.rows import Batches, Shown, TooMuchError, take
from archiver.tabular.columns import Column
from archiver.tabular.lines import json_lines

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_PIECE = 1 << 16  # bytes

Writer = Callable[[IO[bytes], list[Column], Batches], None]


def can_render(columns: list[str], view_name: str) -> bool:
    """Whether there are rows to write: Datasette asks on pages of databases too."""
    return bool(columns) and view_name in ("table", "row", "")


async def jsonl(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Response:
    """A JSON object on each line."""
    shown = _shown(datasette, request, database, table, view_name, data)
    return await _as_file(shown, "jsonl", "application/x-ndjson", _write_lines)


async def parquet(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Response:
    """A Parquet file with typed columns."""
    shown = _shown(datasette, request, database, table, view_name, data)
    return await _as_file(shown, "parquet", "application/vnd.apache.parquet", _write_parquet)


async def ipynb(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Response:
    """A notebook that fetches these very rows and begins to look at them."""
    shown = _shown(datasette, request, database, table, view_name, data)
    source = path_with_format(request=request, format="jsonl", replace_format="ipynb")
    about = _metadata(shown)
    book = notebook(
        about.get("title") or shown.name,
        about.get("description") or "",
        datasette.absolute_url(request, datasette.urls.path(source)),
        data["columns"],
    )
    return Response.json(book, headers=_headers(shown, "ipynb"))


def _shown(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Shown:
    """What is shown. Raises BadRequest where no rows are: on the page of a database without a query."""
    if "columns" not in data:
        raise BadRequest("there is no query here; ask for a table, or add ?sql=")
    return Shown(datasette, request, database, table, view_name, data)


def _metadata(shown: Shown) -> dict[str, Any]:
    described = (shown.datasette.metadata("databases") or {}).get(shown.database, {})
    kind = "tables" if shown.table else "queries"
    return dict(described.get(kind, {}).get(shown.name, {}))


async def _as_file(shown: Shown, extension: str, content_type: str, write: Writer) -> Response:
    """Everything is written before anything is sent: a file that breaks off could be taken for all there is."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it is sent
    try:
        await take(shown, partial(write, file))
    except (sqlite3.OperationalError, TooMuchError) as error:
        file.close()
        raise BadRequest(str(error)) from error
    file.seek(0)
    return _File(file, _headers(shown, extension), content_type)


def _write_lines(file: IO[bytes], columns: list[Column], batches: Batches) -> None:
    names = [column.name for column in columns]
    for rows in batches:
        file.write("".join(json_lines(names, rows)).encode())


def _write_parquet(file: IO[bytes], columns: list[Column], batches: Batches) -> None:
    from archiver.tabular.parquet import ParquetTable  # it takes longer to load than most tables to write

    with ParquetTable(file, columns) as table:
        for rows in batches:
            table.write(rows)


def _headers(shown: Shown, extension: str) -> dict[str, str]:
    headers = {"Content-Disposition": f'attachment; filename="{shown.name}.{extension}"'}
    if more := shown.next_page:
        headers["Link"] = f'<{more}>; rel="next"'
    return headers


class _File(Response):  # type: ignore[misc]  # Datasette has no types
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
