"""/-/looks/… : style sheets and fonts. Their address holds a digest, so that they may be kept for a year.

A style sheet names the fonts beside it; these names get their digests too, else a new font would not be asked for.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Request, Response

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_BESIDE = re.compile(rb"url\(([a-z0-9.-]+)\)")
_MEDIA_TYPES = {".woff2": "font/woff2", ".css": "text/css; charset=utf-8"}


def looks(request: Request) -> Response:
    """One file."""
    name = request.url_vars["name"]
    found = _contents().get(name)
    if found is None:
        raise NotFound(f"there is no {name} here")
    suffix = "." + name.rpartition(".")[2]
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found, headers=headers, content_type=_MEDIA_TYPES.get(suffix) or _guessed(name))


def address(datasette: Datasette, name: str) -> str:
    """Where a file stands; another one stands elsewhere."""
    found: str = datasette.urls.path(f"/-/looks/{name}?{_digest(name)}")
    return found  # not as a plain string, to which Datasette would add the site's path a second time


@cache
def _contents() -> dict[str, bytes]:
    folder = files("archiver.site.plugin").joinpath("static")
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    return {name: _addressed(body, found) if name.endswith(".css") else body for name, body in found.items()}


def _addressed(style_sheet: bytes, beside: dict[str, bytes]) -> bytes:
    """A style sheet that asks for what lies beside it with its digest."""
    return _BESIDE.sub(lambda name: b"url(%s?%s)" % (name[1], _digest_of(beside[name[1].decode()])), style_sheet)


@cache
def _digest(name: str) -> str:
    return _digest_of(_contents()[name]).decode()


def _digest_of(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:12].encode()


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
