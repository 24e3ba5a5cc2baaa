"""/a/KEY/capture/CAPTURE_KEY : a page as it was captured.

The page itself stands in a frame, at an address of its own (…/page): written anew without anything that acts or asks,
and sent with headers that forbid all of that besides. …/bytes hands out what the portal sent, to be held against its
digest.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from archiver.site.dossier import article_row, capture_row
from archiver.site.evidence import ask_both
from archiver.site.inert import POLICY
from archiver.site.languages import language_of, translator
from archiver.site.pages.absent import no_article, nothing_here
from archiver.site.pages.answering import Row, page
from archiver.site.pages.files import INERT_HEADERS
from archiver.site.pages.formats import Form, data_beside
from archiver.site.replaying import Captured, Replayed, captured, replayed

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

PAGE_HEADERS = INERT_HEADERS | {
    "Content-Security-Policy": f"sandbox; {POLICY}; frame-ancestors 'self'",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "private, max-age=600",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a capture: null where it is not there, or is none of the article's."""

    article: Row | None
    row: Row | None
    captured: Captured | None = None
    replayed: Replayed | None = None

    @property
    def bytes_to_save(self) -> bytes | None:
        """What the portal sent, if it may be handed out."""
        if self.captured is None or self.replayed is None or self.replayed.names_withheld or self.captured.is_masked:
            return None
        return self.captured.body


async def capture(datasette: Datasette, request: Request) -> Response:
    """Which capture it is, and the page in a frame."""
    found = await _found(datasette, request)
    if found.article is None or found.row is None:
        return await _absent(datasette, request, found)
    values = {"found": found, "article": found.article, "row": found.row, "data": _data(found.row["capture_key"])}
    return await page(datasette, request, "capture.html", values)


def _data(capture: str) -> list[Form]:
    return data_beside(f"/archive/captures{{}}?capture_key={capture}", [("JSON", f"/archive/captures/{capture}.json")])


async def capture_page(datasette: Datasette, request: Request) -> Response:
    """The page alone, inert."""
    found = await _found(datasette, request)
    if found.replayed is None or found.replayed.page is None:
        return await _absent(datasette, request, found)
    return Response.html(found.replayed.page.html, headers=PAGE_HEADERS)


async def capture_bytes(datasette: Datasette, request: Request) -> Response:
    """The bytes as they came; not where they name what is withheld."""
    found = await _found(datasette, request)
    if found.bytes_to_save is None:
        return await _absent(datasette, request, found)
    name = f'attachment; filename="{request.url_vars["capture"]}.bin"'
    headers = INERT_HEADERS | {"Content-Disposition": name, "Cache-Control": "private, max-age=600"}
    return Response(found.bytes_to_save, headers=headers, content_type="application/octet-stream")


async def _found(datasette: Datasette, request: Request) -> Found:
    names = request.url_vars
    withheld_text = translator(language_of(request))("capture.withheld_link")
    look = partial(_look, key=names["key"], capture=names["capture"], withheld_text=withheld_text)
    return await ask_both(datasette, look)


def _look(archive: sqlite3.Connection, evidence: Database | None, key: str, capture: str, withheld_text: str) -> Found:
    article = article_row(archive, key)
    row = capture_row(archive, key, capture) if article else None
    if row is None or evidence is None:
        return Found(article, row)
    found = captured(evidence, row["capture_key"])
    return Found(article, row, found, replayed(archive, evidence, found, withheld_text) if found else None)


async def _absent(datasette: Datasette, request: Request, found: Found) -> Response:
    if found.article is None:
        return await no_article(datasette, request, request.url_vars["key"])
    return await nothing_here(datasette, request, "capture.unknown")
