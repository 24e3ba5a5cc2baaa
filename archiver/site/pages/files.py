"""/-/files/SHA256 : a picture or document of an article, out of the evidence, byte for byte.

Only what an article of the archive shows is handed out. Pictures of pixels are shown; whatever else it is, it is to be
saved, and a browser that shows it all the same may run nothing in it and ask for nothing.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from archiver.site.evidence import ask_both
from archiver.site.pages.absent import nothing_here
from archiver.site.pages.answering import rows
from archiver.site.rasters import raster_type
from archiver.store.evidence.captures import payload_by_digest

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

INERT_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Referrer-Policy": "no-referrer",
}
_PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"  # browsers centre a picture by a style
_AN_HOUR = "public, max-age=3600"  # no longer: what is withheld tomorrow must not stay in caches
_UNSAFE_IN_NAMES = re.compile(r"[^\w .,()-]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that an article of the archive shows: where it came from, and its bytes if the evidence is there."""

    url: str
    media_type: str | None  # as the portal said
    body: bytes | None


async def file(datasette: Datasette, request: Request) -> Response:
    """One file."""
    digest = request.url_vars["sha256"]
    is_known = request.headers.get("if-none-match") == f'"{digest}"'
    shown = await ask_both(datasette, partial(_shown, digest=digest, with_body=not is_known))
    if shown is None:
        return await nothing_here(datasette, request, "article.no_file")
    if is_known:
        return Response("", status=304)
    if shown.body is None:
        return await nothing_here(datasette, request, "article.no_evidence")
    media_type = raster_type(shown.body) or _plain_document(shown.media_type)
    return Response(shown.body, headers=_headers(digest, shown.url, shown.body), content_type=media_type)


def address(digest: str) -> str:
    """Where a file stands, within the site."""
    return f"/-/files/{digest}"


def _shown(archive: sqlite3.Connection, evidence: Database | None, digest: str, *, with_body: bool) -> Shown | None:
    """A file under the first address at which an article shows it; null for one that none shows."""
    query = "SELECT url, media_type FROM {table} WHERE sha256 = ? ORDER BY article_key, position LIMIT 1"
    found = [row for table in ("images", "attachments") for row in rows(archive, query.format(table=table), digest)]
    if not found:
        return None
    body = payload_by_digest(evidence, digest) if evidence is not None and with_body else None
    return Shown(found[0]["url"], found[0]["media_type"], body)


def _headers(digest: str, url: str, body: bytes) -> dict[str, str]:
    way = "inline" if raster_type(body) else "attachment"
    return (
        INERT_HEADERS
        | ({"Content-Security-Policy": _PICTURE_POLICY} if way == "inline" else {})
        | {
            "Content-Disposition": f"{way}; {_named(url)}",
            "Cache-Control": _AN_HOUR,
            "ETag": f'"{digest}"',
        }
    )


def _named(url: str) -> str:
    """The name under which a file is saved: as the portal called it."""
    name = _UNSAFE_IN_NAMES.sub("_", unquote(urlsplit(url).path.rpartition("/")[2])).strip(" ._")[-120:] or "file"
    return f"filename=\"{name.encode('ascii', 'replace').decode().replace('?', '_')}\"; filename*=UTF-8''{quote(name)}"


def _plain_document(claimed: str | None) -> str:
    """What a document is said to be, where that is a plain document; else nothing but bytes."""
    return claimed if claimed in _DOCUMENTS else "application/octet-stream"


_DOCUMENTS = frozenset((
    "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/zip", "application/rtf",
))  # fmt: skip
