"""Output formats of Datasette: .jsonl, .parquet and .ipynb beside its own .json and .csv."""

from __future__ import annotations

import sqlite3
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils import path_with_format
from datasette.utils.asgi import BadRequest, Request, Response

from archiver.site.exports.notebook import notebook
from archiver.site.exports.rows import Shown, TooMuchError, take
from archiver.site.exports.sending import File, Writer, write_lines, write_parquet

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


def can_render(columns: list[str], view_name: str) -> bool:
    """Whether there are rows to write: Datasette asks on pages of databases too."""
    return bool(columns) and view_name in ("table", "row", "")


async def jsonl(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Response:
    """A JSON object on each line."""
    shown = _shown(datasette, request, database, table, view_name, data)
    return await _as_file(shown, "jsonl", "application/x-ndjson", write_lines)


async def parquet(
    datasette: Datasette, request: Request, database: str, table: str | None, view_name: str, data: dict[str, Any]
) -> Response:
    """A Parquet file with typed columns."""
    shown = _shown(datasette, request, database, table, view_name, data)
    return await _as_file(shown, "parquet", "application/vnd.apache.parquet", write_parquet)


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
    except (sqlite3.OperationalError, sqlite3.DataError, TooMuchError) as error:
        file.close()
        raise BadRequest(str(error)) from error
    except Exception:  # that it took too long, or that too many wait
        file.close()
        raise
    file.seek(0)
    return File(file, _headers(shown, extension), content_type)


def _headers(shown: Shown, extension: str) -> dict[str, str]:
    headers = {"Content-Disposition": f'attachment; filename="{shown.name}.{extension}"'}
    if more := shown.next_page:
        headers["Link"] = f'<{more}>; rel="next"'
    return headers
