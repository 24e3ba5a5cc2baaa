"""How pages ask the archive and answer: rows as dictionaries, a template with values, a choice of language kept."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response

from archiver.site.errors import TooSlowError
from archiver.site.languages import COOKIE, LANGUAGES

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

ARCHIVE = "archive"
_QUERIES = 3
_A_YEAR = 365 * 24 * 3600
T = TypeVar("T")
Row = dict[str, Any]


async def ask(datasette: Datasette, question: Callable[[sqlite3.Connection], T]) -> T:
    """What a function finds in the archive, in one state of it; it is run beside the server, for reading alone.

    Raises TooSlowError where that takes longer than three queries may: a page asks more than one.
    """
    milliseconds = _QUERIES * datasette.setting("sql_time_limit_ms")

    def asked(db: sqlite3.Connection) -> T:
        db.execute("BEGIN")
        try:
            with sqlite_timelimit(db, milliseconds):
                return question(db)
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise TooSlowError from error
            raise
        finally:
            db.rollback()

    found: T = await datasette.get_database(ARCHIVE).execute_fn(asked)
    return found


class _Recalled(threading.local):
    """What the connection of a thread was asked while the archive stood as it stands; Datasette has one each."""

    def __init__(self) -> None:
        self.connection: sqlite3.Connection | None = None
        self.version: int | None = None
        self.answers: dict[Hashable, Any] = {}


_MOST_RECALLED = 12  # answers of a thread; a page of plots is a third of a megabyte
_recalled = _Recalled()


async def recall(datasette: Datasette, what: Hashable, question: Callable[[sqlite3.Connection], T]) -> T:
    """As `ask`, but an answer is used again, by the name of `what` was asked, until anything is committed.

    SQLite counts the commits of others by `data_version`, for each connection by itself, and tells the count of the
    very state that the question sees. Who gets an answer leaves it as it is.
    """
    return await ask(datasette, lambda db: _answer(db, what, question))


def _answer(db: sqlite3.Connection, what: Hashable, question: Callable[[sqlite3.Connection], T]) -> T:
    version = db.execute("PRAGMA data_version").fetchone()[0]
    if _recalled.connection is not db or _recalled.version != version:
        _recalled.connection, _recalled.version, _recalled.answers = db, version, {}
    known = _recalled.answers
    if what not in known:
        while len(known) >= _MOST_RECALLED:
            del known[next(iter(known))]
        known[what] = question(db)
    found: T = known[what]
    return found


def rows(db: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """The rows of a query, each by the names of its columns."""
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


async def page(
    datasette: Datasette, request: Request, template: str, values: Mapping[str, object], status: int = 200
) -> Response:
    """A page of a template. A language that was asked for in the address is remembered."""
    body = await datasette.render_template(template, dict(values), request=request)
    response = Response.html(body, status=status, headers={"Vary": "Accept-Language"})
    if (choice := request.args.get("lang")) in LANGUAGES:
        is_safe = request.scheme == "https"
        here = datasette.urls.path("/")
        response.set_cookie(COOKIE, choice, max_age=_A_YEAR, path=here, secure=is_safe, samesite="lax")
    return response
