"""/search.csv, .jsonl, .parquet, .ipynb : everything that a search finds, the newest first, not only what is ranked."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from typing import IO, TYPE_CHECKING

from datasette.utils.asgi import BadRequest, Request, Response

from archiver.site.errors import TooSlowError
from archiver.site.exports.notebook import notebook
from archiver.site.exports.rows import Batches, TooMuchError, up_to, whole
from archiver.site.exports.sending import File, Writer, write_csv, write_lines, write_parquet
from archiver.site.pages.answering import ask
from archiver.site.pages.formats import link_to, words_for
from archiver.site.pages.search_wanted import Wanted, wanted
from archiver.store.search.searching import all_found, ranks, rows_of_all
from archiver.tabular.columns import Column, declared

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_FORMS: dict[str, tuple[Writer, str]] = {
    ".csv": (write_csv, "text/csv; charset=utf-8"),
    ".jsonl": (write_lines, "application/x-ndjson"),
    ".parquet": (write_parquet, "application/vnd.apache.parquet"),
}
_RANK = Column("rank", "integer")  # null beyond the newest 5,000, and where nothing was typed


async def search_file(datasette: Datasette, request: Request) -> Response:
    """A row for each article, with its place by rank; or the notebook that fetches these rows.

    What is more than the site hands out is refused in words, and nothing is cut off.
    """
    asks, form = wanted(request), request.url_vars["format"]
    headers = {"Content-Disposition": f'attachment; filename="{asks.file_name}{form}"'}
    if form == ".ipynb":
        return Response.json(await _notebook(datasette, request, asks), headers=headers)
    write, content_type = _FORMS[form]
    limits = datasette.setting("max_csv_mb"), datasette.setting("sql_time_limit_ms")
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it is sent
    try:
        await ask(datasette, partial(_write, asks=asks, file=file, write=write, limits=limits))
    except TooSlowError:
        file.close()
        raise
    except (sqlite3.OperationalError, TooMuchError) as error:
        file.close()
        raise BadRequest(str(error)) from error
    file.seek(0)
    return File(file, headers, content_type)


async def _notebook(datasette: Datasette, request: Request, asks: Wanted) -> dict[str, object]:
    words = words_for(request)
    columns = await ask(datasette, _columns)
    source = link_to(datasette, request, asks.path(".jsonl"))
    title = f"{words.t('search.page')}: {', '.join(asks.asks.values()) or words.t('search.any')}"
    return notebook(title, words.t("search.file"), source, [column.name for column in columns])


def _write(db: sqlite3.Connection, asks: Wanted, file: IO[bytes], write: Writer, limits: tuple[int, int]) -> None:
    columns = _columns(db)
    megabytes, milliseconds = limits
    write(file, [_RANK, *columns], up_to(megabytes, _rows(db, asks, columns, milliseconds)))


def _columns(db: sqlite3.Connection) -> list[Column]:
    """Those of "articles", without the number that has no meaning outside this file."""
    known = db.execute("SELECT name, upper(type) FROM pragma_table_info('articles')").fetchall()
    return [declared(name, kind) for name, kind in known if name != "search_number"]


def _rows(db: sqlite3.Connection, asks: Wanted, columns: list[Column], milliseconds: int) -> Batches:
    found, values = all_found(db, asks.typed, asks.narrowed, abbreviations=asks.abbreviations)
    places = ranks(db, asks.typed, asks.narrowed, abbreviations=asks.abbreviations)
    query = rows_of_all(found, [column.name for column in columns])
    return _ranked(places, whole(db, query, values, milliseconds))


def _ranked(places: dict[int, int], batches: Batches) -> Iterator[list[tuple[object, ...]]]:
    for rows in batches:
        yield [(places.get(number), *row) for number, *row in rows]
