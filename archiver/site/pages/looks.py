"""/-/looks/… : style sheets and fonts. Their address holds a digest, so that they may be kept for a year."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Request, Response

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

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
    return str(datasette.urls.path(f"/-/looks/{name}?{_digest(name)}"))


@cache
def _contents() -> dict[str, bytes]:
    folder = files("archiver.site.plugin").joinpath("static")
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_contents()[name]).hexdigest()[:12]


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
