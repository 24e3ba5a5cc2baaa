"""What is asked wrongly is answered so, and not as an error of the site; what is one is not shown to readers.

Datasette takes an address and its arguments as they come, and fails over many of them: 500, with words that may name a
file of this machine.
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote_from_bytes

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from archiver.site.errors import BusyError, TooSlowError
from archiver.site.languages import language_of, translator

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_HOST = re.compile(rb"[A-Za-z0-9._-]*(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_OVER_ARGUMENTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, sqlite3.Error)
_COME_BACK = 60  # seconds after which to ask again; those who wait now are answered in less than that
_NO_SUCH_FILE = (errno.ENAMETOOLONG, errno.ENOTDIR)


def answer_to(request: Request, exception: Exception) -> Response | None:
    """What a reader gets for an exception; null where Datasette's own answer says what is wrong with the request."""
    if isinstance(exception, DatasetteError):
        exception.status = 400 if exception.status == 500 else exception.status  # all are about what was asked for
        return None
    if isinstance(exception, Base400):
        return None
    if isinstance(exception, QueryInterrupted | TooSlowError):  # the first, where rows are sent as files
        return _said(request, 400, translator(language_of(request))("error.too_slow"))
    if isinstance(exception, BusyError):
        answer = _said(request, 503, translator(language_of(request))("error.busy"))
        answer.headers["Retry-After"] = str(_COME_BACK)
        return answer
    if isinstance(exception, OSError) and exception.errno in _NO_SUCH_FILE and "/-/static" in request.path:
        return _said(request, 404, "There is nothing at this address.")
    if isinstance(exception, _OVER_ARGUMENTS) and not _is_ours(exception):
        return _said(request, 400, "This cannot be asked for in this way.")
    return _said(request, 500, "The site made an error.")


def well_formed(app: App) -> App:
    """An application that gets no request over which Datasette fails before it looks at it."""

    async def asked(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif scope["method"] not in _METHODS:
            await Response.text("This method is not known here.", status=405).asgi_send(send)
        elif not all(_HOST.fullmatch(value) for name, value in scope["headers"] if name.lower() == b"host"):
            await Response.text("There is no such host.", status=400).asgi_send(send)
        else:
            await app(_as_meant(scope), receive, send)

    return asked


def _as_meant(scope: Scope) -> Scope:
    """With an address in ASCII, as some programs do not send it, and without cookies that are no text."""
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    if not raw.isascii():
        raw = re.sub(rb"[\x80-\xff]", lambda byte: quote_from_bytes(byte[0]).encode(), raw)
    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"cookie" or _is_text(pair[1])]
    return scope | {"raw_path": raw, "headers": headers}


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_ours(exception: Exception) -> bool:
    """Whether it came up in a page of ours, which looks at what it is asked; asking within limits is no such page."""
    trace = exception.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("archiver.") and not module.startswith("archiver.site.public."):
            return True
        trace = trace.tb_next
    return False


def _said(request: Request, status: int, words: str) -> Response:
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": words, "status": status}, status=status)
    return Response.text(words, status=status)
